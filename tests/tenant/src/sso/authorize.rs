//! The provider's authorize endpoint and sign-in page.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use url::{Host, Url};

use super::{CLIENT_ID, COOKIE, Code, Request};
use crate::entra::{deliver, session, sign_in};
use crate::jose;
use crate::pages::sign_in::{SignIn, form};
use crate::pages::{self, Look, message};
use crate::state::{Shared, TenantState};

type Parameters = HashMap<String, String>;

/// The sign-in form.
#[derive(Deserialize)]
pub struct Credentials {
    request: String,
    username: String,
    #[serde(default)]
    password: String,
}

/// `GET /authorize`.
pub async fn begin(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(parameters): Query<Parameters>,
) -> Response {
    let get = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
    if get("client_id") != CLIENT_ID {
        return message::plain("Unknown client", "This application is not registered here.");
    }
    if !is_loopback(get("redirect_uri")) {
        return message::plain(
            "Invalid redirect",
            "The redirect URI is not registered for this application.",
        );
    }
    let request = read(&parameters);
    if let Some((error, text)) = wrong(&parameters) {
        return send(&shared, &request, &[("error", error), ("error_description", text)]);
    }
    let known = session::cookie(&headers, COOKIE);
    let user = known.and_then(|id| shared.sso.data().sessions.get(&id).copied());
    match (get("prompt"), user) {
        ("none", None) => send(&shared, &request, &[("error", "login_required")]),
        ("login", _) | (_, None) => {
            let id = jose::opaque();
            let response = show(&id, &request.login_hint, None);
            shared.sso.data().requests.insert(id, request);
            response
        }
        (_, Some(user)) => finish(&shared, request, user),
    }
}

/// Native apps may use any loopback port (RFC 8252 section 7.3).
fn is_loopback(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    loopback
        && url.scheme() == "http"
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
}

fn wrong(parameters: &Parameters) -> Option<(&'static str, &'static str)> {
    let get = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
    if get("response_type") != "code" {
        return Some(("unsupported_response_type", "Only the code flow is supported."));
    }
    if !get("scope").split(' ').any(|scope| scope == "openid") {
        return Some(("invalid_scope", "The scope openid is missing."));
    }
    let challenged = get("code_challenge_method") == "S256" && get("code_challenge").len() == 43;
    (!challenged).then_some(("invalid_request", "PKCE with S256 is required."))
}

fn read(parameters: &Parameters) -> Request {
    let get = |name: &str| parameters.get(name).cloned().unwrap_or_default();
    Request {
        redirect_uri: get("redirect_uri"),
        form_post: get("response_mode") == "form_post",
        state: parameters.get("state").cloned(),
        nonce: parameters.get("nonce").cloned(),
        scope: get("scope"),
        challenge: get("code_challenge"),
        login_hint: get("login_hint"),
    }
}

fn show(request: &str, username: &str, error: Option<&str>) -> Response {
    form(&SignIn {
        look: Look::Federated,
        action: "/sso/signin",
        fields: &[("request", request)],
        heading: "Contoso ID",
        note: "One account for all of Contoso’s applications.",
        username,
        error,
    })
}

/// `POST /signin`.
pub async fn submit(State(shared): State<Shared>, Form(sent): Form<Credentials>) -> Response {
    let Some(user) = sign_in::check(&shared, &sent.username, &sent.password) else {
        return show(&sent.request, &sent.username, Some("The user name or the password is wrong."));
    };
    let Some(request) = shared.sso.data().requests.remove(&sent.request) else {
        return message::plain("Too late", "This sign-in was already used. Please start again from the app.");
    };
    let id = jose::opaque();
    shared.sso.data().sessions.insert(id.clone(), user);
    let mut response = finish(&shared, request, user);
    session::set_cookie(&mut response, &shared, COOKIE, &id);
    response
}

fn finish(state: &TenantState, request: Request, user: usize) -> Response {
    let code = jose::opaque();
    let issued = Code { user, request: request.clone(), issued: state.now() };
    state.sso.data().codes.insert(code.clone(), issued);
    send(state, &request, &[("code", &code)])
}

fn send(state: &TenantState, request: &Request, answer: &[(&str, &str)]) -> Response {
    let mut parameters: Vec<(String, String)> =
        answer.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if let Some(value) = &request.state {
        parameters.push(("state".to_owned(), value.clone()));
    }
    // RFC 9207: who answers.
    parameters.push(("iss".to_owned(), state.urls.sso_issuer()));
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if request.form_post {
        return pages::form_post(url.as_str(), &parameters);
    }
    url.query_pairs_mut().extend_pairs(&parameters);
    deliver::found(url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_redirects() {
        let check = |uri: &str, expected: bool| assert_eq!(is_loopback(uri), expected, "{uri}");
        check("http://localhost:1234", true);
        check("http://127.0.0.1:1234/", true);
        check("http://[::1]:1234/", true);
        check("http://localhost:1234/other", false);
        check("http://contoso.example/", false);
        check("https://localhost/", false);
    }
}
