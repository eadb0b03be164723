//! "Plain old XML" Autodiscover (`pox-autodiscover-request-for-exchange`).

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Method, Request};
use url::Url;

use super::candidate::{Answer, Nothing};
use crate::error::EwsError;
use crate::xml::{self, Element, Namespace, Tag};

const REQUEST: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";

/// Kinds of `Protocol` that name EWS, the one for use from outside first.
const PROTOCOLS: [&str; 3] = ["EXPR", "EXHTTP", "EXCH"];

pub(super) fn request(url: &Url, address: &str) -> Result<Request<Bytes>, EwsError> {
    let question = Tag::new("Request")
        .child(Tag::new("EMailAddress").text(address))
        .child(Tag::new("AcceptableResponseSchema").text(Namespace::OUTLOOK));
    let document = Tag::new("Autodiscover").with("xmlns", REQUEST).child(question).document()?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(CONTENT_TYPE, "text/xml; charset=utf-8")
        .header(ACCEPT, "text/xml");
    Ok(request.body(Bytes::from(document))?)
}

/// Settings, a redirect or an error; `None` where it is no Autodiscover.
pub(super) fn answer(body: &Bytes) -> Option<Answer> {
    let root = xml::parse(body).ok().filter(|root| root.is(Namespace::Autodiscover, "Autodiscover"))?;
    // An error comes in the namespace of the root.
    let error = root
        .child(Namespace::Autodiscover, "Response")
        .and_then(|response| error(response, Namespace::Autodiscover));
    let Some(response) = root.child(Namespace::Outlook, "Response") else {
        return error.map(Answer::Nothing);
    };
    match response.child(Namespace::Outlook, "Account") {
        Some(account) => settings(account),
        None => self::error(response, Namespace::Outlook).map(Answer::Nothing),
    }
}

fn settings(account: &Element) -> Option<Answer> {
    let text = |name: &str| account.child(Namespace::Outlook, name).map(|text| text.text().trim());
    match text("Action")?.to_ascii_lowercase().as_str() {
        "redirectaddr" => clean::optional(text("RedirectAddr"), SHORT).map(Answer::Readdress),
        "redirecturl" => Url::parse(text("RedirectUrl")?).ok().map(Answer::Redirect),
        "settings" => {
            let urls = addresses(account);
            let nothing =
                || Answer::Nothing(Nothing::Error { code: "noEws".to_owned(), message: String::new() });
            Some(if urls.is_empty() { nothing() } else { Answer::Found(urls) })
        }
        _ => None,
    }
}

/// `EwsUrl`, or `ASUrl` which is the same under its older name, each once.
fn addresses(account: &Element) -> Vec<Url> {
    let text = |protocol: &Element, name: &str| {
        protocol.child(Namespace::Outlook, name).map(|text| text.text().trim().to_owned())
    };
    let of_kind = |kind: &str| {
        account
            .all(Namespace::Outlook, "Protocol")
            .filter(|protocol| text(protocol, "Type").is_some_and(|name| name.eq_ignore_ascii_case(kind)))
            .filter_map(|protocol| text(protocol, "EwsUrl").or_else(|| text(protocol, "ASUrl")))
            .filter_map(|url| Url::parse(&url).ok())
            .collect::<Vec<_>>()
    };
    let mut urls: Vec<Url> = Vec::new();
    for url in PROTOCOLS.into_iter().flat_map(of_kind) {
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls.truncate(10);
    urls
}

fn error(response: &Element, namespace: Namespace) -> Option<Nothing> {
    let error = response.child(namespace, "Error")?;
    let text =
        |name: &str| clean::optional(error.child(namespace, name).map(|text| text.text().trim()), SHORT);
    Some(Nothing::Error { code: text("ErrorCode")?, message: text("Message").unwrap_or_default() })
}
