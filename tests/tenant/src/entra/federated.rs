//! The organization's own sign-in page, to which Entra sends people of a federated domain, and the way back.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;

use super::flow::Flow;
use super::session::{self, FEDERATED_COOKIE};
use super::{consent, deliver, realm, sign_in};
use crate::jose;
use crate::pages::sign_in::{SignIn, form};
use crate::pages::{Look, message};
use crate::state::{Shared, TenantState};

/// Query of the organization's page.
#[derive(Debug, Deserialize)]
pub struct Asked {
    flow: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    fresh: bool,
}

/// The organization's form.
#[derive(Deserialize)]
pub struct Credentials {
    flow: String,
    username: String,
    #[serde(default)]
    password: String,
}

/// Query of the way back.
#[derive(Deserialize)]
pub struct Proof {
    flow: String,
    ticket: String,
}

/// Redirects to the organization's page.
pub fn send_there(_state: &TenantState, flow: &Flow, domain: &str, username: &str) -> Response {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("flow", &flow.id)
        .append_pair("username", username)
        .append_pair("fresh", if flow.prompt() == "login" { "true" } else { "false" })
        .finish();
    deliver::found(&format!("/federation/{domain}/signin?{query}"))
}

/// `GET /federation/{domain}/signin`: the form, or straight back if this browser has a session there.
pub async fn page(
    State(shared): State<Shared>,
    Path(domain): Path<String>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let id = session::cookie(&headers, FEDERATED_COOKIE);
    let known = id.and_then(|id| shared.entra.data().federated_sessions.get(&id).copied());
    match known.filter(|user| !asked.fresh && matches_hint(&shared, *user, &asked.username)) {
        Some(user) => send_back(&shared, &asked.flow, user),
        None => show(&domain, &asked.flow, &asked.username, None),
    }
}

fn matches_hint(state: &TenantState, user: usize, username: &str) -> bool {
    username.is_empty() || realm::find_user(&state.world(), username) == Some(user)
}

fn show(domain: &str, flow: &str, username: &str, error: Option<&str>) -> Response {
    form(&SignIn {
        look: Look::Federated,
        action: &format!("/federation/{domain}/signin"),
        fields: &[("flow", flow)],
        heading: "Contoso sign-in",
        note: &format!("The sign-in page of {domain}. Your password goes to your organization only."),
        username,
        error,
    })
}

/// `POST /federation/{domain}/signin`.
pub async fn submit(
    State(shared): State<Shared>,
    Path(domain): Path<String>,
    Form(sent): Form<Credentials>,
) -> Response {
    match sign_in::check(&shared, &sent.username, &sent.password) {
        None => show(&domain, &sent.flow, &sent.username, Some("The user name or the password is wrong.")),
        Some(user) => {
            let id = jose::opaque();
            shared.entra.data().federated_sessions.insert(id.clone(), user);
            let mut response = send_back(&shared, &sent.flow, user);
            session::set_cookie(&mut response, &shared, FEDERATED_COOKIE, &id);
            response
        }
    }
}

fn send_back(state: &TenantState, flow: &str, user: usize) -> Response {
    let flow = match sign_in::flow(state, flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    let ticket = jose::opaque();
    state.entra.data().tickets.insert(ticket.clone(), (flow.id.clone(), user));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("flow", &flow.id)
        .append_pair("ticket", &ticket)
        .finish();
    deliver::found(&format!("/{}/federated?{query}", flow.tenant))
}

/// `GET /{tenant}/federated`: the proof from the organization, good once and for one sign-in.
pub async fn returned(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(proof): Query<Proof>,
) -> Response {
    let ticket = shared.entra.data().tickets.remove(&proof.ticket);
    let Some((flow, user)) = ticket.filter(|(flow, _)| *flow == proof.flow) else {
        return message::error(50008, "SAML token is invalid.", shared.now());
    };
    let flow = match sign_in::flow(&shared, &flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    let mut response = consent::after_sign_in(&shared, &flow, user);
    session::remember(&shared, &headers, user, &mut response);
    response
}
