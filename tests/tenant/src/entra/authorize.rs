//! The authorize endpoint: reading the request and deciding the next page.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::HeaderMap;

use super::discovery::{self, TenantSegment};
use super::flow::{AuthorizeRequest, Challenge, Flow, Purpose, ResponseMode};
use super::realm::{self, Realm};
use super::scopes::{BadScope, Scopes};
use super::{app, consent, deliver, federated, session, sign_in};
use crate::jose;
use crate::pages::message;
use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};

type Parameters = HashMap<String, String>;

/// `GET /{tenant}/oauth2/v2.0/authorize`.
pub async fn by_get(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Query(parameters): Query<Parameters>,
) -> Response {
    begin(&shared, &tenant, &headers, &parameters)
}

/// `POST /{tenant}/oauth2/v2.0/authorize`: the same with the parameters in a form.
pub async fn by_post(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Form(parameters): Form<Parameters>,
) -> Response {
    begin(&shared, &tenant, &headers, &parameters)
}

fn begin(shared: &Shared, tenant: &str, headers: &HeaderMap, parameters: &Parameters) -> Response {
    if let Err(page) = app_and_tenant(shared, tenant, parameters) {
        return *page;
    }
    let request = match read(shared, parameters) {
        Ok(request) => request,
        Err(refused) => return refused.answer(shared, parameters),
    };
    let flow = Flow {
        id: jose::opaque(),
        tenant: tenant.to_owned(),
        purpose: Purpose::Authorize(request),
        user: None,
        began: shared.now(),
    };
    shared.entra.data().flows.insert(flow.id.clone(), flow.clone());
    next_page(shared, headers, &flow)
}

/// What must be right before the redirect URI can be trusted: otherwise a page and no redirect.
fn app_and_tenant(state: &TenantState, tenant: &str, parameters: &Parameters) -> Result<(), Box<Response>> {
    let dead_end = |code: u32, text: &str| Err(Box::new(message::error(code, text, state.now())));
    match discovery::tenant(state, tenant) {
        Err(error) => return dead_end(error.code, &error.message),
        Ok(TenantSegment::Consumers) => {
            return dead_end(
                9002346,
                "Application is configured for use by Azure Active Directory users only.",
            );
        }
        Ok(_) => {}
    }
    let client = parameters.get("client_id").map(String::as_str).unwrap_or_default();
    if client.is_empty() {
        return dead_end(900144, "The request body must contain the following parameter: 'client_id'.");
    }
    if !client.eq_ignore_ascii_case(app::CLIENT_ID) || state.signing_in(IdentityScenario::AppUnknown) {
        return dead_end(
            700016,
            &format!("Application with identifier '{client}' was not found in the directory."),
        );
    }
    if state.signing_in(IdentityScenario::AppDisabled) {
        return dead_end(7000112, &format!("Application '{client}'({}) is disabled.", app::NAME));
    }
    redirect(state, parameters.get("redirect_uri").map(String::as_str).unwrap_or_default())
}

/// The redirect URI must be registered: otherwise AADSTS50011, in the browser only.
pub fn redirect(state: &TenantState, uri: &str) -> Result<(), Box<Response>> {
    if app::redirect_is_registered(uri) && !state.signing_in(IdentityScenario::RedirectNotRegistered) {
        return Ok(());
    }
    let text = format!(
        "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the \
         application '{}'. Make sure the redirect URI sent in the request matches one added to your application in the \
         Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this \
         error.",
        app::CLIENT_ID
    );
    Err(Box::new(message::error(50011, &text, state.now())))
}

/// A request that is answered with an error redirect.
struct Refused {
    error: &'static str,
    code: u32,
    text: String,
}

impl Refused {
    fn new(error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self { error, code, text: text.into() }
    }

    fn answer(&self, state: &TenantState, parameters: &Parameters) -> Response {
        let request = AuthorizeRequest {
            response_mode: response_mode(parameters).unwrap_or(ResponseMode::Query),
            ..bare(parameters)
        };
        deliver::error(state, &request, self.error, self.code, &self.text)
    }
}

fn read(state: &TenantState, parameters: &Parameters) -> Result<AuthorizeRequest, Refused> {
    let response_type = parameters.get("response_type").map(String::as_str).unwrap_or_default();
    if response_type != "code" {
        return Err(Refused::new(
            "unsupported_response_type",
            700051,
            format!("response_type '{response_type}' is not enabled for the application."),
        ));
    }
    let response_mode = response_mode(parameters).ok_or_else(|| {
        Refused::new("invalid_request", 900561, "The value of 'response_mode' is not supported.")
    })?;
    let scope = parameters.get("scope").map(String::as_str).unwrap_or_default();
    let scopes = Scopes::parse(scope, &state.urls.authority).map_err(|bad| match bad {
        BadScope::Empty => Refused::new(
            "invalid_request",
            900144,
            "The request body must contain the following parameter: 'scope'.",
        ),
        BadScope::Unknown(name) => Refused::new(
            "invalid_client",
            650053,
            format!(
                "The application '{}' asked for scope '{name}' that doesn't exist on the resource.",
                app::NAME
            ),
        ),
    })?;
    Ok(AuthorizeRequest { response_mode, scopes, challenge: challenge(parameters)?, ..bare(parameters) })
}

fn challenge(parameters: &Parameters) -> Result<Option<Challenge>, Refused> {
    let Some(value) = parameters.get("code_challenge") else {
        return Ok(None);
    };
    let s256 = match parameters.get("code_challenge_method").map(String::as_str) {
        Some("S256") => true,
        // Without a method the challenge is the verifier itself (RFC 7636 section 4.3), and Entra does it so.
        Some("plain") | None => false,
        Some(_) => {
            return Err(Refused::new(
                "invalid_request",
                501481,
                "The Code_Challenge_Method is not supported.",
            ));
        }
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if !(43..=128).contains(&value.len()) || !value.chars().all(allowed) {
        return Err(Refused::new("invalid_request", 501491, "Invalid size of Code_Challenge parameter."));
    }
    Ok(Some(Challenge { value: value.clone(), s256 }))
}

fn response_mode(parameters: &Parameters) -> Option<ResponseMode> {
    match parameters.get("response_mode").map(String::as_str) {
        None | Some("query") => Some(ResponseMode::Query),
        Some("fragment") => Some(ResponseMode::Fragment),
        Some("form_post") => Some(ResponseMode::FormPost),
        Some(_) => None,
    }
}

fn bare(parameters: &Parameters) -> AuthorizeRequest {
    let get = |name: &str| parameters.get(name).filter(|value| !value.is_empty()).cloned();
    AuthorizeRequest {
        redirect_uri: get("redirect_uri").unwrap_or_default(),
        response_mode: ResponseMode::Query,
        state: parameters.get("state").cloned(),
        nonce: get("nonce"),
        prompt: get("prompt"),
        login_hint: get("login_hint"),
        domain_hint: get("domain_hint"),
        scopes: Scopes::default(),
        challenge: None,
        client_info: get("client_info").as_deref() == Some("1"),
    }
}

/// The page after the request: a form, a redirect to the organization's page, or with a session what follows it.
pub fn next_page(shared: &Shared, headers: &HeaderMap, flow: &Flow) -> Response {
    let users = session::users(shared, headers);
    let hinted = flow.login_hint().and_then(|hint| realm::find_user(&shared.world(), hint));
    let user = match (flow.login_hint(), hinted) {
        (Some(_), hinted) => hinted.filter(|user| users.contains(user)),
        (None, _) if users.len() == 1 => users.first().copied(),
        (None, _) => None,
    };
    match (flow.prompt(), user) {
        ("none", None) => silent_failure(shared, flow, "login_required", 50058, NO_SESSION),
        ("login", _) => ask(shared, flow),
        ("select_account", _) if !users.is_empty() => sign_in::picker(shared, flow, &users),
        (_, Some(user)) => consent::after_sign_in(shared, flow, user),
        (_, None) if users.len() > 1 && flow.login_hint().is_none() => sign_in::picker(shared, flow, &users),
        (_, None) => ask(shared, flow),
    }
}

const NO_SESSION: &str = "Session information is not sufficient for single-sign-on.";

/// An error redirect for `prompt=none`.
pub fn silent_failure(state: &TenantState, flow: &Flow, error: &str, code: u32, text: &str) -> Response {
    match &flow.purpose {
        Purpose::Authorize(request) => deliver::error(state, request, error, code, text),
        Purpose::AdminConsent(_) => message::error(code, text, state.now()),
    }
}

/// Asks who it is: on the organization's own page where a hint says so, otherwise on Entra's.
pub fn ask(shared: &Shared, flow: &Flow) -> Response {
    let hint = flow.domain_hint().or(flow.login_hint()).map(realm::domain_of);
    match hint.filter(|domain| realm::of_domain(shared, domain) == Realm::Federated) {
        Some(domain) => federated::send_there(shared, flow, &domain, flow.login_hint().unwrap_or_default()),
        None => sign_in::show(shared, flow, flow.login_hint().unwrap_or_default(), None),
    }
}
