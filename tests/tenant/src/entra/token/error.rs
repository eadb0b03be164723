//! Errors of the token endpoint, as JSON (source: "Error codes", fixtures of Microsoft's own libraries).

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::state::TenantState;

/// One error of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenError {
    /// The OAuth error.
    pub error: &'static str,
    /// The AADSTS number.
    pub code: u32,
    /// The words after the number.
    pub message: String,
    /// What kind of interaction would help.
    pub suberror: Option<&'static str>,
    /// Claims to send with the interactive request: JSON as text.
    pub claims: Option<String>,
}

impl TokenError {
    /// An error without suberror and claims.
    pub fn new(error: &'static str, code: u32, message: impl Into<String>) -> Self {
        Self { error, code, message: message.into(), suberror: None, claims: None }
    }

    /// A malformed request.
    pub fn invalid_request(code: u32, message: impl Into<String>) -> Self {
        Self::new("invalid_request", code, message)
    }

    /// A grant that isn't honoured.
    pub fn invalid_grant(code: u32, message: impl Into<String>) -> Self {
        Self::new("invalid_grant", code, message)
    }

    /// Adds the suberror.
    #[must_use]
    pub fn with_suberror(self, suberror: &'static str) -> Self {
        Self { suberror: Some(suberror), ..self }
    }

    /// Adds claims.
    #[must_use]
    pub fn with_claims(self, claims: &Value) -> Self {
        Self { claims: Some(claims.to_string()), ..self }
    }

    /// The answer: 400, or 401 for `invalid_client`. The correlation id is the client's, if it sent one.
    pub fn answer(&self, state: &TenantState, correlation: Option<&str>) -> Response {
        let status =
            if self.error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        let ids = Ids::new(state, correlation);
        let mut body = json!({
            "error": self.error,
            "error_description": ids.describe(self.code, &self.message),
            "error_codes": [self.code],
            "timestamp": ids.timestamp,
            "trace_id": ids.trace,
            "correlation_id": ids.correlation,
            "error_uri": format!("{}/error?code={}", state.urls.authority, self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        if let Some(claims) = &self.claims {
            body["claims"] = json!(claims);
        }
        let mut response = (status, Json(body)).into_response();
        no_store(&mut response);
        response
    }
}

/// `AADSTSn: words Trace ID: … Correlation ID: … Timestamp: …`.
pub fn describe(state: &TenantState, code: u32, text: &str) -> String {
    Ids::new(state, None).describe(code, text)
}

/// Keeps an answer out of caches.
pub fn no_store(response: &mut Response) {
    response
        .headers_mut()
        .insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache"));
    response.headers_mut().insert(http::header::PRAGMA, HeaderValue::from_static("no-cache"));
}

struct Ids {
    trace: String,
    correlation: String,
    timestamp: String,
}

impl Ids {
    fn new(state: &TenantState, correlation: Option<&str>) -> Self {
        Self {
            trace: Uuid::new_v4().to_string(),
            correlation: correlation.map_or_else(|| Uuid::new_v4().to_string(), str::to_owned),
            timestamp: state.now().format("%Y-%m-%d %H:%M:%SZ").to_string(),
        }
    }

    /// Both spellings are seen in the wild: line breaks in older answers, blanks in newer ones.
    fn describe(&self, code: u32, text: &str) -> String {
        let gap = if code % 2 == 1 { "\r\n" } else { " " };
        format!(
            "AADSTS{code}: {text}{gap}Trace ID: {}{gap}Correlation ID: {}{gap}Timestamp: {}",
            self.trace, self.correlation, self.timestamp
        )
    }
}
