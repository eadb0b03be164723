//! What can go wrong, in the terms in which a person or the product can act on it.

use std::sync::Arc;
use std::time::Duration;

use convoke_net::NetError;

use crate::claims::BadClaims;
use crate::id_token::Check;
use crate::keychain::KeychainError;
use crate::random::RandomError;

mod aadsts;
mod token_error;

pub use token_error::TokenError;

/// Why a sign-in, an authorization or a refresh did not succeed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// The user must sign in again (expired or revoked grant, multi-factor, changed password).
    #[error("a new sign-in is needed")]
    NeedsInteraction(#[source] Box<TokenError>),
    /// Nobody has consented to what the product asks for.
    #[error("the permissions have not been granted yet")]
    ConsentRequired(#[source] Box<TokenError>),
    /// Only an administrator can consent.
    #[error("an administrator of the organization has to approve")]
    AdminApproval(#[source] Box<TokenError>),
    /// The user refused, or returned without granting.
    #[error("the permission was not granted")]
    Declined(#[source] Box<TokenError>),
    /// A rule of the organization forbids it; another sign-in will not help.
    #[error("the organization does not permit it")]
    BlockedByOrganization(#[source] Box<TokenError>),
    /// The account belongs to another tenant, or is unknown in this one.
    #[error("this account can't be used here")]
    WrongAccount(#[source] Box<TokenError>),
    /// The registration of the app or the policy is wrong; an administrator must mend it.
    #[error("the set-up of the app in the organization is wrong")]
    Misconfigured(#[source] Box<TokenError>),
    /// The server is busy or has a fault. Wait at least `retry_after`.
    #[error("the sign-in server is busy")]
    Transient {
        /// The server's words, where it said any.
        #[source]
        error: Option<Box<TokenError>>,
        /// The least pause before the next attempt.
        retry_after: Duration,
    },
    /// No answer from the network.
    #[error("the sign-in server could not be reached")]
    Network(#[source] Arc<NetError>),
    /// Something answered that is not the sign-in server's protocol (a captive portal, a proxy's page).
    #[error("{host} sent an answer that is not understood: {reason}")]
    UnexpectedAnswer {
        /// Who answered.
        host: String,
        /// What is wrong with the answer; never its content.
        reason: &'static str,
    },
    /// The ID token failed a check.
    #[error("the proof of identity was refused: {check}")]
    IdTokenRefused {
        /// The check that failed.
        check: Check,
    },
    /// Another account signed in than the one that was asked for.
    #[error("another account signed in than expected")]
    AccountMismatch,
    /// A challenge that the server sent can't be read.
    #[error(transparent)]
    BadClaims(#[from] BadClaims),
    /// There is no refresh token: the account is signed out.
    #[error("the account is signed out")]
    SignedOut,
    /// No answer from the browser in time.
    #[error("no answer from the browser within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The user or the product gave up.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// No port of this machine could be opened for the answer.
    #[error("no local port could be opened for the browser's answer")]
    LoopbackUnavailable(#[source] Arc<std::io::Error>),
    /// The keychain failed.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The settings can't lead to a sign-in.
    #[error("the sign-in is not set up: {0}")]
    Settings(&'static str),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
}

impl AuthError {
    /// The server's words, where it refused in its own.
    #[must_use]
    pub fn token_error(&self) -> Option<&TokenError> {
        match self {
            Self::NeedsInteraction(error)
            | Self::ConsentRequired(error)
            | Self::AdminApproval(error)
            | Self::Declined(error)
            | Self::BlockedByOrganization(error)
            | Self::WrongAccount(error)
            | Self::Misconfigured(error) => Some(error),
            Self::Transient { error, .. } => error.as_deref(),
            _ => None,
        }
    }

    /// The number of Microsoft's error code, for the wording and for support.
    #[must_use]
    pub fn aadsts(&self) -> Option<u32> {
        self.token_error().and_then(|error| error.aadsts)
    }

    /// The id by which the organization's logs find the refusal.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.token_error().and_then(|error| error.correlation_id.as_deref())
    }

    /// The claims that the next sign-in has to carry.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        self.token_error().and_then(|error| error.claims.as_deref())
    }

    /// Whether cached data are all there is for now, because nobody answers.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Network(error) if error.is_offline())
    }

    /// Whether a person must act before the next attempt can succeed.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        !matches!(
            self,
            Self::Network(_) | Self::Transient { .. } | Self::UnexpectedAnswer { .. } | Self::Keychain(_)
        )
    }

    /// Stable name of the kind, for `code` in JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NeedsInteraction(_) | Self::SignedOut => "signInRequired",
            Self::ConsentRequired(_) => "consentRequired",
            Self::AdminApproval(_) => "adminApprovalRequired",
            Self::Declined(_) => "declined",
            Self::BlockedByOrganization(_) => "blockedByOrganization",
            Self::WrongAccount(_) => "wrongAccount",
            Self::Misconfigured(_) | Self::Settings(_) => "misconfigured",
            Self::Transient { .. } => "serverBusy",
            Self::Network(error) => error.code(),
            Self::UnexpectedAnswer { .. } => "unexpectedAnswer",
            Self::IdTokenRefused { .. } => "idTokenRefused",
            Self::AccountMismatch => "accountMismatch",
            Self::BadClaims(_) => "badClaims",
            Self::Timeout(_) => "timeout",
            Self::Cancelled => "cancelled",
            Self::LoopbackUnavailable(_) => "loopbackUnavailable",
            Self::Keychain(error) => error.code(),
            Self::Random(_) => "noRandomness",
        }
    }

    /// From a status that says "later" without a readable body.
    pub(crate) fn busy(retry_after: Option<Duration>) -> Self {
        aadsts::busy(retry_after)
    }

    pub(crate) fn unexpected(url: &url::Url, reason: &'static str) -> Self {
        Self::UnexpectedAnswer { host: url.host_str().unwrap_or("the server").to_owned(), reason }
    }
}

impl From<NetError> for AuthError {
    fn from(error: NetError) -> Self {
        Self::Network(Arc::new(error))
    }
}
