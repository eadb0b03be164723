//! What all requests have in common: the SOAP 1.1 envelope and the headers.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};

use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::xml::{Namespace, Tag};

/// A POST of an operation.
pub(crate) fn post(endpoint: &Endpoint, operation: Tag) -> Result<Request<Bytes>, EwsError> {
    let document = envelope(endpoint, operation).document()?;
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.url().as_str())
        .header(CONTENT_TYPE, "text/xml; charset=utf-8")
        .header(ACCEPT, "text/xml")
        .body(Bytes::from(document))?;
    anchor(&mut request, endpoint);
    Ok(request)
}

/// Names the mailbox, where its address can stand in a header.
pub(crate) fn anchor(request: &mut Request<Bytes>, endpoint: &Endpoint) {
    if let Some(mailbox) = endpoint.anchor().and_then(|mailbox| HeaderValue::from_str(mailbox).ok()) {
        request.headers_mut().insert("x-anchormailbox", mailbox);
    }
}

/// Times are asked for in UTC, so that every answer's times are instants.
fn envelope(endpoint: &Endpoint, operation: Tag) -> Tag {
    let zone = Tag::new("t:TimeZoneDefinition").with("Id", "UTC");
    let header = Tag::new("soap:Header")
        .child(Tag::new("t:RequestServerVersion").with("Version", endpoint.version().as_str()))
        .child(Tag::new("t:TimeZoneContext").child(zone));
    Tag::new("soap:Envelope")
        .with("xmlns:soap", Namespace::SOAP)
        .with("xmlns:m", Namespace::MESSAGES)
        .with("xmlns:t", Namespace::TYPES)
        .child(header)
        .child(Tag::new("soap:Body").child(operation))
}
