//! Autodiscover v2 (`/autodiscover/autodiscover.json`).

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use http::header::ACCEPT;
use http::{Method, Request};
use serde::Deserialize;
use url::Url;

use super::candidate::{Answer, Nothing};
use crate::error::EwsError;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Wire {
    url: Option<String>,
    error_code: Option<String>,
    error_message: Option<String>,
}

/// The question: where is the EWS of the address? A place that another one named may come with the question
/// in its query (`Email`, `Protocol`, `RedirectCount`); it is asked anew, so that no answer can put words
/// into our mouth.
pub(super) fn request(url: &Url, address: &str) -> Result<Request<Bytes>, EwsError> {
    let mut url = url.clone();
    url.set_query(None);
    url.query_pairs_mut().append_pair("Email", address).append_pair("Protocol", "Ews");
    let request = Request::builder().method(Method::GET).uri(url.as_str()).header(ACCEPT, "application/json");
    Ok(request.body(Bytes::new())?)
}

/// `{"Protocol":"Ews","Url":"…"}`, or an error.
pub(super) fn answer(body: &Bytes) -> Option<Answer> {
    let wire: Wire = serde_json::from_slice(body).ok()?;
    match wire.url.as_deref().and_then(|url| Url::parse(url).ok()) {
        Some(url) => Some(Answer::Found(vec![url])),
        None => refused(wire).map(Answer::Nothing),
    }
}

/// `{"ErrorCode":"…","ErrorMessage":"…"}`.
pub(super) fn error(body: &Bytes) -> Option<Nothing> {
    refused(serde_json::from_slice(body).ok()?)
}

fn refused(wire: Wire) -> Option<Nothing> {
    Some(Nothing::Error {
        code: clean::optional(wire.error_code.as_deref(), SHORT)?,
        message: clean::optional(wire.error_message.as_deref(), SHORT).unwrap_or_default(),
    })
}
