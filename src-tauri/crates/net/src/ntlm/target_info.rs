//! The list of AV_PAIRs: what the server says about itself, and what the client adds (§2.2.2.1, §3.1.5.1.2).

use super::challenge::array;
use super::{NtlmError, utf16};

const EOL: u16 = 0;
const FLAGS: u16 = 6;
const TIMESTAMP: u16 = 7;
const TARGET_NAME: u16 = 9;
const CHANNEL_BINDINGS: u16 = 10;

/// In `MsvAvFlags`: a message integrity code is sent.
const MIC_PROVIDED: u32 = 2;

/// The client's list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TargetInfo {
    /// As it goes into the response, end mark included.
    pub(super) bytes: Vec<u8>,
    /// The server's clock as a FILETIME, where it says it.
    pub(super) timestamp: Option<[u8; 8]>,
}

/// The server's pairs with the client's own in place of what the server had there.
///
/// `binding` is the hash of the channel bindings; without TLS there is no such pair, which says the same as sixteen
/// zeros (§2.2.2.1). `service` is the service principal name, such as
/// `HTTP/mail.contoso.com`.
pub(super) fn answer(
    server: &[u8],
    binding: Option<[u8; 16]>,
    service: &str,
) -> Result<TargetInfo, NtlmError> {
    let mut bytes = Vec::with_capacity(server.len() + 64);
    let (mut timestamp, mut flags) = (None, 0);
    for (id, value) in pairs(server)? {
        match id {
            FLAGS => flags = u32::from_le_bytes(array(value, 0)?),
            CHANNEL_BINDINGS | TARGET_NAME => {}
            _ => push(&mut bytes, id, value)?,
        }
        if id == TIMESTAMP {
            timestamp = Some(array(value, 0)?);
        }
    }
    push(&mut bytes, FLAGS, &(flags | MIC_PROVIDED).to_le_bytes())?;
    if let Some(binding) = binding {
        push(&mut bytes, CHANNEL_BINDINGS, &binding)?;
    }
    push(&mut bytes, TARGET_NAME, &utf16(service))?;
    push(&mut bytes, EOL, &[])?;
    Ok(TargetInfo { bytes, timestamp })
}

/// The pairs before the end mark. Bytes that are not a whole pair, or no end mark, make the list unreadable.
fn pairs(list: &[u8]) -> Result<Vec<(u16, &[u8])>, NtlmError> {
    let mut found = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let id = u16::from_le_bytes(array(rest, 0)?);
        let length = usize::from(u16::from_le_bytes(array(rest, 2)?));
        if id == EOL {
            return Ok(found);
        }
        let after = rest.get(4..).ok_or(NtlmError::Malformed)?;
        let (value, next) = after.split_at_checked(length).ok_or(NtlmError::Malformed)?;
        found.push((id, value));
        rest = next;
    }
    if list.is_empty() { Ok(found) } else { Err(NtlmError::Malformed) }
}

fn push(bytes: &mut Vec<u8>, id: u16, value: &[u8]) -> Result<(), NtlmError> {
    let length = u16::try_from(value.len()).map_err(|_| NtlmError::Malformed)?;
    bytes.extend_from_slice(&id.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{answer, pairs};
    use crate::ntlm::NtlmError;
    use crate::ntlm::challenge::tests::bytes;
    use proptest::prelude::{any, prop_assert, proptest};

    #[test]
    fn the_client_adds_its_pairs_and_replaces_the_servers() {
        // A domain, flags with bit 0, a time, a wrong binding and a wrong name.
        let server = bytes(
            "0200 0200 4400  0600 0400 01000000  0700 0800 0102030405060708 \
                            0a00 0100 ff  0900 0200 5800  0000 0000",
        );
        let info = answer(&server, Some([7; 16]), "HTTP/a").unwrap();
        assert_eq!(info.timestamp, Some([1, 2, 3, 4, 5, 6, 7, 8]));
        let expected = bytes(
            "0200 0200 4400  0700 0800 0102030405060708  0600 0400 03000000 \
                              0a00 1000 07070707070707070707070707070707 \
                              0900 0c00 480054005400500 02f006100  0000 0000",
        );
        assert_eq!(info.bytes, expected);
    }

    #[test]
    fn without_tls_there_is_no_binding() {
        let info = answer(&[], None, "HTTP/a").unwrap();
        assert!(pairs(&info.bytes).unwrap().iter().all(|(id, _)| *id != super::CHANNEL_BINDINGS));
        assert_eq!(info.timestamp, None);
    }

    #[test]
    fn broken_lists_are_refused() {
        for list in ["02", "0200", "0200 0200 44", "0200 0200 4400", "0700 0400 01020304 0000 0000"] {
            assert_eq!(answer(&bytes(list), None, "").unwrap_err(), NtlmError::Malformed, "{list}");
        }
    }

    proptest! {
        #[test]
        fn every_answer_is_a_readable_list(list in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(info) = answer(&list, Some([1; 16]), "HTTP/a") {
                prop_assert!(pairs(&info.bytes).is_ok());
            }
        }
    }
}
