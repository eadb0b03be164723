//! The OAuth error answer, with Microsoft's additions (protocols §1.6).

use std::time::Duration;

use serde::Deserialize;

use super::{AuthError, aadsts};

/// The longest text of a server that is shown to a person, in characters.
const LONGEST_TEXT: usize = 500;

/// A refusal of the authorization server, in its own words. Holds no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{error}{}", aadsts.map(|code| format!(" (AADSTS{code})")).unwrap_or_default())]
pub struct TokenError {
    /// `error` of RFC 6749 §5.2, such as `invalid_grant`.
    pub error: String,
    /// Microsoft's `suberror`, such as `message_only`, or `error_subcode` of the redirect.
    pub suberror: Option<String>,
    /// The first number of `error_codes`, or the one in the description.
    pub aadsts: Option<u32>,
    /// The id for support.
    pub correlation_id: Option<String>,
    /// The claims challenge as JSON.
    pub claims: Option<String>,
    /// The server's sentence without trace ids, one line, at most 500 characters.
    pub description: String,
}

#[derive(Deserialize)]
struct Wire {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
    #[serde(default)]
    error_codes: Option<Vec<u32>>,
    #[serde(default)]
    suberror: Option<String>,
    #[serde(default)]
    correlation_id: Option<String>,
    #[serde(default)]
    claims: Option<String>,
}

impl TokenError {
    /// Reads the JSON of a refused token request. `None` where it is not one.
    #[must_use]
    pub fn from_json(body: &[u8]) -> Option<Self> {
        let wire: Wire = serde_json::from_slice(body).ok()?;
        let description = wire.error_description.unwrap_or_default();
        Some(Self {
            aadsts: wire
                .error_codes
                .and_then(|codes| codes.first().copied())
                .or_else(|| code_in(&description)),
            correlation_id: wire.correlation_id.or_else(|| correlation_in(&description)),
            description: sentence(&description),
            suberror: wire.suberror.map(|text| word(&text)).filter(|text| !text.is_empty()),
            claims: wire.claims.and_then(|claims| crate::claims::decode(&claims).ok()),
            error: word(&wire.error),
        })
    }

    /// From the parameters of an error redirect.
    #[must_use]
    pub fn from_redirect(error: &str, description: Option<&str>, subcode: Option<&str>) -> Self {
        let description = description.unwrap_or_default();
        Self {
            error: word(error),
            suberror: subcode.map(word),
            aadsts: code_in(description),
            correlation_id: correlation_in(description),
            claims: None,
            description: sentence(description),
        }
    }

    /// What the refusal means. `retry_after` is the server's wish, where it sent one.
    #[must_use]
    pub fn classify(self, retry_after: Option<Duration>) -> AuthError {
        aadsts::classify(self, retry_after)
    }
}

/// A protocol word: short, of the characters that the standard allows.
fn word(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).take(64).collect()
}

/// The description up to the trace ids, on one line.
fn sentence(description: &str) -> String {
    let end = description.find("Trace ID:").unwrap_or(description.len());
    let line: String = description
        .get(..end)
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TEXT).collect()
}

fn code_in(description: &str) -> Option<u32> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

fn correlation_in(description: &str) -> Option<String> {
    let (_, rest) = description.split_once("Correlation ID:")?;
    let id: String =
        rest.trim_start().chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').take(36).collect();
    (id.len() == 36).then_some(id)
}
