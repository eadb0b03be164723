//! Turns the errors of the crates below into what a person meets. The one place that classifies.

use crate::code::{Code, Failure};
use crate::json_file::FileError;
use crate::reason::Reason;
use convoke_auth::AuthError;
use convoke_auth::browser::BrowserError;
use convoke_auth::keychain::KeychainError;
use convoke_graph::{GraphError, RefusalKind};
use convoke_net::NetError;
use convoke_store::StoreError;
use convoke_sync::{RoundError, RoundKind, TokenFailure};

/// Errors of the network.
pub fn of_net(error: &NetError) -> Failure {
    let code = match error {
        NetError::Dns { .. } => Code::Offline,
        NetError::Connect { .. } | NetError::Timeout { .. } | NetError::Protocol { .. } => {
            Code::ServerUnreachable
        }
        NetError::Tls { .. } | NetError::NoTrustStore { .. } => Code::TlsUntrusted,
        NetError::ProxyAuth { .. } => Code::ProxyAuthentication,
        NetError::ExtendedProtection { .. } => Code::ExtendedProtection,
        NetError::NoCommonScheme { .. } => Code::NoCommonSignIn,
        _ => Code::UnexpectedAnswer,
    };
    Failure::new(code).with_detail(error.to_string())
}

/// Errors of the browser.
pub fn of_browser(error: &BrowserError) -> Failure {
    Failure::new(Code::BrowserNotOpened).with_detail(error.to_string())
}

/// Errors of the keychain.
pub fn of_keychain(error: &KeychainError) -> Failure {
    let code = match error {
        KeychainError::Locked | KeychainError::Denied | KeychainError::Timeout => Code::KeychainLocked,
        _ => Code::KeychainUnavailable,
    };
    Failure::new(code).with_detail(error.to_string())
}

/// Errors of the cache.
pub fn of_store(error: &StoreError) -> Failure {
    let code = match error {
        StoreError::Newer { .. } => Code::CacheNewer,
        StoreError::DiskFull => Code::DiskFull,
        _ => Code::CacheUnusable,
    };
    Failure::new(code).with_detail(error.to_string())
}

/// Errors of our own small files.
pub fn of_file(error: &FileError) -> Failure {
    let full =
        matches!(error, FileError::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull);
    Failure::new(if full { Code::DiskFull } else { Code::CacheUnusable }).with_detail(error.to_string())
}

/// Errors of signing in and of tokens.
pub fn of_auth(error: &AuthError) -> Failure {
    let code = match error {
        AuthError::Network(net) => return of_net(net),
        AuthError::Keychain(keychain) => return of_keychain(keychain),
        AuthError::NeedsInteraction(_) | AuthError::SignedOut => Code::SignInRequired,
        AuthError::ConsentRequired(_) | AuthError::AdminApproval(_) => Code::AdminApprovalRequired,
        AuthError::Declined(_) => Code::ConsentDeclined,
        AuthError::BlockedByOrganization(_) => Code::BlockedByOrganization,
        AuthError::WrongAccount(_) => Code::AccountNotAllowed,
        AuthError::Misconfigured(_) => Code::Misconfigured,
        AuthError::Settings(_) => Code::NotConfigured,
        AuthError::Transient { .. } => Code::Throttled,
        AuthError::IdTokenRefused { .. } | AuthError::BadClaims(_) => Code::IdTokenRefused,
        AuthError::AccountMismatch => Code::AccountMismatch,
        AuthError::Timeout(_) => Code::SignInTimedOut,
        AuthError::Cancelled => Code::SignInCancelled,
        AuthError::LoopbackUnavailable(_) => Code::LoopbackUnavailable,
        AuthError::UnexpectedAnswer { .. } => Code::UnexpectedAnswer,
        _ => Code::Internal,
    };
    let reason = error.aadsts().and_then(Reason::of);
    Failure::new(code).because(reason).with_detail(support_line(error))
}

/// What the help desk needs: what happened, Entra's code and correlation id.
fn support_line(error: &AuthError) -> String {
    let mut line = error.to_string();
    if let Some(token) = error.token_error() {
        line = format!("{line}: {token}");
    }
    if let Some(code) = error.aadsts().map(|code| format!("AADSTS{code}")).filter(|code| !line.contains(code))
    {
        line = format!("{line} ({code})");
    }
    match error.correlation_id() {
        Some(id) if !line.contains(id) => format!("{line}, correlation id {id}"),
        _ => line,
    }
}

/// The claims challenge behind an error, where there is one.
pub fn challenge_of(error: &RoundError) -> Option<&str> {
    let RoundError::Token(failure) = error else { return None };
    failure.cause()?.downcast_ref::<AuthError>()?.claims()
}

/// Why there is no token: what is behind it knows number and correlation id.
fn of_token(failure: &TokenFailure) -> Failure {
    let behind = failure.cause().and_then(|cause| cause.downcast_ref::<AuthError>()).map(of_auth);
    let code = match failure {
        TokenFailure::SignInRequired { .. } => Code::SignInRequired,
        TokenFailure::Blocked { .. } => Code::BlockedByOrganization,
        TokenFailure::NotAuthorized { .. } => Code::AdminApprovalRequired,
        TokenFailure::Offline(_) => Code::Offline,
        TokenFailure::Failed { .. } => Code::Internal,
    };
    match behind {
        // A server that is busy or away is offline to people: the cache is all there is for now.
        Some(behind) if code == Code::Offline => Failure { code, ..behind },
        Some(behind) => behind,
        None => Failure::new(code).with_detail(failure.to_string()),
    }
}

/// Errors of a round of synchronization.
pub fn of_round(error: &RoundError) -> Failure {
    let code = match error {
        RoundError::Net(net) => return of_net(net),
        RoundError::ServerUnknown(_) => Code::ServerUnreachable,
        RoundError::Store(store) => return of_store(store),
        RoundError::Token(token) => return of_token(token),
        RoundError::Unauthorized => Code::SignInRequired,
        RoundError::TokenRefused { .. } => Code::TokenRefused,
        RoundError::RetryAt { .. } => Code::Throttled,
        RoundError::Graph(graph) => return of_graph(graph),
        RoundError::CredentialsRefused => Code::PasswordRefused,
        RoundError::Ews(_) | RoundError::MailboxMoved(_) => of_exchange(error.kind()),
        RoundError::Endless | RoundError::NoCalendars => Code::UnexpectedAnswer,
        _ => Code::Internal,
    };
    Failure::new(code).with_detail(error.to_string())
}

/// What an Exchange server said.
fn of_exchange(kind: RoundKind) -> Code {
    match kind {
        RoundKind::Retired => Code::EwsRetired,
        RoundKind::RouteChanged | RoundKind::NoMailbox => Code::MailboxUnavailable,
        // EWS has no permissions that could be asked for: the server keeps it from the account.
        RoundKind::AccessDenied => Code::ExchangeDenied,
        RoundKind::Busy => Code::Throttled,
        RoundKind::Transient => Code::ServerFailing,
        _ => Code::UnexpectedAnswer,
    }
}

/// Errors of Graph.
pub fn of_graph(error: &GraphError) -> Failure {
    let code = match error.kind() {
        Some(RefusalKind::MailboxNotEnabled) => Code::MailboxUnavailable,
        Some(RefusalKind::Forbidden) => Code::PermissionMissing,
        Some(RefusalKind::Throttled) => Code::Throttled,
        Some(RefusalKind::ServerError) => Code::ServerFailing,
        Some(RefusalKind::Unauthorized { .. }) => Code::SignInRequired,
        _ => Code::UnexpectedAnswer,
    };
    Failure::new(code).with_detail(error.to_string())
}
