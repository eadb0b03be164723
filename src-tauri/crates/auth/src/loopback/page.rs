//! The pages that the browser shows at the end of a sign-in.
//!
//! Every word is ours: nothing of the request is shown (B10). No script, no image, no link.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::header::{HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use sha2::{Digest, Sha256};

use crate::error::AuthError;

mod text;

const STYLE: &str = include_str!("page/page.css");
const FRAME: &str = include_str!("page/page.html");

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The first of our languages that the browser accepts; English where it wants neither.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best = (0.0, Self::English);
        for item in wanted.split(',').take(20) {
            let (tag, weight) = item.split_once(';').unwrap_or((item, "q=1"));
            let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0);
            let language =
                match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "en" => Self::English,
                    "es" => Self::Spanish,
                    _ => continue,
                };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }
}

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The sign-in succeeded.
    SignedIn,
    /// Microsoft 365 is connected.
    Connected,
    /// Some of it works; the rest waits for an administrator.
    Partly,
    /// Some of it works; the rest was refused.
    NotAll,
    /// An administrator consented for the organization.
    Approved,
    /// The user refused.
    Declined,
    /// An administrator has to approve first.
    NeedsAdmin,
    /// The organization forbids it.
    Blocked,
    /// Another account signed in than expected.
    OtherAccount,
    /// It failed otherwise; the app says why.
    Failed,
    /// This attempt is over.
    Over,
    /// A request that is not part of the sign-in.
    Stranger,
    /// There is nothing at this address.
    Nothing,
}

impl Page {
    /// The page for a failure.
    #[must_use]
    pub fn of(error: &AuthError) -> Self {
        match error {
            AuthError::Declined(_) => Self::Declined,
            AuthError::AdminApproval(_) | AuthError::ConsentRequired(_) => Self::NeedsAdmin,
            AuthError::BlockedByOrganization(_) => Self::Blocked,
            AuthError::AccountMismatch | AuthError::WrongAccount(_) => Self::OtherAccount,
            _ => Self::Failed,
        }
    }

    /// The page as HTML.
    #[must_use]
    pub fn html(self, language: Language) -> String {
        let (title, sentence) = text::of(self, language);
        let (mark, kind) = match self {
            Self::SignedIn | Self::Connected | Self::Partly | Self::NotAll | Self::Approved => ("✓", "good"),
            Self::Over | Self::Stranger | Self::Nothing => ("–", "calm"),
            _ => ("!", "bad"),
        };
        FRAME
            .replace("{lang}", language.tag())
            .replace("{style}", STYLE)
            .replace("{kind}", kind)
            .replace("{mark}", mark)
            .replace("{title}", title)
            .replace("{sentence}", sentence)
            .replace("{close}", text::close(self, language))
    }
}

/// The headers of every page: it runs nothing, loads nothing, is framed by nobody and kept nowhere.
pub(crate) fn headers(language: Language) -> HeaderMap {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers
}
