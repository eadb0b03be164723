//! Version 2: a question without password, an answer in JSON, or a way to the company's own server.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use serde_json::json;
use url::form_urlencoded;

use super::{base, is_company, redirect};
use crate::ews::quirks::Quirk;
use crate::state::Shared;
use crate::world::Mailbox;

const CLOUD: &str = "https://outlook.office365.com";
const PROTOCOLS: &str = "ActiveSync,AutodiscoverV1,Ews,Rest";

/// Answers a question about an address and a protocol.
pub fn answer(shared: &Shared, parts: &Parts) -> Response {
    let query = parts.uri.query().unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    };
    let in_path = parts.uri.path().rsplit_once("/v1.0/").map(|(_, email)| email.replace("%40", "@"));
    let Some(email) = in_path.or_else(|| value("Email")).filter(|email| email.contains('@')) else {
        return refused("InvalidUserId", "The given user is invalid.");
    };
    let Some(protocol) = value("Protocol").filter(|protocol| !protocol.is_empty()) else {
        return refused("MandatoryParameterMissing", "The mandatory parameter 'Protocol' is missing.");
    };
    let hops = value("RedirectCount").and_then(|count| count.parse::<u32>().ok()).unwrap_or(0);
    let Some(protocol) = PROTOCOLS.split(',').find(|known| known.eq_ignore_ascii_case(&protocol)) else {
        let text =
            format!("The given protocol value '{protocol}' is invalid. Supported values are '{PROTOCOLS}'");
        return refused("InvalidProtocol", &text);
    };
    let asked_company = is_company(&parts.headers) || hops % 2 == 1;
    let is_there = on_premises(shared, &email);
    if asked_company != is_there || shared.exchange_has(Quirk::AutodiscoverLoop) {
        let there = if asked_company { &shared.urls.authority } else { &shared.urls.autodiscover() };
        let base = base(shared, there);
        let email: String = form_urlencoded::byte_serialize(email.as_bytes()).collect();
        let count = hops + 1;
        return redirect(&format!(
            "{base}/autodiscover/autodiscover.json?Email={email}&Protocol={protocol}&RedirectCount={count}"
        ));
    }
    let url = if is_there { of_company(shared, protocol) } else { of_cloud(protocol) };
    Json(json!({ "Protocol": protocol, "Url": url })).into_response()
}

/// Whether the mailbox of that address is on the company's own server. Addresses that nobody has are the cloud's.
fn on_premises(shared: &Shared, email: &str) -> bool {
    let world = shared.world();
    world.users.iter().any(|user| {
        user.mailbox == Mailbox::OnPremises
            && user.mail.as_deref().is_some_and(|mail| mail.eq_ignore_ascii_case(email))
    })
}

fn of_cloud(protocol: &str) -> String {
    let path = match protocol {
        "Ews" => "/EWS/Exchange.asmx",
        "ActiveSync" => "/Microsoft-Server-ActiveSync",
        "Rest" => "/api",
        _ => "/autodiscover/autodiscover.xml",
    };
    format!("{CLOUD}{path}")
}

fn of_company(shared: &Shared, protocol: &str) -> String {
    match protocol {
        "Ews" => shared.urls.ews(),
        "ActiveSync" => format!("{}/Microsoft-Server-ActiveSync", shared.urls.authority),
        "Rest" => format!("{}/api", shared.urls.authority),
        _ => format!("{}/autodiscover/autodiscover.xml", shared.urls.authority),
    }
}

fn refused(code: &str, text: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "ErrorCode": code, "ErrorMessage": text }))).into_response()
}
