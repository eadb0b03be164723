//! The token endpoint (source: "OAuth 2.0 authorization code flow", "Refresh tokens").

mod answer;
mod code;
pub mod error;
mod refresh;

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::TimeDelta;
use http::header::{CONTENT_TYPE, ORIGIN};
use http::{HeaderMap, Method};

use super::{app, discovery};
use crate::log::Note;
use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};
pub use answer::Grant;
use error::TokenError;

/// The form's fields.
pub type Fields = HashMap<String, String>;

/// More equal requests within a minute than this are a loop (AADSTS50196). Microsoft does not publish its number;
/// this one is far above what a sound client sends and below what a refresh storm sends.
const LOOP_LIMIT: usize = 120;

/// `POST /{tenant}/oauth2/v2.0/token`.
pub async fn endpoint(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let fields: Fields = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let correlation = headers.get("client-request-id").and_then(|value| value.to_str().ok());
    let mut response = match redeem(&shared, &tenant, &headers, &fields) {
        Ok(response) => response,
        Err(error) => error.answer(&shared, correlation),
    };
    let grant = fields.get("grant_type").cloned().unwrap_or_default();
    response.extensions_mut().insert(Note(format!("grant_type={grant}")));
    response
}

/// Any method but POST.
pub async fn wrong_method(State(shared): State<Shared>, method: Method) -> Response {
    let text = format!("The endpoint only accepts POST requests. Received a {method} request.");
    TokenError::invalid_request(900561, text).answer(&shared, None)
}

fn redeem(
    state: &TenantState,
    tenant: &str,
    headers: &HeaderMap,
    fields: &Fields,
) -> Result<Response, TokenError> {
    discovery::tenant(state, tenant)?;
    check_request(headers)?;
    check_client(state, fields)?;
    check_loop(state, fields)?;
    match required(fields, "grant_type")? {
        "authorization_code" => code::redeem(state, fields),
        "refresh_token" => refresh::redeem(state, fields),
        other => Err(TokenError::new(
            "unsupported_grant_type",
            70003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

fn check_request(headers: &HeaderMap) -> Result<(), TokenError> {
    if headers.contains_key(ORIGIN) {
        return Err(TokenError::invalid_request(
            90023,
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
        ));
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(TokenError::invalid_request(
            9002313,
            "Invalid request. Request is malformed or invalid.",
        ));
    }
    Ok(())
}

fn check_client(state: &TenantState, fields: &Fields) -> Result<(), TokenError> {
    let client = required(fields, "client_id")?;
    if !client.eq_ignore_ascii_case(app::CLIENT_ID) || state.signing_in(IdentityScenario::AppUnknown) {
        let text = format!("Application with identifier '{client}' was not found in the directory.");
        return Err(TokenError::new("unauthorized_client", 700016, text));
    }
    if state.signing_in(IdentityScenario::AppDisabled) {
        let text = format!("Application '{client}'({}) is disabled.", app::NAME);
        return Err(TokenError::new("unauthorized_client", 7000112, text));
    }
    if state.signing_in(IdentityScenario::SecretDemanded) {
        let text =
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        return Err(TokenError::new("invalid_client", 7000218, text));
    }
    if fields.contains_key("client_secret") || fields.contains_key("client_assertion") {
        let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
        return Err(TokenError::new("invalid_client", 700025, text));
    }
    Ok(())
}

fn check_loop(state: &TenantState, fields: &Fields) -> Result<(), TokenError> {
    let get = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let user = state.entra.data().refresh_tokens.get(get("refresh_token")).map(|token| token.user);
    let key = format!("{} {user:?} {}", get("grant_type"), get("scope"));
    let now = state.now();
    let mut data = state.entra.data();
    let times = data.recent_requests.entry(key).or_default();
    times.retain(|time| now - *time < TimeDelta::minutes(1));
    times.push(now);
    if times.len() > LOOP_LIMIT && user.is_some() {
        let text = "The server terminated an operation because it encountered a client request loop. Please contact \
                    your app vendor.";
        return Err(TokenError::new("invalid_grant", 50196, text));
    }
    Ok(())
}

fn required<'a>(fields: &'a Fields, name: &str) -> Result<&'a str, TokenError> {
    let value = fields.get(name).map(String::as_str).filter(|value| !value.is_empty());
    value.ok_or_else(|| {
        let text = format!("The request body must contain the following parameter: '{name}'.");
        TokenError::invalid_request(900144, text)
    })
}
