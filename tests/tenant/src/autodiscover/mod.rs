//! Autodiscover: where a mailbox's services are, told by the cloud in JSON and by the company's own server in XML.
//!
//! The cloud side is `localhost`, the company's own Autodiscover is `127.0.0.1`: two hosts, as in reality, so that a
//! redirect between them crosses one. Sources: "Autodiscover for Exchange", "POX Autodiscover web service reference",
//! "Handling Autodiscover error messages", MS-OXDSCLI.

mod json;
mod pox;

use axum::response::{IntoResponse, Response};
use http::header::{HOST, LOCATION};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::ews::auth::{self, Connection};
use crate::ews::quirks::Quirk;
use crate::state::Shared;

const POX: &str = "/autodiscover/autodiscover.xml";
const JSON: &str = "/autodiscover/autodiscover.json";
/// A host of somebody else, who is after passwords.
const FOREIGN: &str = "https://autodiscover.attacker.example";

/// Answers the paths of the service; nothing for another's.
pub fn serve(shared: &Shared, connection: &Connection, parts: &Parts, body: &[u8]) -> Option<Response> {
    let path = parts.uri.path().to_ascii_lowercase();
    if let Some(rest) = path.strip_prefix(JSON) {
        let is_path = rest.is_empty() || rest.starts_with("/v1.0/");
        return (is_path && parts.method == Method::GET).then(|| json::answer(shared, parts));
    }
    if path != POX {
        return None;
    }
    if parts.method == Method::GET && is_company(&parts.headers) {
        // Clients that find no other way ask without a password and expect to be sent somewhere.
        return Some(redirect(&format!("{}{POX}", shared.urls.authority)));
    }
    Some(match auth::enter(shared, connection, &parts.headers) {
        Err(response) => *response,
        Ok(entered) => {
            let mut response = pox::answer(shared, &parts.headers, body);
            entered.finish(&mut response);
            response
        }
    })
}

/// Whether the company's own host was asked.
fn is_company(headers: &HeaderMap) -> bool {
    headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(|host| host.starts_with("127."))
}

/// 302 to an address; to a host of somebody else where that is the scenario.
fn redirect(to: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Where people are sent: the base given, or a host of somebody else.
fn base(shared: &Shared, true_base: &str) -> String {
    if shared.exchange_has(Quirk::AutodiscoverForeign) { FOREIGN.into() } else { true_base.to_owned() }
}
