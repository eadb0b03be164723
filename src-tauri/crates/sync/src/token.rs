//! Where tokens come from.

use async_trait::async_trait;
use zeroize::Zeroizing;

/// An access token. It shows in no debug output and its memory is overwritten at the end.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps a token.
    #[must_use]
    pub fn new(token: String) -> Self {
        Self(Zeroizing::new(token))
    }

    /// The token itself, for the `Authorization` header and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is behind a failure: whoever gave it the source knows its type.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenFailure {
    /// The authorization ended: a person must sign in again.
    #[error("the sign-in has ended ({code})")]
    SignInRequired {
        /// Stable code of the cause.
        code: String,
        /// The cause.
        #[source]
        source: Option<Cause>,
    },
    /// The organization blocks it; signing in again does not help.
    #[error("the organization blocks the access ({code})")]
    Blocked {
        /// Stable code of the cause.
        code: String,
        /// The cause.
        #[source]
        source: Option<Cause>,
    },
    /// An administrator or the user must consent first.
    #[error("the access is not authorized ({code})")]
    NotAuthorized {
        /// Stable code of the cause.
        code: String,
        /// The cause.
        #[source]
        source: Option<Cause>,
    },
    /// The token endpoint can't be reached; nothing is lost.
    #[error("the sign-in server can't be reached")]
    Offline(#[source] Cause),
    /// It failed otherwise (keychain, answer of the token endpoint); trying later may help.
    #[error("no access token ({code})")]
    Failed {
        /// Stable code of the cause.
        code: String,
        /// The cause.
        #[source]
        source: Cause,
    },
}

impl TokenFailure {
    /// The stable code of the cause.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::SignInRequired { code, .. }
            | Self::Blocked { code, .. }
            | Self::NotAuthorized { code, .. }
            | Self::Failed { code, .. } => code,
            Self::Offline(_) => "offline",
        }
    }

    /// What is behind it.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            Self::SignInRequired { source, .. }
            | Self::Blocked { source, .. }
            | Self::NotAuthorized { source, .. } => source.as_ref(),
            Self::Offline(source) | Self::Failed { source, .. } => Some(source),
        }
    }
}

/// Gives access tokens for the mailbox, and hears when one is refused.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that should be valid now.
    ///
    /// # Errors
    /// [`TokenFailure`] where there is none.
    async fn token(&self) -> Result<Secret, TokenFailure>;

    /// The server refused the last token; the next call of [`TokenSource::token`] must give another one or fail.
    /// `claims` is the decoded JSON of a claims challenge, to be sent to the token endpoint.
    async fn rejected(&self, claims: Option<String>);
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn secrets_do_not_show() {
        assert_eq!(format!("{:?}", Secret::new("canary".to_owned())), "Secret(…)");
    }
}
