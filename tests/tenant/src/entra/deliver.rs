//! Sending the browser back to the app.

use axum::response::{IntoResponse, Response};
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use url::Url;

use super::flow::{AuthorizeRequest, ResponseMode};
use crate::jose;
use crate::pages;
use crate::state::TenantState;
use crate::world::User;

/// Parameters of an answer.
pub type Parameters = Vec<(String, String)>;

/// An answer with a code.
pub fn code(state: &TenantState, request: &AuthorizeRequest, code: &str, user: &User) -> Response {
    let mut parameters = vec![("code".to_owned(), code.to_owned())];
    if request.client_info {
        parameters.push(("client_info".to_owned(), client_info(state, user)));
    }
    with_state(request, &mut parameters);
    parameters.push(("session_state".to_owned(), uuid::Uuid::new_v4().to_string()));
    send(request, &parameters)
}

/// An answer with an error; `code` is the AADSTS number.
pub fn error(
    state: &TenantState,
    request: &AuthorizeRequest,
    error: &str,
    code: u32,
    text: &str,
) -> Response {
    let mut parameters = vec![
        ("error".to_owned(), error.to_owned()),
        ("error_description".to_owned(), super::token::error::describe(state, code, text)),
    ];
    parameters.push(("error_uri".to_owned(), format!("{}/error?code={code}", state.urls.authority)));
    with_state(request, &mut parameters);
    send(request, &parameters)
}

/// An answer of somebody who did not grant (AADSTS65004).
pub fn refusal(
    state: &TenantState,
    request: &AuthorizeRequest,
    subcode: Option<&str>,
    text: &str,
) -> Response {
    let mut parameters = vec![
        ("error".to_owned(), "access_denied".to_owned()),
        ("error_description".to_owned(), super::token::error::describe(state, 65004, text)),
    ];
    if let Some(subcode) = subcode {
        parameters.push(("error_subcode".to_owned(), subcode.to_owned()));
    }
    parameters.push(("error_uri".to_owned(), format!("{}/error?code=65004", state.urls.authority)));
    with_state(request, &mut parameters);
    send(request, &parameters)
}

/// Who the client's cache should file the tokens under: object id and tenant id.
pub fn client_info(state: &TenantState, user: &User) -> String {
    let tenant_id = state.world().tenant_id.clone();
    jose::encode(serde_json::json!({"uid": user.object_id, "utid": tenant_id}).to_string().as_bytes())
}

fn with_state(request: &AuthorizeRequest, parameters: &mut Parameters) {
    if let Some(state) = &request.state {
        parameters.push(("state".to_owned(), state.clone()));
    }
}

fn send(request: &AuthorizeRequest, parameters: &[(String, String)]) -> Response {
    // A registered URI without a path comes back with a slash, which is what `Url` makes of it.
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match request.response_mode {
        ResponseMode::FormPost => return pages::form_post(url.as_str(), parameters),
        ResponseMode::Query => {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        ResponseMode::Fragment => {
            let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
            url.set_fragment(Some(&text));
        }
    }
    found(url.as_str())
}

/// A redirect with status 302, as Entra sends it.
pub fn found(target: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(value) = HeaderValue::from_str(target) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}
