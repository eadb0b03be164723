//! What Microsoft's error codes mean for us (protocols §1.6, §1.7).
//!
//! The kind follows `error` and `suberror` as Microsoft advises; the numbers below are the ones whose kind
//! those two don't tell.

use std::time::Duration;

use super::{AuthError, TokenError};

/// The pause where a busy server names none (MSAL's figure).
pub(super) const DEFAULT_PAUSE: Duration = Duration::from_secs(60);

/// The pause after the server saw us looping (AADSTS50196, F57).
const LOOP_PAUSE: Duration = Duration::from_secs(300);

const LOOP: u32 = 50196;
const TRANSIENT: &[u32] = &[LOOP, 90033, 90006, 90024, 90055];
const ADMIN: &[u32] = &[90093, 90094, 90095, 900_941, 900_981];
const CONSENT: &[u32] = &[65001];
const DECLINED: &[u32] = &[65004];
const BLOCKED: &[u32] = &[
    50053, 50055, 50057, 50097, 50105, 50127, 50129, 50131, 53000, 53001, 53002, 53003, 53004, 500_021,
    530_032, 530_035, 7_000_112,
];
const WRONG_ACCOUNT: &[u32] = &[16000, 50014, 50020, 50034, 51004, 90072];
const MISCONFIGURED: &[u32] = &[
    50001, 50011, 50194, 65005, 70011, 90002, 90023, 90038, 90043, 500_011, 650_052, 650_056, 650_057,
    700_016, 700_022, 700_025, 700_084, 900_144, 900_561, 7_000_218, 9_002_313,
];

pub(super) fn classify(error: TokenError, retry_after: Option<Duration>) -> AuthError {
    let code = error.aadsts.unwrap_or_default();
    let is = |list: &[u32]| list.contains(&code);
    if is(TRANSIENT)
        || matches!(error.error.as_str(), "temporarily_unavailable" | "server_error" | "slow_down")
    {
        return transient(error, code, retry_after);
    }
    let error = Box::new(error);
    if is(ADMIN) {
        return AuthError::AdminApproval(error);
    }
    if is(CONSENT) {
        return AuthError::ConsentRequired(error);
    }
    if is(DECLINED) {
        return AuthError::Declined(error);
    }
    if is(BLOCKED) {
        return AuthError::BlockedByOrganization(error);
    }
    if is(WRONG_ACCOUNT) {
        return AuthError::WrongAccount(error);
    }
    if is(MISCONFIGURED) {
        return AuthError::Misconfigured(error);
    }
    by_name(error)
}

/// From `error` and `suberror` alone: other codes, and providers that are not Microsoft.
fn by_name(error: Box<TokenError>) -> AuthError {
    match (error.error.as_str(), error.suberror.as_deref()) {
        (_, Some("message_only" | "protection_policy_required")) => AuthError::BlockedByOrganization(error),
        (_, Some("client_mismatch")) => AuthError::Misconfigured(error),
        ("consent_required", _) | (_, Some("consent_required")) => AuthError::ConsentRequired(error),
        ("access_denied", _) => AuthError::Declined(error),
        ("invalid_grant" | "interaction_required" | "login_required" | "account_selection_required", _) => {
            AuthError::NeedsInteraction(error)
        }
        _ => AuthError::Misconfigured(error),
    }
}

fn transient(error: TokenError, code: u32, retry_after: Option<Duration>) -> AuthError {
    let least = if code == LOOP { LOOP_PAUSE } else { Duration::ZERO };
    let retry_after = retry_after.unwrap_or(DEFAULT_PAUSE).max(least);
    AuthError::Transient { error: Some(Box::new(error)), retry_after }
}

/// A status that says "later" without a readable body.
pub(super) fn busy(retry_after: Option<Duration>) -> AuthError {
    AuthError::Transient { error: None, retry_after: retry_after.unwrap_or(DEFAULT_PAUSE) }
}
