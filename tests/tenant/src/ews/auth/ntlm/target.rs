//! `AV_PAIR`s: what server and client say about themselves and the channel (MS-NLMP 2.2.2.1).

use super::crypto::utf16;

const END: u16 = 0;
const COMPUTER: u16 = 1;
const DOMAIN: u16 = 2;
const DNS_COMPUTER: u16 = 3;
const DNS_DOMAIN: u16 = 4;
const DNS_TREE: u16 = 5;
const FLAGS: u16 = 6;
const TIMESTAMP: u16 = 7;
const CHANNEL_BINDINGS: u16 = 10;
/// In the flags: the message carries an integrity code.
const HAS_MIC: u32 = 2;

/// What the server says of itself. With a time in it, clients must protect their answer by an integrity code.
#[must_use]
pub fn information(domain: &str, filetime: u64) -> Vec<u8> {
    let netbios = super::netbios(domain);
    let mut bytes = Vec::new();
    let texts = [
        (DOMAIN, netbios),
        (COMPUTER, "EX01".to_owned()),
        (DNS_DOMAIN, domain.to_owned()),
        (DNS_COMPUTER, format!("ex01.{domain}")),
        (DNS_TREE, domain.to_owned()),
    ];
    for (id, text) in texts {
        pair(&mut bytes, id, &utf16(&text));
    }
    pair(&mut bytes, TIMESTAMP, &filetime.to_le_bytes());
    pair(&mut bytes, END, &[]);
    bytes
}

fn pair(bytes: &mut Vec<u8>, id: u16, value: &[u8]) {
    bytes.extend(id.to_le_bytes());
    bytes.extend(u16::try_from(value.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend(value);
}

/// What a client says in its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether the message carries an integrity code.
    pub has_mic: bool,
    /// The hash of the channel's bindings; absent or zero where the client knows of no channel.
    pub channel: Option<[u8; 16]>,
}

/// Reads the pairs of a client's answer.
#[must_use]
pub fn read(mut bytes: &[u8]) -> Option<Said> {
    let mut said = Said::default();
    loop {
        let id = u16::from_le_bytes(bytes.get(..2)?.try_into().ok()?);
        let length = usize::from(u16::from_le_bytes(bytes.get(2..4)?.try_into().ok()?));
        let value = bytes.get(4..4 + length)?;
        match id {
            END => return Some(said),
            FLAGS => said.has_mic = u32::from_le_bytes(value.try_into().ok()?) & HAS_MIC != 0,
            CHANNEL_BINDINGS => {
                let hash: [u8; 16] = value.try_into().ok()?;
                said.channel = (hash != [0; 16]).then_some(hash);
            }
            _ => {}
        }
        bytes = &bytes[4 + length..];
    }
}

/// The hash of the bindings to a TLS channel by its server's certificate: MD5 over `gss_channel_bindings_struct` with
/// no addresses (RFC 5929 section 4, MS-NLMP 3.1.5.1.2).
#[must_use]
pub fn channel_hash(certificate_hash: &[u8]) -> [u8; 16] {
    let data = [b"tls-server-end-point:", certificate_hash].concat();
    let mut bindings = vec![0; 16];
    bindings.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    bindings.extend(data);
    super::crypto::md5(&bindings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_to_their_end_only() {
        let mut bytes = Vec::new();
        pair(&mut bytes, FLAGS, &2u32.to_le_bytes());
        pair(&mut bytes, CHANNEL_BINDINGS, &[7; 16]);
        assert_eq!(read(&bytes), None, "no end");
        pair(&mut bytes, END, &[]);
        bytes.extend([0xff; 7]);
        assert_eq!(read(&bytes), Some(Said { has_mic: true, channel: Some([7; 16]) }));
        assert_eq!(read(&bytes[..20]), None);
        assert_eq!(read(&information("contoso.example", 1)), Some(Said::default()));
    }
}
