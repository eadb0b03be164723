//! What may be said about a request in the log.

use std::time::Duration;

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, Method, Uri};
use tracing::{debug, info};
use uuid::Uuid;

use crate::error::NetError;

/// The header by which Microsoft's support finds a request again.
const REQUEST_ID: &str = "client-request-id";

/// Gives a request without one a number of its own.
pub(crate) fn number(headers: &mut HeaderMap) {
    if !headers.contains_key(REQUEST_ID)
        && let Ok(id) = HeaderValue::from_str(&Uuid::new_v4().to_string())
    {
        headers.insert(HeaderName::from_static(REQUEST_ID), id);
    }
}

/// The facts of one request that are free of personal data and secrets.
pub(crate) struct Entry {
    method: Method,
    host: String,
    path: String,
    id: String,
}

impl Entry {
    pub(crate) fn new(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let id = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        Self {
            method: method.clone(),
            host: uri.host().unwrap_or_default().to_owned(),
            path: redacted_path(uri.path()),
            id: id.to_owned(),
        }
    }

    pub(crate) fn answered(&self, status: u16, bytes: usize, took: Duration) {
        let Self { method, host, path, id } = self;
        let ms = took.as_millis();
        debug!(%method, host, path, status, bytes, ms, id, "answer");
    }

    pub(crate) fn failed(&self, error: &NetError, took: Duration) {
        let Self { method, host, path, id } = self;
        let ms = took.as_millis();
        info!(%method, host, path, code = error.code(), ms, id, "no answer");
    }
}

/// The path with every segment that may name a person or an item replaced by `*`.
fn redacted_path(path: &str) -> String {
    path.split('/').map(|segment| if is_plain(segment) { segment } else { "*" }).collect::<Vec<_>>().join("/")
}

/// Whether a segment is a word of the protocol: short, and without the digits, `@`, `=` or `%` of ids.
fn is_plain(segment: &str) -> bool {
    let version = matches!(segment, "v1.0" | "v2.0" | "oauth2");
    version
        || (segment.len() <= 24
            && segment.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '$' | '.' | '_')))
}

#[cfg(test)]
mod tests {
    use super::redacted_path;

    #[test]
    fn b38_ids_and_addresses_leave_the_path() {
        for (path, expected) in [
            ("/v1.0/me/calendarView/delta", "/v1.0/me/calendarView/delta"),
            ("/v1.0/users/ann@contoso.com/photo/$value", "/v1.0/users/*/photo/$value"),
            ("/v1.0/me/events/AAMkAGI1AAAt9AHjAAA=", "/v1.0/me/events/*"),
            ("/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token", "/*/oauth2/v2.0/token"),
            ("/.well-known/openid-configuration", "/.well-known/openid-configuration"),
            ("/x/abcdefghijklmnopqrstuvwxyzabcdefgh", "/x/*"),
            ("/users/%C3%A9ric", "/users/*"),
        ] {
            assert_eq!(redacted_path(path), expected);
        }
    }
}
