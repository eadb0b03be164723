//! What the app may do: who must be asked, the answer, and the code that follows.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::data::{ApprovalRequest, Code};
use super::flow::{AuthorizeRequest, Flow, Purpose};
use super::scopes::{Permission, Resource};
use super::sign_in::{FlowQuery, flow};
use super::{admin_consent, app, authorize, deliver};
use crate::jose;
use crate::pages::consent::{Consent, NeedApproval, form, need_approval};
use crate::pages::message;
use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};
use crate::world::Role;

/// The person on the consent page cancelled, or left the approval page (source: error code AADSTS65004).
pub const DECLINED: &str = "User declined to consent to access the app.";

/// The consent form.
#[derive(Debug, Deserialize)]
pub struct Answer {
    flow: String,
    action: String,
    organization: Option<String>,
}

/// The approval form.
#[derive(Debug, Deserialize)]
pub struct Justification {
    flow: String,
    #[serde(default)]
    justification: String,
}

/// What follows once it is known who it is.
pub fn after_sign_in(shared: &Shared, flow: &Flow, user: usize) -> Response {
    if let Some((code, text)) = blocked(shared) {
        return message::error(code, text, shared.now());
    }
    if let Some(kept) = shared.entra.data().flows.get_mut(&flow.id) {
        kept.user = Some(user);
    }
    match &flow.purpose {
        Purpose::AdminConsent(request) => admin_consent::ask(shared, flow, request, user),
        Purpose::Authorize(request) => consent_or_code(shared, flow, request, user),
    }
}

fn blocked(state: &TenantState) -> Option<(u32, &'static str)> {
    if state.signing_in(IdentityScenario::NotAssigned) {
        return Some((
            50105,
            "Your administrator has configured the application Convoke to block users unless they are specifically \
             granted ('assigned') access to the application.",
        ));
    }
    state.signing_in(IdentityScenario::ConditionalAccess).then_some((
        53003,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    ))
}

fn consent_or_code(shared: &Shared, flow: &Flow, request: &AuthorizeRequest, user: usize) -> Response {
    let missing = missing(shared, request, user);
    if missing.is_empty() && flow.prompt() != "consent" {
        return issue_code(shared, flow, request, user);
    }
    if flow.prompt() == "none" {
        let text = not_consented();
        return authorize::silent_failure(shared, flow, "consent_required", 65001, &text);
    }
    let policy = shared.entra.consent_policy();
    let is_admin = shared.world().users[user].role == Role::Admin;
    if !is_admin && missing.iter().any(|permission| !policy.user_may_grant(*permission)) {
        return approval_page(shared, flow, user, &missing);
    }
    let shown = if missing.is_empty() { request.scopes.permissions.clone() } else { missing };
    form(&Consent {
        action: &format!("/{}/consent", flow.tenant),
        flow: &flow.id,
        app: app::NAME,
        username: &shared.world().users[user].username,
        permissions: &listed(&shown),
        offer_organization: is_admin,
        for_organization: false,
    })
}

fn missing(state: &TenantState, request: &AuthorizeRequest, user: usize) -> Vec<Permission> {
    let data = state.entra.data();
    request.scopes.permissions.iter().filter(|p| !data.is_granted(user, **p)).copied().collect()
}

fn approval_page(state: &TenantState, flow: &Flow, user: usize, missing: &[Permission]) -> Response {
    let request_to = format!("/{}/approval", flow.tenant);
    let form_offered = state.entra.consent_policy().has_request_form();
    need_approval(&NeedApproval {
        return_to: &format!("/{}/return?flow={}", flow.tenant, flow.id),
        request_to: form_offered.then_some(request_to.as_str()),
        flow: &flow.id,
        app: app::NAME,
        username: &state.world().users[user].username,
        permissions: &listed(missing),
    })
}

/// Names and sentences for a page.
pub fn listed(permissions: &[Permission]) -> Vec<(&'static str, &'static str)> {
    permissions.iter().map(|permission| (permission.name, permission.label())).collect()
}

/// AADSTS65001, as Entra words it.
pub fn not_consented() -> String {
    format!(
        "The user or administrator has not consented to use the application with ID '{}' named '{}'. Send an \
         interactive authorization request for this user and resource.",
        app::CLIENT_ID,
        app::NAME
    )
}

/// `POST /{tenant}/consent`.
pub async fn submit(State(shared): State<Shared>, Form(answer): Form<Answer>) -> Response {
    let flow = match flow(&shared, &answer.flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    let Some(user) = flow.user else {
        return authorize::ask(&shared, &flow);
    };
    let accepted = answer.action == "accept";
    match &flow.purpose {
        Purpose::AdminConsent(request) => admin_consent::finish(&shared, &flow, request, user, accepted),
        Purpose::Authorize(request) if accepted => {
            let for_all = answer.organization.is_some() && shared.world().users[user].role == Role::Admin;
            if !for_all && !may_grant(&shared, request, user) {
                return message::error(90094, "The grant requires admin permission.", shared.now());
            }
            grant(&shared, &request.scopes.permissions, (!for_all).then_some(user));
            issue_code(&shared, &flow, request, user)
        }
        Purpose::Authorize(_) => declined(&shared, &flow, Some("cancel")),
    }
}

fn may_grant(state: &TenantState, request: &AuthorizeRequest, user: usize) -> bool {
    let policy = state.entra.consent_policy();
    state.world().users[user].role == Role::Admin
        || missing(state, request, user).iter().all(|permission| policy.user_may_grant(*permission))
}

/// Records a grant for one user, or for the organization.
pub fn grant(state: &TenantState, permissions: &[Permission], user: Option<usize>) {
    state.entra.data().grant(user, permissions.iter().copied());
}

/// `GET /{tenant}/return`: the link on the approval page.
pub async fn return_without_granting(
    State(shared): State<Shared>,
    Query(query): Query<FlowQuery>,
) -> Response {
    match flow(&shared, &query.flow) {
        Ok(flow) => declined(&shared, &flow, None),
        Err(page) => *page,
    }
}

/// `subcode` tells who pressed Cancel from who left the approval page by its link (source: MSAL's reading of
/// `error_subcode=cancel`).
fn declined(state: &TenantState, flow: &Flow, subcode: Option<&str>) -> Response {
    state.entra.data().flows.remove(&flow.id);
    match &flow.purpose {
        Purpose::Authorize(request) => deliver::refusal(state, request, subcode, DECLINED),
        Purpose::AdminConsent(request) => admin_consent::refused(state, request),
    }
}

/// `POST /{tenant}/approval`: the request is kept for an administrator; nothing goes to the app.
pub async fn request_approval(State(shared): State<Shared>, Form(sent): Form<Justification>) -> Response {
    let flow = match flow(&shared, &sent.flow) {
        Ok(flow) => flow,
        Err(page) => return *page,
    };
    if let (Some(user), Purpose::Authorize(request)) = (flow.user, &flow.purpose) {
        let permissions = request.scopes.permissions.clone();
        let justification = sent.justification.chars().take(500).collect();
        shared.entra.data().approval_requests.push(ApprovalRequest { user, permissions, justification });
    }
    message::plain(
        "Request sent",
        "You will get an email when an admin has decided. You can close this window.",
    )
}

fn issue_code(state: &TenantState, flow: &Flow, request: &AuthorizeRequest, user: usize) -> Response {
    let code = format!("1.{}", jose::opaque());
    let mut data = state.entra.data();
    data.flows.remove(&flow.id);
    let issued = Code { user, request: request.clone(), issued: state.now(), redeemed: false };
    data.codes.insert(code.clone(), issued);
    drop(data);
    let person = state.world().users[user].clone();
    deliver::code(state, request, &code, &person)
}

/// Every permission that `.default` stands for: what the app was granted or asks for on that resource.
pub fn expand(
    state: &TenantState,
    user: usize,
    permissions: &[Permission],
    defaults: &[Resource],
) -> Vec<Permission> {
    let mut all = permissions.to_vec();
    let data = state.entra.data();
    for resource in defaults {
        all.extend(data.granted_on(user, *resource).into_iter().filter(|p| !permissions.contains(p)));
    }
    all
}
