//! The ways in which an operation fails, and what Graph's error envelope means.

use http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;

use crate::clean;
use crate::wire::challenge;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The server answered with an error of its own.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// Something between the server and us answered: a captive portal, a proxy, a redirect.
    #[error(
        "the answer (status {status}) is not from Microsoft Graph; a network sign-in page or a proxy may stand between"
    )]
    NotGraph {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is no valid JSON, or not of the documented shape.
    #[error("the answer is not a valid {what}")]
    Malformed {
        /// What it should have been.
        what: &'static str,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// An entry lacks what nothing works without; the page is refused.
    #[error("the server sent an entry without {field}")]
    Missing {
        /// The name of the field.
        field: &'static str,
    },
    /// A date and time can't be read.
    #[error("the server sent an entry whose {field} is no date")]
    BadTime {
        /// The name of the field.
        field: &'static str,
    },
    /// A nextLink or deltaLink leads to another server. No request was made.
    #[error("the server sent a link to another host ({host}), which was not followed")]
    ForeignLink {
        /// The host of the link.
        host: String,
    },
    /// A nextLink or deltaLink is no URL.
    #[error("the server sent a link that is not a URL")]
    BadLink,
    /// The endpoint's URL can't be used.
    #[error("{url} is not a usable Graph endpoint")]
    Endpoint {
        /// The URL as configured.
        url: String,
    },
    /// The request could not be put together.
    #[error("the request could not be built")]
    Request(#[from] http::Error),
}

/// An error answer of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Graph's code, such as `ErrorItemNotFound`; empty where there is none.
    pub code: String,
    /// Graph's message for developers, cropped.
    pub message: String,
    /// The `request-id` for Microsoft's support.
    pub request_id: Option<String>,
    /// What it means for us.
    pub kind: RefusalKind,
}

/// What an error answer means for us (Graph `concepts/errors.md`, `concepts/throttling.md`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// 401, or a claims challenge: the token is no longer accepted.
    Unauthorized {
        /// The decoded JSON of the claims challenge, if there is one.
        claims: Option<String>,
    },
    /// 403: a scope or right is missing.
    Forbidden,
    /// The mailbox is on-premises, unlicensed, or of a guest.
    MailboxNotEnabled,
    /// 404: no such thing (any more).
    NotFound,
    /// 410 or an equal code: the delta token is void; start over.
    SyncStateLost,
    /// 429 or 509.
    Throttled,
    /// 5xx.
    ServerError,
    /// Any other, mostly 400: the request is not supported as it is.
    Other,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Microsoft Graph answered {}", self.status)?;
        if !self.code.is_empty() {
            write!(f, " {}", self.code)?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl GraphError {
    /// The error that an unsuccessful `response` stands for.
    #[must_use]
    pub fn of<B: AsRef<[u8]>>(response: &Response<B>) -> Self {
        let status = response.status();
        let envelope: Envelope = serde_json::from_slice(response.body().as_ref()).unwrap_or_default();
        let code = clean::line(envelope.error.code.as_deref().unwrap_or_default(), clean::SHORT);
        // Gateways answer 502 to 504 in HTML too; those are outages. 511 is a portal's own (RFC 6585 §6).
        let outage = status.is_server_error() && status.as_u16() != 511;
        let is_ours = !code.is_empty() || outage || status == StatusCode::UNAUTHORIZED;
        if !is_ours && (status.is_redirection() || status.is_success() || is_html(response.headers())) {
            return Self::NotGraph { status: status.as_u16() };
        }
        let inner = envelope.error.inner_error.and_then(|inner| inner.code);
        Self::Refused(Box::new(Refusal {
            status: status.as_u16(),
            kind: kind(status, &code, inner.as_deref().unwrap_or_default(), response.headers()),
            message: clean::line(envelope.error.message.as_deref().unwrap_or_default(), clean::SHORT),
            request_id: header(response.headers(), "request-id"),
            code,
        }))
    }

    /// What the server's refusal means; `None` for other errors.
    #[must_use]
    pub fn kind(&self) -> Option<&RefusalKind> {
        match self {
            Self::Refused(refusal) => Some(&refusal.kind),
            _ => None,
        }
    }

    /// A stable code for JSON and logs: Graph's own where there is one.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) if refusal.code.is_empty() => format!("http{}", refusal.status),
            Self::Refused(refusal) => refusal.code.clone(),
            Self::NotGraph { .. } => "notGraph".to_owned(),
            Self::Malformed { .. } | Self::Missing { .. } | Self::BadTime { .. } => {
                "malformedAnswer".to_owned()
            }
            Self::ForeignLink { .. } | Self::BadLink => "foreignLink".to_owned(),
            Self::Endpoint { .. } | Self::Request(_) => "request".to_owned(),
        }
    }
}

pub(crate) fn is_html(headers: &HeaderMap) -> bool {
    header(headers, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"))
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|text| clean::line(text, clean::SHORT))
}

fn kind(status: StatusCode, code: &str, inner: &str, headers: &HeaderMap) -> RefusalKind {
    let is = |name: &str| code.eq_ignore_ascii_case(name) || inner.eq_ignore_ascii_case(name);
    // Claims challenges come as 401, and have been seen as 403 (Graph `concepts/errors.md`).
    let claims = challenge::claims(headers);
    if status == StatusCode::UNAUTHORIZED || claims.is_some() {
        return RefusalKind::Unauthorized { claims };
    }
    if is("MailboxNotEnabledForRESTAPI") || is("MailboxNotSupportedForRESTAPI") {
        return RefusalKind::MailboxNotEnabled;
    }
    let lost = ["SyncStateNotFound", "SyncStateInvalid", "resyncRequired", "ErrorInvalidSyncStateData"];
    if status == StatusCode::GONE || lost.iter().any(|name| is(name)) {
        return RefusalKind::SyncStateLost;
    }
    match status.as_u16() {
        403 => RefusalKind::Forbidden,
        404 => RefusalKind::NotFound,
        429 | 509 => RefusalKind::Throttled,
        500..=599 => RefusalKind::ServerError,
        _ => RefusalKind::Other,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Body,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    code: Option<String>,
    message: Option<String>,
    #[serde(rename = "innerError", alias = "innererror")]
    inner_error: Option<Inner>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Inner {
    code: Option<String>,
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
