//! The answer of a token endpoint that grants.

use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::TokenSet;
use crate::error::AuthError;

/// The longest token that is accepted. Entra's are about 2 kB.
const LONGEST_TOKEN: usize = 64 * 1024;

/// The lifetime where the server names none that makes sense: the shortest of Entra (protocols §1.5).
const SHORT_LIFETIME: Duration = Duration::from_secs(600);

/// The longest lifetime that is believed: a token with continuous access evaluation.
const LONGEST_LIFETIME: Duration = Duration::from_secs(28 * 3600);

/// Tokens as they came, before the identity is checked.
pub(crate) struct TokenAnswer {
    access_token: SecretString,
    lifetime: Duration,
    refresh_token: Option<SecretString>,
    pub(crate) id_token: Option<SecretString>,
    scope: Option<String>,
}

/// A field that stands twice is an error of the reader, as RFC 6749 §5.1 wants.
#[derive(Deserialize)]
struct Wire {
    token_type: String,
    access_token: SecretString,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    refresh_token: Option<SecretString>,
    #[serde(default)]
    id_token: Option<SecretString>,
    #[serde(default)]
    scope: Option<String>,
}

impl TokenAnswer {
    /// Reads a body that came with a success status.
    pub(crate) fn read(body: &[u8], endpoint: &Url) -> Result<Self, AuthError> {
        let bad = |reason| AuthError::unexpected(endpoint, reason);
        if looks_like_page(body) {
            return Err(bad("a web page; the network may want a sign-in of its own"));
        }
        let wire: Wire =
            serde_json::from_slice(body).map_err(|_| bad("its tokens are not in the known form"))?;
        if !wire.token_type.eq_ignore_ascii_case("bearer") {
            return Err(bad("its tokens are not bearer tokens"));
        }
        let sizes = [Some(&wire.access_token), wire.refresh_token.as_ref(), wire.id_token.as_ref()];
        let fits = |token: &SecretString| (1..=LONGEST_TOKEN).contains(&token.expose_secret().len());
        if !sizes.into_iter().flatten().all(fits) || !is_header_value(wire.access_token.expose_secret()) {
            return Err(bad("a token is empty, too long or has characters that no token has"));
        }
        Ok(Self {
            lifetime: lifetime(&wire.expires_in)
                .ok_or_else(|| bad("the lifetime of its tokens makes no sense"))?,
            access_token: wire.access_token,
            refresh_token: wire.refresh_token,
            id_token: wire.id_token,
            scope: wire.scope,
        })
    }

    /// The tokens as of `now`. A server that lists no scopes granted what was asked (RFC 6749 §5.1).
    pub(crate) fn into_tokens(self, now: DateTime<Utc>, asked: &[String]) -> TokenSet {
        let scopes = match self.scope {
            Some(scopes) => scopes.split_whitespace().map(str::to_owned).collect(),
            None => asked.to_vec(),
        };
        TokenSet {
            access_token: self.access_token,
            expires_at: now + self.lifetime,
            refresh_token: self.refresh_token,
            scopes,
        }
    }
}

/// Seconds as a number or as a text (protocols §1.3). Absent is short; negative or no number is `None`.
fn lifetime(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Null => return Some(SHORT_LIFETIME),
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    if !seconds.is_finite() || seconds < 0.0 {
        return None;
    }
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_LIFETIME).min(LONGEST_LIFETIME))
}

fn looks_like_page(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// Whether the token can stand in a header: a line break would add headers of its own.
fn is_header_value(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_graphic())
}
