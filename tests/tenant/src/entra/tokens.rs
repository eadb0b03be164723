//! Bearer tokens at the resources: who calls, and may they (source: Graph "Errors", "Claims challenges").

use axum::Json;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::json;

use super::data::AccessToken;
use super::scopes::{Permission, Resource};
use crate::state::{Shared, TenantState};

/// The app id of Microsoft Graph, which its challenges name.
const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";

/// Who calls a resource.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Index into the world's users.
    pub user: usize,
    /// Short names of the token's permissions.
    pub scopes: Vec<&'static str>,
}

impl Caller {
    /// Whether the token carries the permission, or the one with `ReadWrite` in place of `Read`.
    pub fn may(&self, scope: &str) -> bool {
        let wider = scope.replacen(".Read", ".ReadWrite", 1);
        self.scopes.iter().any(|held| *held == scope || *held == wider)
    }
}

/// Why Graph refuses a call.
#[derive(Debug, Clone)]
pub struct GraphRefusal {
    /// HTTP status.
    pub status: StatusCode,
    /// Graph's error code.
    pub code: &'static str,
    /// Graph's message.
    pub message: String,
    /// The challenge, for 401.
    pub www_authenticate: Option<String>,
}

impl IntoResponse for GraphRefusal {
    fn into_response(self) -> Response {
        let request_id = uuid::Uuid::new_v4().to_string();
        let body = json!({"error": {"code": self.code, "message": self.message,
            "innerError": {"request-id": request_id, "client-request-id": request_id}}});
        let mut response = (self.status, Json(body)).into_response();
        if let Some(value) = self.www_authenticate.and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        response
    }
}

/// Checks the bearer token of a call to Graph.
///
/// `required` lists permissions of which one is enough; a `ReadWrite` permission stands in for its `Read`. An empty
/// list asks for a valid token only.
///
/// # Errors
/// 401 without a valid token for Graph, 401 with a claims challenge after a revocation, 403 without permission.
pub fn authenticate(shared: &Shared, headers: &HeaderMap, required: &[&str]) -> Result<Caller, GraphRefusal> {
    let token = valid_token(shared, headers)?;
    if token.resource != Resource::Graph {
        return Err(unauthorized(shared, "Access token validation failure. Invalid audience."));
    }
    let caller =
        Caller { user: token.user, scopes: token.permissions.iter().map(|p: &Permission| p.name).collect() };
    if required.is_empty() || required.iter().any(|scope| caller.may(scope)) {
        return Ok(caller);
    }
    Err(forbidden(required))
}

fn valid_token(state: &TenantState, headers: &HeaderMap) -> Result<AccessToken, GraphRefusal> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bearer = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, text)) = bearer else {
        return Err(unauthorized(state, "Access token is empty."));
    };
    let token = state.entra.data().access_tokens.get(text.trim()).cloned();
    let Some(token) = token else {
        return Err(unauthorized(state, "IDX14100: JWT is not well formed, there are no dots (.)."));
    };
    if token.expires <= state.now() {
        return Err(unauthorized(state, "Lifetime validation failed, the token is expired."));
    }
    if token.challenged {
        return Err(challenge(state, &token));
    }
    Ok(token)
}

fn unauthorized(state: &TenantState, message: &str) -> GraphRefusal {
    GraphRefusal {
        status: StatusCode::UNAUTHORIZED,
        code: "InvalidAuthenticationToken",
        message: message.to_owned(),
        www_authenticate: Some(bearer_challenge(state)),
    }
}

fn bearer_challenge(state: &TenantState) -> String {
    format!(
        "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", client_id=\"{GRAPH_APP}\"",
        state.urls.authority
    )
}

fn challenge(state: &TenantState, token: &AccessToken) -> GraphRefusal {
    let message = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: \
                   TokenIssuedBeforeRevocationTimestamp";
    let plain = unauthorized(state, message);
    // Clients that never declared the capability get a bare 401.
    if !token.handles_challenges {
        return plain;
    }
    let moment = state.now().timestamp().to_string();
    let claims = json!({"access_token": {"nbf": {"essential": true, "value": moment}}}).to_string();
    let parts = format!(
        "{}, error=\"insufficient_claims\", claims=\"{}\"",
        bearer_challenge(state),
        STANDARD.encode(claims)
    );
    GraphRefusal { www_authenticate: Some(parts), ..plain }
}

fn forbidden(required: &[&str]) -> GraphRefusal {
    let directory = required.iter().any(|scope| scope.starts_with("User") || scope.starts_with("OrgContact"));
    let (code, message) = if directory {
        ("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    } else {
        ("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    };
    GraphRefusal { status: StatusCode::FORBIDDEN, code, message: message.to_owned(), www_authenticate: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readwrite_stands_in_for_read() {
        let caller = Caller { user: 0, scopes: vec!["Calendars.ReadWrite", "User.Read"] };
        assert!(caller.may("Calendars.Read"));
        assert!(caller.may("User.Read"));
        assert!(!caller.may("Contacts.Read"));
        assert!(!caller.may("Calendars.ReadBasic"));
    }
}
