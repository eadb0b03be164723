//! One trip to the browser and back.
//!
//! Order, and why: the sockets are bound first, then the browser opens (nobody can take the port in
//! between); what arrives is let in by [`crate::loopback`]; the code is redeemed and the ID token checked
//! before the browser's page says that it worked. Dropping the future ends the attempt: port closed, state
//! and verifier wiped.

use std::sync::Arc;
use std::time::Duration;

use convoke_model::clock::Clock;
use convoke_net::Transport;
use tokio::sync::watch;
use url::Url;

use crate::authority::Authority;
use crate::browser::{Browser, BrowserError};
use crate::error::AuthError;
use crate::id_token::{Identity, KeyCache};
use crate::loopback::{ListenerLimits, Refusal};
use crate::random::Random;
use crate::token::TokenSet;

mod admin;
mod attempt;
mod code;
mod wait;

pub use admin::{AdminConsent, AdminConsentRequest, admin_consent};
pub use code::{Visit, authorize};

/// How long the browser's answer is waited for.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(300);

/// What the user sees of the sign-in page (OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Ask for the password even if the browser is signed in.
    Login,
    /// Ask for consent even if it was given.
    Consent,
    /// Let the user choose an account.
    SelectAccount,
    /// Show nothing: what would need a page comes back as a refusal at once (`login_required`, `consent_required`).
    None,
}

impl Prompt {
    fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
            Self::None => "none",
        }
    }
}

/// What to ask for.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest {
    /// Whom to ask.
    pub authority: Authority,
    /// As what we ask.
    pub client_id: String,
    /// The scopes, all of one resource. `openid` is added where it is missing; `offline_access` brings a
    /// refresh token.
    pub scopes: Vec<String>,
    /// Fills in the account name.
    pub login_hint: Option<String>,
    /// Opens the organization's own page at once (Entra ID only).
    pub domain_hint: Option<String>,
    /// What the user must be shown.
    pub prompt: Option<Prompt>,
    /// The JSON of a claims challenge (Entra ID only).
    pub claims: Option<String>,
    /// The account that must come back; any where it is `None`.
    pub account: Option<Identity>,
}

impl AuthorizeRequest {
    /// A request without hints.
    #[must_use]
    pub fn new(authority: Authority, client_id: impl Into<String>, scopes: Vec<String>) -> Self {
        Self {
            authority,
            client_id: client_id.into(),
            scopes,
            login_hint: None,
            domain_hint: None,
            prompt: None,
            claims: None,
            account: None,
        }
    }
}

/// What a flow works with.
#[derive(Clone)]
pub struct FlowDeps<'a> {
    /// The network.
    pub transport: &'a dyn Transport,
    /// The clock.
    pub clock: &'a dyn Clock,
    /// Randomness.
    pub random: &'a dyn Random,
    /// The signing keys seen so far.
    pub keys: &'a KeyCache,
    /// Opens the page.
    pub browser: Arc<dyn Browser>,
    /// Becomes `true` to cancel.
    pub cancel: watch::Receiver<bool>,
    /// How long to wait for the browser.
    pub timeout: Duration,
    /// Bounds of the listener.
    pub listener: ListenerLimits,
}

/// What happens on the way.
#[derive(Debug)]
pub enum FlowEvent {
    /// The page to open; comes before the browser is asked to. Not a secret, but good for one attempt only.
    Browser {
        /// The page.
        url: Url,
    },
    /// The same tab goes on to another page.
    Continues {
        /// The page.
        url: Url,
    },
    /// No browser opened; the person can copy the link. The flow keeps waiting.
    BrowserNotOpened {
        /// Why.
        error: BrowserError,
    },
    /// The browser insists on https for `localhost`; another browser or the copied link helps (B16).
    BrowserSpeaksTls,
    /// A request was refused; the flow keeps waiting.
    Ignored {
        /// Why.
        refusal: Refusal,
    },
    /// The answer is here and is being checked.
    Answered,
}

/// What an attempt brought.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The tokens.
    pub tokens: TokenSet,
    /// Who signed in.
    pub identity: Identity,
}

impl From<tokio::task::JoinError> for AuthError {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Cancelled
    }
}
