//! The wrapping that `Negotiate` puts around another scheme's messages (RFC 4178, MS-SPNG). Only NTLM is in it here:
//! there is no Kerberos realm, and who prefers Kerberos is led to NTLM.

/// SPNEGO itself, 1.3.6.1.5.5.2.
const SPNEGO: [u8; 8] = [0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02];
/// NTLM, 1.3.6.1.4.1.311.2.2.10.
const NTLM: [u8; 12] = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a];

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const ENUMERATED: u8 = 0x0a;

/// A client's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The first: schemes by preference, as they were written, and perhaps a message of the first of them.
    Init {
        /// The list of schemes, which the integrity codes at the end cover.
        schemes: Vec<u8>,
        /// Whether NTLM is the first.
        prefers_ntlm: bool,
        /// The message of the first scheme.
        token: Option<Vec<u8>>,
    },
    /// A later one.
    Reply {
        /// The message of the scheme chosen.
        token: Option<Vec<u8>>,
        /// The code over the list of schemes.
        code: Option<Vec<u8>>,
    },
}

/// How far the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done.
    Completed = 0,
    /// More is to come.
    Incomplete = 1,
    /// The scheme chosen is not the client's first: its list must be protected.
    RequestMic = 3,
}

/// Reads a client's message; nothing where NTLM is not among the schemes, or it is no such message.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Message> {
    match bytes.first()? {
        0x60 => {
            let (_, inside, _) = element(bytes)?;
            let (_, choice, _) = element(inside.strip_prefix(&SPNEGO)?)?;
            init(element(choice)?.1)
        }
        0xa1 => {
            let (_, choice, _) = element(bytes)?;
            let fields = fields(element(choice)?.1)?;
            let octets = |tag: u8| {
                let (_, wrapped) = fields.iter().find(|(known, _)| *known == tag)?;
                Some(element(wrapped)?.1.to_vec())
            };
            Some(Message::Reply { token: octets(0xa2), code: octets(0xa3) })
        }
        _ => None,
    }
}

fn init(sequence: &[u8]) -> Option<Message> {
    let fields = fields(sequence)?;
    let (_, schemes) = fields.iter().find(|(tag, _)| *tag == 0xa0)?;
    let (_, mut list, _) = element(schemes)?;
    let (mut prefers_ntlm, mut has_ntlm, mut is_first) = (false, false, true);
    while !list.is_empty() {
        let is_ntlm = list.starts_with(&NTLM);
        prefers_ntlm |= is_first && is_ntlm;
        has_ntlm |= is_ntlm;
        is_first = false;
        list = element(list)?.2;
    }
    let token =
        fields.iter().find(|(tag, _)| *tag == 0xa2).and_then(|(_, token)| Some(element(token)?.1.to_vec()));
    has_ntlm.then(|| Message::Init { schemes: schemes.to_vec(), prefers_ntlm, token })
}

/// The parts of a sequence: tag and content of each.
fn fields(mut sequence: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut fields = Vec::new();
    while !sequence.is_empty() {
        let (tag, content, rest) = element(sequence)?;
        fields.push((tag, content));
        sequence = rest;
    }
    Some(fields)
}

/// Tag, content, and what comes after an element of DER.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, length) = (*bytes.first()?, *bytes.get(1)?);
    let (length, head) = match length {
        0..=0x7f => (usize::from(length), 2),
        0x81 => (usize::from(*bytes.get(2)?), 3),
        0x82 => (usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?])), 4),
        _ => return None,
    };
    let end = head + length;
    Some((tag, bytes.get(head..end)?, bytes.get(end..)?))
}

/// The server's message.
#[must_use]
pub fn write(answer: Answer, token: Option<&[u8]>, code: Option<&[u8]>) -> Vec<u8> {
    let mut fields = der(0xa0, &der(ENUMERATED, &[answer as u8]));
    if answer != Answer::Completed {
        fields.extend(der(0xa1, &NTLM));
    }
    fields.extend(token.map(|token| der(0xa2, &der(OCTETS, token))).unwrap_or_default());
    fields.extend(code.map(|code| der(0xa3, &der(OCTETS, code))).unwrap_or_default());
    der(0xa1, &der(SEQUENCE, &fields))
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    let mut bytes = vec![tag];
    match length.to_be_bytes() {
        [0, low @ 0..=0x7f] => bytes.push(low),
        [0, low] => bytes.extend([0x81, low]),
        both => {
            bytes.push(0x82);
            bytes.extend(both);
        }
    }
    bytes.extend(content);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(schemes: &[&[u8]], token: &[u8]) -> Vec<u8> {
        let list = der(SEQUENCE, &schemes.concat());
        let fields = [der(0xa0, &list), der(0xa2, &der(OCTETS, token))].concat();
        der(0x60, &[SPNEGO.to_vec(), der(0xa0, &der(SEQUENCE, &fields))].concat())
    }

    const KERBEROS: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02];

    #[test]
    fn the_scheme_and_its_message_are_found() {
        let token = vec![7; 300];
        let Some(Message::Init { prefers_ntlm, token: found, .. }) =
            read(&first(&[&NTLM, &KERBEROS], &token))
        else {
            panic!("not read");
        };
        assert!(prefers_ntlm && found == Some(token.clone()));
        let other = read(&first(&[&KERBEROS, &NTLM], &token));
        assert!(matches!(other, Some(Message::Init { prefers_ntlm: false, .. })));
        assert_eq!(read(&first(&[&KERBEROS], &token)), None);
        let reply = write(Answer::Incomplete, Some(&token), Some(&[1, 2]));
        assert_eq!(read(&reply), Some(Message::Reply { token: Some(token), code: Some(vec![1, 2]) }));
    }

    #[test]
    fn broken_messages_are_none() {
        let whole = first(&[&NTLM], &[1; 40]);
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "{end}");
        }
        assert_eq!(read(b"NTLMSSP\0"), None);
    }
}
