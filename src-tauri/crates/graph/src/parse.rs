//! From an HTTP answer to JSON.

use bytes::Bytes;
use http::Response;
use serde::de::DeserializeOwned;

use crate::error::{GraphError, is_html};
use crate::surrogates;

/// The JSON of a successful answer.
pub(crate) fn json<T: DeserializeOwned>(
    what: &'static str,
    response: &Response<Bytes>,
) -> Result<T, GraphError> {
    if !response.status().is_success() || is_html(response.headers()) {
        return Err(GraphError::of(response));
    }
    let body = response.body();
    serde_json::from_slice(body).or_else(|_| {
        serde_json::from_slice(&surrogates::repair(body))
            .map_err(|source| GraphError::Malformed { what, source })
    })
}
