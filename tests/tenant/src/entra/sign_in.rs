//! Entra's own sign-in page and account picker.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;

use super::flow::Flow;
use super::realm::{self, Realm};
use super::{authorize, consent, federated, session};
use crate::pages::sign_in::{SignIn, form, picker as picker_page};
use crate::pages::{Look, message};
use crate::state::{Shared, TenantState};

/// Words after a wrong name or password; the page stays.
const WRONG: &str =
    "Your account or password is incorrect. If you don't remember your password, reset it now.";

/// Carries the flow from page to page.
#[derive(Debug, Deserialize)]
pub struct FlowQuery {
    /// The flow's id.
    pub flow: String,
}

/// The sign-in form.
#[derive(Deserialize)]
pub struct Credentials {
    flow: String,
    username: String,
    #[serde(default)]
    password: String,
}

/// The account picker's form.
#[derive(Debug, Deserialize)]
pub struct Picked {
    flow: String,
    account: String,
}

/// The flow of that id; a page that says it is over if there is none.
pub fn flow(state: &TenantState, id: &str) -> Result<Flow, Box<Response>> {
    let found = state.entra.data().flows.get(id).cloned();
    let over = "The session has expired or was already used. Please start again from the app.";
    found.ok_or_else(|| Box::new(message::error(50089, over, state.now())))
}

/// `GET /{tenant}/login`: the form once more.
pub async fn page(State(shared): State<Shared>, Query(query): Query<FlowQuery>) -> Response {
    match flow(&shared, &query.flow) {
        Ok(flow) => show(&shared, &flow, flow.login_hint().unwrap_or_default(), None),
        Err(page) => *page,
    }
}

/// The form, filled in as far as known.
pub fn show(_state: &TenantState, flow: &Flow, username: &str, error: Option<&str>) -> Response {
    form(&SignIn {
        look: Look::Entra,
        action: &format!("/{}/login", flow.tenant),
        fields: &[("flow", &flow.id)],
        heading: "Sign in",
        note: "Use your work or school account. Leave the password empty to sign in on your organization’s page.",
        username,
        error,
    })
}

/// `POST /{tenant}/login`. People of a federated domain who give no password go to their organization's page.
pub async fn submit(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Form(sent): Form<Credentials>,
) -> Response {
    let flow = match flow(&shared, &sent.flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    let domain = realm::domain_of(&sent.username);
    if sent.password.is_empty() && realm::of_domain(&shared, &domain) == Realm::Federated {
        return federated::send_there(&shared, &flow, &domain, &sent.username);
    }
    match check(&shared, &sent.username, &sent.password) {
        None => show(&shared, &flow, &sent.username, Some(WRONG)),
        Some(user) => {
            let mut response = consent::after_sign_in(&shared, &flow, user);
            session::remember(&shared, &headers, user, &mut response);
            response
        }
    }
}

/// The user of that name, if the password is right.
pub fn check(state: &TenantState, username: &str, password: &str) -> Option<usize> {
    let world = state.world();
    let user = realm::find_user(&world, username)?;
    (world.users[user].password == password).then_some(user)
}

/// The choice among signed-in accounts.
pub fn picker(state: &TenantState, flow: &Flow, users: &[usize]) -> Response {
    let world = state.world();
    let known = users.iter().filter_map(|index| world.users.get(*index).map(|user| (*index, user)));
    let accounts: Vec<_> =
        known.map(|(index, user)| (index, user.display_name.clone(), user.username.clone())).collect();
    picker_page(&format!("/{}/pick", flow.tenant), &flow.id, &accounts)
}

/// `POST /{tenant}/pick`.
pub async fn pick(State(shared): State<Shared>, headers: HeaderMap, Form(sent): Form<Picked>) -> Response {
    let flow = match flow(&shared, &sent.flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    let chosen = sent.account.parse::<usize>().ok();
    match chosen.filter(|user| session::users(&shared, &headers).contains(user)) {
        Some(user) => consent::after_sign_in(&shared, &flow, user),
        None => authorize::ask(&shared, &flow),
    }
}
