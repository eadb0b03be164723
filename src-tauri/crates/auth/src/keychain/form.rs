//! The form of a value in the keychain: text within the platform's size, split where it must be, and with a
//! digest, so that a damaged or half-written value is never taken for a secret.
//!
//! One entry: `1:<digest>:<base64>`. Several: `2:<generation>:<parts>:<digest>` under the name itself and the
//! base64 in pieces under `<name>#<generation>.<n>`. The head is written last; parts of another generation
//! are never read. Windows keeps at most 2,560 bytes in an entry; KWallet keeps text only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{KeychainError, SecretBytes};

/// The longest text in one entry, in bytes.
pub(super) const LONGEST: usize = 2_000;

/// The most parts of a value.
const MOST_PARTS: usize = 64;

/// Raw entries by name. What a platform offers.
pub(super) trait Entries {
    fn read(&mut self, name: &str) -> Result<Option<SecretString>, KeychainError>;
    fn write(&mut self, name: &str, text: &SecretString) -> Result<(), KeychainError>;
    fn remove(&mut self, name: &str) -> Result<(), KeychainError>;
}

/// What the entry under the value's own name says.
enum Head {
    Whole { digest: String, text: SecretString },
    Split { generation: u64, parts: usize, digest: String },
}

pub(super) fn get(entries: &mut dyn Entries, name: &str) -> Result<Option<SecretBytes>, KeychainError> {
    let Some(text) = entries.read(name)? else {
        return Ok(None);
    };
    let (digest, encoded) = match parse(text.expose_secret()).ok_or(KeychainError::Damaged)? {
        Head::Whole { digest, text } => (digest, Zeroizing::new(text.expose_secret().to_owned())),
        Head::Split { generation, parts, digest } => {
            let mut whole = Zeroizing::new(String::with_capacity(parts * LONGEST));
            for part in 0..parts {
                let piece =
                    entries.read(&part_name(name, generation, part))?.ok_or(KeychainError::Damaged)?;
                whole.push_str(piece.expose_secret());
            }
            (digest, whole)
        }
    };
    let bytes =
        Zeroizing::new(STANDARD_NO_PAD.decode(encoded.as_bytes()).map_err(|_| KeychainError::Damaged)?);
    if digest_of(&bytes) != digest {
        return Err(KeychainError::Damaged);
    }
    Ok(Some(SecretBytes::from(bytes.to_vec())))
}

pub(super) fn set(entries: &mut dyn Entries, name: &str, value: &SecretBytes) -> Result<(), KeychainError> {
    let old = split_head(entries, name)?;
    let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(value.expose_secret()));
    let digest = digest_of(value.expose_secret());
    let whole = SecretString::from(format!("1:{digest}:{}", encoded.as_str()));
    if whole.expose_secret().len() <= LONGEST {
        entries.write(name, &whole)?;
    } else {
        let generation = old.map_or(1, |(generation, _)| generation.wrapping_add(1));
        let pieces: Vec<&[u8]> = encoded.as_bytes().chunks(LONGEST).collect();
        for (part, piece) in pieces.iter().enumerate() {
            let piece = SecretString::from(String::from_utf8_lossy(piece).into_owned());
            entries.write(&part_name(name, generation, part), &piece)?;
        }
        let head = format!("2:{generation}:{}:{digest}", pieces.len());
        entries.write(name, &SecretString::from(head))?;
    }
    remove_parts(entries, name, old)
}

pub(super) fn delete(entries: &mut dyn Entries, name: &str) -> Result<(), KeychainError> {
    let old = split_head(entries, name)?;
    entries.remove(name)?;
    remove_parts(entries, name, old)
}

/// Generation and number of parts of what is stored now, if it is split and readable.
fn split_head(entries: &mut dyn Entries, name: &str) -> Result<Option<(u64, usize)>, KeychainError> {
    let head = match entries.read(name) {
        Ok(text) => text.and_then(|text| parse(text.expose_secret())),
        // What can't be read is about to be replaced or removed.
        Err(KeychainError::Damaged) => None,
        Err(error) => return Err(error),
    };
    Ok(match head {
        Some(Head::Split { generation, parts, .. }) => Some((generation, parts)),
        _ => None,
    })
}

fn remove_parts(
    entries: &mut dyn Entries,
    name: &str,
    old: Option<(u64, usize)>,
) -> Result<(), KeychainError> {
    let Some((generation, parts)) = old else {
        return Ok(());
    };
    (0..parts).try_for_each(|part| entries.remove(&part_name(name, generation, part)))
}

fn parse(text: &str) -> Option<Head> {
    let mut fields = text.split(':');
    let head = match fields.next()? {
        "1" => Head::Whole { digest: fields.next()?.to_owned(), text: SecretString::from(fields.next()?) },
        "2" => Head::Split {
            generation: fields.next()?.parse().ok()?,
            parts: fields.next()?.parse().ok().filter(|parts| (1..=MOST_PARTS).contains(parts))?,
            digest: fields.next()?.to_owned(),
        },
        _ => return None,
    };
    fields.next().is_none().then_some(head)
}

fn part_name(name: &str, generation: u64, part: usize) -> String {
    format!("{name}#{generation}.{part}")
}

/// The first 128 bits of SHA-256: against accidents, not against an attacker who can write there anyway.
fn digest_of(value: &[u8]) -> String {
    Sha256::digest(value).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
