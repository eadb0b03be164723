//! The admin consent endpoint (source: "Admin consent on the Microsoft identity platform").

use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;
use url::Url;

use super::discovery::{self, TenantSegment};
use super::flow::{AdminConsentRequest, Flow, Purpose};
use super::scopes::Scopes;
use super::token::error::describe;
use super::{app, authorize, consent, deliver, session};
use crate::jose;
use crate::pages::consent::{Consent, form};
use crate::pages::message;
use crate::state::{Shared, TenantState};
use crate::world::Role;

/// Permissions that the app's registration lists: what `.default`, or no scope at all, stands for.
const REGISTERED: &str = "openid profile offline_access User.Read Calendars.Read Calendars.ReadWrite Contacts.Read User.ReadBasic.All";

/// Query of the endpoint.
#[derive(Debug, Deserialize)]
pub struct Asked {
    client_id: Option<String>,
    scope: Option<String>,
    redirect_uri: Option<String>,
    state: Option<String>,
}

/// `GET /{tenant}/v2.0/adminconsent`. The tenant may be `organizations` but not `common`.
pub async fn begin(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some((code, text)) = wrong(&shared, &tenant, &asked) {
        return message::error(code, &text, shared.now());
    }
    let redirect_uri = asked.redirect_uri.unwrap_or_default();
    if let Err(page) = authorize::redirect(&shared, &redirect_uri) {
        return *page;
    }
    let scope_text = asked.scope.unwrap_or_else(|| "https://graph.microsoft.com/.default".to_owned());
    let Ok(scopes) = Scopes::parse(&scope_text, &shared.urls.authority) else {
        return message::error(
            70011,
            "The provided value for the input parameter 'scope' is not valid.",
            shared.now(),
        );
    };
    let purpose =
        Purpose::AdminConsent(AdminConsentRequest { redirect_uri, state: asked.state, scopes, scope_text });
    let flow = Flow { id: jose::opaque(), tenant, purpose, user: None, began: shared.now() };
    shared.entra.data().flows.insert(flow.id.clone(), flow.clone());
    match session::users(&shared, &headers).as_slice() {
        [user] => consent::after_sign_in(&shared, &flow, *user),
        _ => authorize::ask(&shared, &flow),
    }
}

fn wrong(state: &TenantState, tenant: &str, asked: &Asked) -> Option<(u32, String)> {
    match discovery::tenant(state, tenant) {
        Err(error) => return Some((error.code, error.message)),
        Ok(TenantSegment::Any) if tenant.eq_ignore_ascii_case("common") => {
            return Some((
                900023,
                "Specified tenant identifier 'common' is not valid for admin consent.".to_owned(),
            ));
        }
        Ok(_) => {}
    }
    let client = asked.client_id.as_deref().unwrap_or_default();
    let known = client.eq_ignore_ascii_case(app::CLIENT_ID);
    (!known)
        .then(|| (700016, format!("Application with identifier '{client}' was not found in the directory.")))
}

/// The consent page for administrators; a dead end without redirect for others.
pub fn ask(state: &TenantState, flow: &Flow, request: &AdminConsentRequest, user: usize) -> Response {
    let world = state.world();
    let person = &world.users[user];
    if person.role != Role::Admin {
        let text =
            format!("{} is not an administrator. Only an administrator can consent here.", person.username);
        return message::error(90094, &text, state.now());
    }
    let scopes = asked_for(request, state);
    form(&Consent {
        action: &format!("/{}/consent", flow.tenant),
        flow: &flow.id,
        app: app::NAME,
        username: &person.username,
        permissions: &consent::listed(&scopes.permissions),
        offer_organization: false,
        for_organization: true,
    })
}

fn asked_for(request: &AdminConsentRequest, state: &TenantState) -> Scopes {
    if request.scopes.defaults.is_empty() {
        return request.scopes.clone();
    }
    Scopes::parse(REGISTERED, &state.urls.authority).unwrap_or_default()
}

/// After the administrator's answer.
pub fn finish(
    state: &TenantState,
    flow: &Flow,
    request: &AdminConsentRequest,
    user: usize,
    accepted: bool,
) -> Response {
    state.entra.data().flows.remove(&flow.id);
    if !accepted || state.world().users[user].role != Role::Admin {
        return refused(state, request);
    }
    consent::grant(state, &asked_for(request, state).permissions, None);
    let tenant_id = state.world().tenant_id.clone();
    send(request, &[("admin_consent", "True"), ("tenant", &tenant_id), ("scope", &request.scope_text)], "")
}

/// A refusal: it too says `admin_consent=True`, names no tenant, and ends with `#` (seen in the wild).
pub fn refused(state: &TenantState, request: &AdminConsentRequest) -> Response {
    let description = describe(state, 65004, consent::DECLINED);
    let uri = format!("{}/error?code=65004", state.urls.authority);
    send(
        request,
        &[
            ("error", "access_denied"),
            ("error_description", &description),
            ("error_uri", &uri),
            ("admin_consent", "True"),
        ],
        "#",
    )
}

fn send(request: &AdminConsentRequest, parameters: &[(&str, &str)], tail: &str) -> Response {
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return message::plain("Done", "The permissions were recorded.");
    };
    url.query_pairs_mut().extend_pairs(parameters);
    if let Some(state) = &request.state {
        url.query_pairs_mut().append_pair("state", state);
    }
    deliver::found(&format!("{url}{tail}"))
}
