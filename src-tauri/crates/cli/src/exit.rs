//! Exit statuses (`docs/interfaces.md`).

use convoke_app::code::Code;
use std::process::ExitCode;

/// Done.
pub const DONE: u8 = 0;
/// Called in a way that has no meaning.
pub const USAGE: u8 = 2;
/// Policy invalid or refused.
pub const POLICY: u8 = 3;
/// Some services, not all.
pub const PARTLY: u8 = 8;

/// The status of a failure.
pub fn of(code: Code) -> ExitCode {
    ExitCode::from(match code {
        Code::PolicyInvalid | Code::PolicyRefused => POLICY,
        Code::SignInRequired
        | Code::SignInTimedOut
        | Code::AccountMismatch
        | Code::AccountNotAllowed
        | Code::ConsentDeclined
        | Code::AdminApprovalRequired
        | Code::BlockedByOrganization
        | Code::PermissionMissing
        | Code::NotConfigured => 4,
        Code::Offline
        | Code::ServerUnreachable
        | Code::Throttled
        | Code::CaptivePortal
        | Code::TlsUntrusted
        | Code::ProxyAuthentication => 5,
        Code::KeychainUnavailable | Code::KeychainLocked => 6,
        Code::CacheUnusable | Code::CacheNewer | Code::DiskFull => 7,
        _ => 1,
    })
}
