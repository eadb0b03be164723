//! From an HTTP answer to the messages in it.

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use http::Response;

use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::refusal::{self, is_html, refusal};
use crate::wire::message::Message;
use crate::xml::{self, Element, Namespace, XmlError};

/// What an operation was answered.
pub(crate) struct Answer {
    /// `ServerVersionInfo` of the header.
    pub server: Option<Element>,
    /// `m:…Response`.
    pub response: Element,
}

/// The answer to the operation of that `name` (`GetItem`).
pub(crate) fn answer(
    name: &'static str,
    response: &Response<Bytes>,
    endpoint: &Endpoint,
) -> Result<Answer, EwsError> {
    let status = response.status();
    let is_soap = status.is_success() || is_xml(response);
    if !is_soap || is_html(response.headers()) {
        return Err(refusal::of_status(response, endpoint));
    }
    let (header, mut body) = match envelope(name, response) {
        // Whatever is wrong with its text, the status of an error says more.
        Err(_) if !status.is_success() => return Err(refusal::of_status(response, endpoint)),
        other => other?,
    };
    if let Some(fault) = body.child(Namespace::Soap, "Fault") {
        return Err(EwsError::Refused(Box::new(fault_of(status.as_u16(), fault))));
    }
    let wanted = format!("{name}Response");
    let response = body.take(Namespace::Messages, &wanted).ok_or(EwsError::Missing { field: name })?;
    let server = header.and_then(|mut header| header.take(Namespace::Types, "ServerVersionInfo"));
    Ok(Answer { server, response })
}

/// The messages of an answer, one for each thing that was asked, in that order; and `ServerVersionInfo`.
pub(crate) fn messages(
    name: &'static str,
    response: &Response<Bytes>,
    endpoint: &Endpoint,
    count: usize,
) -> Result<(Option<Element>, Vec<Message>), EwsError> {
    let Answer { server, mut response } = answer(name, response, endpoint)?;
    let list = response.take(Namespace::Messages, "ResponseMessages");
    let list = list.ok_or(EwsError::Missing { field: "ResponseMessages" })?;
    let messages = Message::all(list, name)?;
    match messages.first() {
        _ if messages.len() == count => Ok((server, messages)),
        // A server that refuses as a whole may say so once.
        Some(Message::Refused(refusal)) => Err(EwsError::Refused(Box::new(refusal.clone()))),
        _ => Err(EwsError::Missing { field: "one message for each request" }),
    }
}

/// The only message of an answer, if it is no error.
pub(crate) fn message(
    name: &'static str,
    response: &Response<Bytes>,
    endpoint: &Endpoint,
) -> Result<Element, EwsError> {
    let (_, mut messages) = messages(name, response, endpoint, 1)?;
    let message = messages.pop().ok_or(EwsError::Missing { field: "a message" })?;
    message.accepted().map_err(|refusal| EwsError::Refused(Box::new(refusal)))
}

fn is_xml(response: &Response<Bytes>) -> bool {
    let kind = response.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("xml"))
}

fn envelope(what: &'static str, response: &Response<Bytes>) -> Result<(Option<Element>, Element), EwsError> {
    let not_ews = || EwsError::NotEws { status: response.status().as_u16() };
    let source = match charset(response) {
        // The header's label goes before the document's (RFC 7303 §3); one that does not fit means that something on the
        // way recoded one and not the other.
        Some(label) if !xml::is_labelled(response.body(), &label) => Err(XmlError::Encoding),
        _ => xml::parse(response.body()),
    };
    let mut root = source.map_err(|source| {
        if looks_like_html(response.body()) { not_ews() } else { EwsError::Malformed { what, source } }
    })?;
    if !root.is(Namespace::Soap, "Envelope") {
        return Err(not_ews());
    }
    let header = root.take(Namespace::Soap, "Header");
    let body = root.take(Namespace::Soap, "Body").ok_or(EwsError::Missing { field: "Body" })?;
    Ok((header, body))
}

/// The character set that the header names.
fn charset(response: &Response<Bytes>) -> Option<String> {
    let kind = response.headers().get(http::header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    let label = kind.split(';').find_map(|part| part.trim().strip_prefix("charset="))?;
    Some(label.trim_matches([' ', '"', '\'']).to_owned())
}

/// Portals do not always say that their page is one.
fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|html| start.get(..html.len()).is_some_and(|start| start.eq_ignore_ascii_case(html)))
}

/// A SOAP 1.1 fault: EWS's code stands in its detail, and as a qualified name in `faultcode`.
fn fault_of(status: u16, fault: &Element) -> crate::error::Refusal {
    let plain = |name: &str| fault.child(Namespace::None, name);
    let detail = plain("detail");
    let code = detail.and_then(|detail| detail.child(Namespace::Errors, "ResponseCode")).map(Element::text);
    let qualified = || plain("faultcode").map(|code| code.text().rsplit(':').next().unwrap_or_default());
    let text = detail
        .and_then(|detail| detail.child(Namespace::Errors, "Message"))
        .or_else(|| plain("faultstring"))
        .map(Element::text);
    let text = clean::optional(text, SHORT).unwrap_or_default();
    refusal(status, code.or_else(qualified).unwrap_or_default(), &text, detail)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
