//! A generic OpenID provider, as an organization runs beside Entra (Keycloak, Okta, Ping, AD FS): OpenID Connect Core
//! 1.0 with the authorization code flow and PKCE, and nothing of Entra's. The same people sign in.

mod authorize;
mod token;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::error::TenantError;
use crate::jose::SigningKey;
use crate::state::{Shared, lock};
use crate::tamper::Tampering;

/// The app's id at this provider.
pub const CLIENT_ID: &str = "convoke-desktop";

/// The provider's session cookie.
const COOKIE: &str = "SSOSESSION";

/// The provider's own state.
#[derive(Debug)]
pub struct Sso {
    key: Arc<SigningKey>,
    data: Mutex<Data>,
}

/// What the provider remembers.
#[derive(Debug, Default)]
pub struct Data {
    requests: HashMap<String, Request>,
    sessions: HashMap<String, usize>,
    codes: HashMap<String, Code>,
    tokens: HashMap<String, usize>,
    /// What is wrong with the next answers.
    pub tampering: Tampering,
}

/// What the app asked for.
#[derive(Debug, Clone)]
struct Request {
    redirect_uri: String,
    form_post: bool,
    state: Option<String>,
    nonce: Option<String>,
    scope: String,
    challenge: String,
    login_hint: String,
}

/// A code that was handed out.
#[derive(Debug, Clone)]
struct Code {
    user: usize,
    request: Request,
    issued: DateTime<Utc>,
}

impl Sso {
    /// A provider without sessions, with a fresh signing key.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn new() -> Result<Self, TenantError> {
        Ok(Self { key: Arc::new(SigningKey::generate()?), data: Mutex::new(Data::default()) })
    }

    /// What the provider remembers.
    pub fn data(&self) -> MutexGuard<'_, Data> {
        lock(&self.data)
    }

    /// Ends all browser sessions.
    pub fn end_sessions(&self) {
        self.data().sessions.clear();
    }
}

/// All paths under the issuer.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/keys", get(keys))
        .route("/authorize", get(authorize::begin))
        .route("/signin", post(authorize::submit))
        .route("/token", post(token::endpoint))
        .route("/userinfo", get(token::userinfo))
        .with_state(shared)
}

async fn metadata(State(shared): State<Shared>) -> Json<Value> {
    let issuer = shared.urls.sso_issuer();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name", "given_name",
            "family_name", "email", "email_verified", "preferred_username"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(shared): State<Shared>) -> Json<Value> {
    let mut key = shared.sso.key.jwk(None);
    key["alg"] = json!("RS256");
    Json(json!({"keys": [key]}))
}
