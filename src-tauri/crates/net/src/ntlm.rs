//! The messages of NTLM, client side, without I/O (MS-NLMP).
//!
//! Only NTLMv2 with extended session security is spoken, whatever the server asks for; signing, sealing and key
//! exchange are not, since HTTP has no use for them. The message integrity code, channel bindings and the
//! service's name are sent, as extended protection wants them. To change: section numbers are those of MS-NLMP
//! revision 36; `docs/decisions.md` says why this is not a library.

mod authenticate;
mod binding;
mod challenge;
mod hash;
mod target_info;

pub(crate) use authenticate::{Attempt, authenticate};
pub(crate) use binding::tls_server_end_point;

/// What an NTLM exchange broke on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NtlmError {
    /// The server's answer to the first message has no challenge.
    #[error("the server sent no challenge")]
    NoChallenge,
    /// The challenge is cut short, too long, or not an NTLM message.
    #[error("the server's challenge can't be read")]
    Malformed,
    /// The server knows neither Unicode nor NTLMv2's blocks of names.
    #[error("the server speaks only older forms of NTLM")]
    TooOld,
    /// No random bytes for the client's challenge.
    #[error("no randomness is available")]
    NoRandomness,
}

/// `NTLMSSP\0`, the start of every message (§2.2.1).
const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";

/// `NegotiateFlags` (§2.2.2.5).
mod flag {
    pub(super) const UNICODE: u32 = 0x0000_0001;
    pub(super) const REQUEST_TARGET: u32 = 0x0000_0004;
    pub(super) const NTLM: u32 = 0x0000_0200;
    pub(super) const ALWAYS_SIGN: u32 = 0x0000_8000;
    pub(super) const EXTENDED_SESSION_SECURITY: u32 = 0x0008_0000;
    pub(super) const TARGET_INFO: u32 = 0x0080_0000;
    pub(super) const STRENGTH_128: u32 = 0x2000_0000;
    /// What the client offers, and the most that it agrees to.
    pub(super) const OURS: u32 = UNICODE
        | REQUEST_TARGET
        | NTLM
        | ALWAYS_SIGN
        | EXTENDED_SESSION_SECURITY
        | TARGET_INFO
        | STRENGTH_128;
}

/// The first message (NEGOTIATE_MESSAGE, §2.2.1.1). It names neither a domain nor this machine.
pub(crate) fn negotiate() -> Vec<u8> {
    let mut message = Vec::with_capacity(32);
    message.extend_from_slice(SIGNATURE);
    message.extend_from_slice(&1_u32.to_le_bytes());
    message.extend_from_slice(&flag::OURS.to_le_bytes());
    for _empty_field in 0..2 {
        message.extend_from_slice(&[0, 0, 0, 0, 32, 0, 0, 0]);
    }
    message
}

/// Text as NTLM carries it. It is never moved while it grows, so that a password leaves no copy behind.
fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 * text.len());
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}
