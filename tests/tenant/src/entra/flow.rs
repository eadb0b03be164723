//! A sign-in under way in a browser.

use chrono::{DateTime, Utc};

use super::scopes::Scopes;

/// How the answer goes back to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// In the query, the default for codes.
    Query,
    /// In the fragment.
    Fragment,
    /// Posted by the browser.
    FormPost,
}

/// What the app asked for at the authorize endpoint.
#[derive(Debug, Clone)]
pub struct AuthorizeRequest {
    /// The redirect URI, as sent.
    pub redirect_uri: String,
    /// How to answer.
    pub response_mode: ResponseMode,
    /// Returned unchanged.
    pub state: Option<String>,
    /// Copied into the ID token.
    pub nonce: Option<String>,
    /// `login`, `none`, `consent`, `select_account`.
    pub prompt: Option<String>,
    /// User name to fill in.
    pub login_hint: Option<String>,
    /// Domain whose sign-in page to open.
    pub domain_hint: Option<String>,
    /// Permissions.
    pub scopes: Scopes,
    /// The PKCE challenge.
    pub challenge: Option<Challenge>,
    /// Whether the client wants `client_info`.
    pub client_info: bool,
}

/// A PKCE challenge (RFC 7636 section 4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The value.
    pub value: String,
    /// Whether it is a digest; without a method it is the verifier itself.
    pub s256: bool,
}

impl Challenge {
    /// Whether the verifier is the one the challenge was made from.
    pub fn is_met_by(&self, verifier: &str) -> bool {
        if self.s256 { crate::jose::s256(verifier) == self.value } else { verifier == self.value }
    }
}

/// What an administrator is asked at the admin consent endpoint.
#[derive(Debug, Clone)]
pub struct AdminConsentRequest {
    /// The redirect URI, as sent.
    pub redirect_uri: String,
    /// Returned unchanged.
    pub state: Option<String>,
    /// Permissions, as asked.
    pub scopes: Scopes,
    /// The scope string, for the answer.
    pub scope_text: String,
}

/// Why the browser is here.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// The app wants a code.
    Authorize(AuthorizeRequest),
    /// An administrator is to consent for the organization.
    AdminConsent(AdminConsentRequest),
}

/// One sign-in under way.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Its id, carried by every form.
    pub id: String,
    /// The tenant segment of the path it came by.
    pub tenant: String,
    /// Why the browser is here.
    pub purpose: Purpose,
    /// Who signed in, an index into the world's users.
    pub user: Option<usize>,
    /// When it began.
    pub began: DateTime<Utc>,
}

impl Flow {
    /// The user name to fill in.
    pub fn login_hint(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Authorize(request) => request.login_hint.as_deref(),
            Purpose::AdminConsent(_) => None,
        }
    }

    /// The domain whose own page is wanted.
    pub fn domain_hint(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Authorize(request) => request.domain_hint.as_deref(),
            Purpose::AdminConsent(_) => None,
        }
    }

    /// The `prompt` asked for; empty if none.
    pub fn prompt(&self) -> &str {
        match &self.purpose {
            Purpose::Authorize(request) => request.prompt.as_deref().unwrap_or_default(),
            Purpose::AdminConsent(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_without_method_is_plain() {
        let plain = Challenge { value: "verifier".into(), s256: false };
        assert!(plain.is_met_by("verifier"));
        assert!(!plain.is_met_by("other"));
        let digest = Challenge { value: crate::jose::s256("verifier"), s256: true };
        assert!(digest.is_met_by("verifier"));
        assert!(!digest.is_met_by(&digest.value));
    }
}
