//! A request, taken apart.

use axum::http::{HeaderMap, Method, Uri};
use bytes::Bytes;

use super::address::{self, Query};

/// One request to Graph, alone or part of a batch.
#[derive(Debug, Clone)]
pub struct Call {
    /// Method.
    pub method: Method,
    /// Path after the version, decoded.
    pub segments: Vec<String>,
    /// The path after the version, as sent.
    pub path: String,
    /// Parameters.
    pub query: Query,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Call {
    /// The request of these parts.
    #[must_use]
    pub fn new(method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let path = uri.path().trim_start_matches("/v1.0").to_owned();
        Self { method, segments: address::segments(uri), path, query: Query::new(uri), headers, body }
    }

    /// The last segment, for messages.
    #[must_use]
    pub fn tail(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
