//! Exit statuses (`docs/interfaces.md`).

use convoke_app::code::Code;
use std::process::ExitCode;

/// Done.
pub const DONE: u8 = 0;
/// Called in a way that makes no sense.
pub const USAGE: u8 = 2;
/// Policy invalid or refused.
pub const POLICY: u8 = 3;
/// Some services, not all.
pub const PARTLY: u8 = 8;

/// Failed, in no way that has a status of its own.
const FAILED: u8 = 1;
/// A person must act.
const PERSON: u8 = 4;
/// Offline, or the server can't be reached.
const NETWORK: u8 = 5;
/// No keychain.
const KEYCHAIN: u8 = 6;
/// The cache can't be used.
const CACHE: u8 = 7;

/// The status of a failure.
pub fn of(code: Code) -> ExitCode {
    ExitCode::from(number(code))
}

fn number(code: Code) -> u8 {
    match code {
        Code::PolicyInvalid | Code::PolicyRefused | Code::PolicyOverruled => POLICY,
        Code::SignInRequired
        | Code::NotConnected
        | Code::OffByPolicy
        | Code::SignInTimedOut
        | Code::AccountMismatch
        | Code::AccountNotAllowed
        | Code::ConsentDeclined
        | Code::AdminApprovalRequired
        | Code::BlockedByOrganization
        | Code::PermissionMissing
        | Code::PasswordRequired
        | Code::PasswordRefused
        | Code::NoCommonSignIn
        | Code::HostNotTrusted
        | Code::ExchangeNotFound
        | Code::ExchangeDenied
        | Code::TokenRefused
        | Code::EwsRetired
        | Code::NotConfigured => PERSON,
        Code::Offline
        | Code::ServerUnreachable
        | Code::ServerFailing
        | Code::Throttled
        | Code::CaptivePortal
        | Code::TlsUntrusted
        | Code::ProxyAuthentication
        | Code::ExtendedProtection => NETWORK,
        Code::KeychainUnavailable | Code::KeychainLocked => KEYCHAIN,
        Code::CacheUnusable | Code::CacheNewer | Code::DiskFull => CACHE,
        _ => FAILED,
    }
}

/// The status of several failures at once: the cause that hides the others comes first, and "a person must act" only
/// where nothing else is wrong.
pub fn of_all(failures: impl Iterator<Item = Option<Code>>) -> u8 {
    const ORDER: [u8; 4] = [POLICY, NETWORK, KEYCHAIN, CACHE];
    let all: Vec<u8> = failures.map(|code| code.map_or(FAILED, number)).collect();
    if all.is_empty() {
        return DONE;
    }
    let first = ORDER.into_iter().find(|status| all.contains(status));
    first.unwrap_or(if all.iter().all(|status| *status == PERSON) { PERSON } else { FAILED })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_failures_the_first_of_3_5_6_7_4_1_decides() {
        let (policy, network) = (Some(Code::PolicyInvalid), Some(Code::ServerUnreachable));
        let (keychain, cache) = (Some(Code::KeychainLocked), Some(Code::CacheUnusable));
        let (person, other) = (Some(Code::AdminApprovalRequired), Some(Code::Misconfigured));
        let check = |failures: &[Option<Code>], expected: u8| {
            assert_eq!(of_all(failures.iter().copied()), expected, "{failures:?}");
        };
        check(&[], 0);
        check(&[other, person, cache, keychain, network, policy], 3);
        check(&[other, person, cache, keychain, network], 5);
        check(&[other, person, cache, keychain], 6);
        check(&[other, person, cache], 7);
        check(&[person, person], 4);
        check(&[person, other], 1);
        check(&[person, None], 1);
        check(&[None], 1);
    }
}
