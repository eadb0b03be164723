//! The server's message (CHALLENGE_MESSAGE, §2.2.1.2). Its sender is not known yet: every offset is checked.

use super::{NtlmError, SIGNATURE, flag};

/// What the client needs of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Challenge<'a> {
    pub(super) flags: u32,
    pub(super) server_challenge: [u8; 8],
    /// The server's AV_PAIRs, empty where it sent none.
    pub(super) target_info: &'a [u8],
}

/// Reads `message`.
pub(super) fn parse(message: &[u8]) -> Result<Challenge<'_>, NtlmError> {
    if array::<8>(message, 0)? != *SIGNATURE || u32::from_le_bytes(array(message, 8)?) != 2 {
        return Err(NtlmError::Malformed);
    }
    let flags = u32::from_le_bytes(array(message, 20)?);
    if flags & flag::UNICODE == 0 {
        return Err(NtlmError::TooOld);
    }
    let server_challenge = array(message, 24)?;
    let target_info = if flags & flag::TARGET_INFO == 0 { &[] } else { field(message, 40)? };
    Ok(Challenge { flags, server_challenge, target_info })
}

/// The payload that the length and offset at `at` point to (§2.2.1.2, "Fields").
fn field(message: &[u8], at: usize) -> Result<&[u8], NtlmError> {
    let length = usize::from(u16::from_le_bytes(array(message, at)?));
    let offset = u32::from_le_bytes(array(message, at + 4)?);
    let start = usize::try_from(offset).map_err(|_| NtlmError::Malformed)?;
    let end = start.checked_add(length).ok_or(NtlmError::Malformed)?;
    message.get(start..end).ok_or(NtlmError::Malformed)
}

/// `N` bytes at `at`.
pub(super) fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], NtlmError> {
    let rest = bytes.get(at..).ok_or(NtlmError::Malformed)?;
    rest.first_chunk().copied().ok_or(NtlmError::Malformed)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Challenge, parse};
    use crate::ntlm::NtlmError;
    use proptest::prelude::{any, prop_assert, proptest};

    /// The CHALLENGE_MESSAGE of MS-NLMP §4.2.4.3.
    pub(in crate::ntlm) const EXAMPLE: &str = "4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef\
        000000000000000024002400440000000601701700000\
        00f53006500720076006500720002000c0044006f006d00610069006e0001000c005300650072007600650072000000000\
        0";

    pub(in crate::ntlm) fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn the_documents_example_is_read() {
        let message = bytes(EXAMPLE);
        let expected = Challenge {
            flags: 0xe28a_8233,
            server_challenge: [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef],
            target_info: &message[0x44..],
        };
        assert_eq!(parse(&message).unwrap(), expected);
    }

    #[test]
    fn no_cut_of_it_passes() {
        let message = bytes(EXAMPLE);
        for length in 0..message.len() {
            assert_eq!(parse(&message[..length]).unwrap_err(), NtlmError::Malformed, "{length}");
        }
    }

    #[test]
    fn another_message_or_an_older_dialect_is_refused() {
        let mut own = bytes(EXAMPLE);
        own[8] = 3;
        assert_eq!(parse(&own).unwrap_err(), NtlmError::Malformed);
        let mut oem = bytes(EXAMPLE);
        oem[20] &= !1;
        assert_eq!(parse(&oem).unwrap_err(), NtlmError::TooOld);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_or_refused(at in 0_usize..104, byte in any::<u8>(), cut in 0_usize..104) {
            let mut message = bytes(EXAMPLE);
            message[at] = byte;
            message.truncate(cut.max(at));
            if let Ok(challenge) = parse(&message) {
                prop_assert!(challenge.target_info.len() <= message.len());
            }
        }
    }
}
