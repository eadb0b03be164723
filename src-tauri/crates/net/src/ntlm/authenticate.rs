//! The client's answer (AUTHENTICATE_MESSAGE, §2.2.1.3) to the server's challenge (§3.1.5.1.2).

use chrono::{DateTime, Utc};

use super::hash::{Key, hmac_md5, response_key};
use super::{NtlmError, SIGNATURE, challenge, flag, negotiate, target_info, utf16};
use crate::credentials::Credentials;

/// Where the payload starts: after the fields, flags, version and integrity code.
const HEADER: usize = 88;
/// Where the integrity code lies.
const MIC: std::ops::Range<usize> = 72..88;
/// From 1601, where FILETIME starts, to 1970, in seconds (MS-DTYP §2.3.3).
const EPOCH: i64 = 11_644_473_600;

/// What goes into one answer beside the server's message.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    /// Who authenticates.
    pub(crate) credentials: &'a Credentials,
    /// The service principal name, such as `HTTP/mail.contoso.com`.
    pub(crate) service: &'a str,
    /// The hash of the channel bindings, with TLS.
    pub(crate) binding: Option<[u8; 16]>,
    /// Unguessable.
    pub(crate) client_challenge: [u8; 8],
    /// For servers that don't say their time.
    pub(crate) now: DateTime<Utc>,
}

/// The third message, to `challenge` as it came.
///
/// # Errors
/// [`NtlmError`] where the challenge can't be answered.
pub(crate) fn authenticate(challenge: &[u8], attempt: &Attempt<'_>) -> Result<Vec<u8>, NtlmError> {
    let server = challenge::parse(challenge)?;
    let info = target_info::answer(server.target_info, attempt.binding, attempt.service)?;
    let time = info.timestamp.unwrap_or_else(|| filetime(attempt.now));
    let key = response_key(attempt.credentials);
    let temp = client_challenge(time, attempt.client_challenge, &info.bytes);
    let (response, session_key) = respond(&key, server.server_challenge, &temp);
    let (domain, user) = attempt.credentials.domain_and_user();
    let flags = (server.flags & flag::OURS) | flag::UNICODE | flag::NTLM | flag::EXTENDED_SESSION_SECURITY;
    // No LMv2 response beside an NTLMv2 one: 24 zeros.
    let payloads = [&[0; 24][..], &response, &utf16(domain), &utf16(user), &[], &[]];
    let mut message = layout(payloads, flags)?;
    let mic = hmac_md5(&session_key, &[&negotiate(), challenge, &message]);
    message[MIC].copy_from_slice(&*mic);
    Ok(message)
}

/// `temp` of §3.3.2: NTLMv2_CLIENT_CHALLENGE (§2.2.2.7) and four zeros.
fn client_challenge(time: [u8; 8], nonce: [u8; 8], target_info: &[u8]) -> Vec<u8> {
    let mut temp = vec![1, 1, 0, 0, 0, 0, 0, 0];
    temp.extend_from_slice(&time);
    temp.extend_from_slice(&nonce);
    temp.extend_from_slice(&[0; 4]);
    temp.extend_from_slice(target_info);
    temp.extend_from_slice(&[0; 4]);
    temp
}

/// The NTLMv2 response, and the session key. Without key exchange that is also the exported one (§3.4.5.1).
fn respond(key: &Key, server_challenge: [u8; 8], temp: &[u8]) -> (Vec<u8>, Key) {
    let proof = hmac_md5(key, &[&server_challenge, temp]);
    let session_key = hmac_md5(key, &[&*proof]);
    ([&proof[..], temp].concat(), session_key)
}

/// Fields in the order of §2.2.1.3, payloads behind them, version and integrity code zero.
fn layout(payloads: [&[u8]; 6], flags: u32) -> Result<Vec<u8>, NtlmError> {
    let mut message =
        Vec::with_capacity(HEADER + payloads.iter().map(|payload| payload.len()).sum::<usize>());
    message.extend_from_slice(SIGNATURE);
    message.extend_from_slice(&3_u32.to_le_bytes());
    let mut offset = HEADER;
    for payload in payloads {
        let length = u16::try_from(payload.len()).map_err(|_| NtlmError::Malformed)?.to_le_bytes();
        message.extend_from_slice(&length);
        message.extend_from_slice(&length);
        message.extend_from_slice(&u32::try_from(offset).map_err(|_| NtlmError::Malformed)?.to_le_bytes());
        offset += payload.len();
    }
    message.extend_from_slice(&flags.to_le_bytes());
    message.resize(HEADER, 0);
    message.extend(payloads.concat());
    Ok(message)
}

/// Hundreds of nanoseconds since 1601.
fn filetime(now: DateTime<Utc>) -> [u8; 8] {
    let hundreds = (now.timestamp() + EPOCH) * 10_000_000 + i64::from(now.timestamp_subsec_nanos() / 100);
    u64::try_from(hundreds).unwrap_or_default().to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::{client_challenge, filetime, respond};
    use crate::credentials::Credentials;
    use crate::ntlm::challenge::tests::bytes;
    use crate::ntlm::hash::response_key;
    use chrono::{TimeZone, Utc};
    use secrecy::SecretString;

    /// MS-NLMP §4.2.4.1.2, §4.2.4.2.2: the response and the session key.
    #[test]
    fn the_documents_response() {
        let credentials = Credentials::new("Domain\\User", SecretString::from("Password")).unwrap();
        let info = bytes("02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000");
        let temp = client_challenge([0; 8], [0xaa; 8], &info);
        let server = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
        let (response, session_key) = respond(&response_key(&credentials), server, &temp);
        assert_eq!(response[..16], bytes("68cd0ab851e51c96aabc927bebef6a1c"));
        assert_eq!(response[16..], temp);
        assert_eq!(session_key.to_vec(), bytes("8de40ccadbc14a82f15cb0ad0de95ca3"));
    }

    #[test]
    fn filetime_starts_in_1601() {
        let at = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
        assert_eq!(u64::from_le_bytes(filetime(at(1601))), 0);
        assert_eq!(u64::from_le_bytes(filetime(at(1970))), 116_444_736_000_000_000);
        assert_eq!(filetime(at(1600)), [0; 8]);
    }
}
