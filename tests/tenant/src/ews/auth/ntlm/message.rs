//! The three messages (MS-NLMP 2.2.1).

use super::crypto::{Block, utf16};

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
/// `NTLMSSP_NEGOTIATE_UNICODE`.
const UNICODE: u32 = 0x1;
/// `NTLMSSP_NEGOTIATE_KEY_EXCH`.
const KEY_EXCHANGE: u32 = 0x4000_0000;
/// What the server offers beside Unicode: target, NTLM, signing, a domain, extended security, target information,
/// version, 128 and 56 bits, key exchange.
const OFFERED: u32 = 0xe289_8215;
/// Where the payload of the server's challenge begins.
const CHALLENGE_HEAD: usize = 56;
/// Where the integrity code stands in the client's answer.
const MIC: std::ops::Range<usize> = 72..88;

/// Which of the messages it is.
#[must_use]
pub fn kind(message: &[u8]) -> Option<u32> {
    (message.get(..8)? == SIGNATURE).then(|| number(message, 8)).flatten()
}

/// The server's challenge.
#[must_use]
pub fn challenge(domain: &str, challenge: [u8; 8], information: &[u8], asked: u32) -> Vec<u8> {
    let name = utf16(&super::netbios(domain));
    let mut message = SIGNATURE.to_vec();
    message.extend(2u32.to_le_bytes());
    field(&mut message, name.len(), CHALLENGE_HEAD);
    // Key exchange and the strengths are offered to those who asked for them.
    let optional = 0xe000_0010;
    message.extend(((OFFERED & !optional) | (OFFERED & optional & asked)).to_le_bytes());
    message.extend(challenge);
    message.extend([0; 8]);
    field(&mut message, information.len(), CHALLENGE_HEAD + name.len());
    // Windows Server 2022: 10.0, build 20348, revision 15 of NTLM.
    message.extend([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]);
    message.extend(name);
    message.extend(information);
    message
}

fn field(message: &mut Vec<u8>, length: usize, offset: usize) {
    let length = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    message.extend(length);
    message.extend(length);
    message.extend(u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
}

/// The flags of a client's first message.
#[must_use]
pub fn asked(negotiate: &[u8]) -> Option<u32> {
    number(negotiate, 12)
}

/// The client's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The domain, as the client wrote it.
    pub domain: String,
    /// The user, as the client wrote it.
    pub user: String,
    /// `NTProofStr`.
    pub proof: Block,
    /// What the proof covers beside the challenge.
    pub blob: Vec<u8>,
    /// The session key, encrypted, where the client chose one.
    pub session_key: Option<Block>,
    /// The integrity code; without meaning unless the blob says that there is one.
    pub mic: Option<Block>,
    /// The message with zeros in place of the integrity code.
    pub without_mic: Vec<u8>,
}

/// Reads the client's answer. Answers of NTLM version 1 are not taken.
#[must_use]
pub fn answer(message: &[u8]) -> Option<Answer> {
    let flags = number(message, 60)?;
    let text = |at: usize| {
        let bytes = payload(message, at)?;
        if flags & UNICODE == 0 {
            return String::from_utf8(bytes.to_vec()).ok();
        }
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    let response = payload(message, 20)?;
    // Version 1 has 24 bytes and no blob.
    let (proof, blob) = (response.get(..16)?, response.get(16..).filter(|blob| blob.len() > 28)?);
    let session_key = (flags & KEY_EXCHANGE != 0).then(|| payload(message, 52)?.try_into().ok()).flatten();
    let mut without_mic = message.to_vec();
    if let Some(mic) = without_mic.get_mut(MIC) {
        mic.fill(0);
    }
    Some(Answer {
        domain: text(28)?,
        user: text(36)?,
        proof: proof.try_into().ok()?,
        blob: blob.to_vec(),
        session_key,
        mic: message.get(MIC).and_then(|mic| mic.try_into().ok()),
        without_mic,
    })
}

fn number(message: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(message.get(at..at + 4)?.try_into().ok()?))
}

fn payload(message: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_le_bytes(message.get(at..at + 2)?.try_into().ok()?));
    let offset = usize::try_from(number(message, at + 4)?).ok()?;
    message.get(offset..offset.checked_add(length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_names_its_parts() {
        let message = challenge("contoso.example", [9; 8], &[1, 2, 3], 0xe000_0000);
        assert_eq!(kind(&message), Some(2));
        assert_eq!(payload(&message, 12), Some(utf16("CONTOSO").as_slice()));
        assert_eq!(payload(&message, 40), Some([1, 2, 3].as_slice()));
        assert_eq!(&message[24..32], &[9; 8]);
    }

    #[test]
    fn broken_messages_are_no_answer() {
        assert_eq!(kind(b"NTLMSSP"), None);
        assert_eq!(kind(b"KERBEROS\x01\0\0\0"), None);
        let mut message = vec![0xff; 88];
        assert_eq!(answer(&message), None);
        message.truncate(20);
        assert_eq!(answer(&message), None);
    }
}
