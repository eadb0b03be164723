//! Entra ID v2.0 as a client and a browser see it.
//!
//! A sign-in is a [`flow::Flow`] that moves through pages: [`authorize`] decides the next one, [`sign_in`] and
//! [`federated`] find out who it is, [`consent`] what the app may do, [`deliver`] sends the browser back. The app then
//! talks to [`token`]. Sources: "OAuth 2.0 authorization code flow", "OpenID Connect", "Consent experience",
//! "Admin consent", "Error codes" of Microsoft's identity platform documentation.

pub mod admin_consent;
pub mod app;
pub mod authorize;
pub mod consent;
pub mod consent_policy;
pub mod data;
pub mod deliver;
pub mod discovery;
pub mod federated;
pub mod flow;
pub mod id_token;
pub mod realm;
pub mod scopes;
pub mod session;
pub mod sign_in;
pub mod token;
pub mod tokens;

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::routing::{get, post};

use crate::error::TenantError;
use crate::jose::SigningKey;
use crate::state::{Shared, lock};
use consent_policy::ConsentPolicy;
use data::Data;

/// Entra ID's own state.
#[derive(Debug)]
pub struct Entra {
    keys: Mutex<Vec<Arc<SigningKey>>>,
    data: Mutex<Data>,
}

impl Entra {
    /// A tenant without sessions, grants or tokens, with a fresh signing key.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn new() -> Result<Self, TenantError> {
        let key = Arc::new(SigningKey::generate()?);
        Ok(Self { keys: Mutex::new(vec![key]), data: Mutex::new(Data::default()) })
    }

    /// Everything but the keys.
    pub fn data(&self) -> MutexGuard<'_, Data> {
        lock(&self.data)
    }

    /// All published keys; the last one signs.
    pub fn keys(&self) -> Vec<Arc<SigningKey>> {
        lock(&self.keys).clone()
    }

    /// Starts to sign with a new key; tokens signed before stay verifiable.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn rotate_key(&self) -> Result<(), TenantError> {
        let key = Arc::new(SigningKey::generate()?);
        lock(&self.keys).push(key);
        Ok(())
    }

    /// Who may grant permissions.
    pub fn consent_policy(&self) -> ConsentPolicy {
        self.data().consent_policy
    }

    /// Sets who may grant permissions; grants that exist stay.
    pub fn set_consent_policy(&self, policy: ConsentPolicy) {
        self.data().consent_policy = policy;
    }
}

/// All paths under the authority.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .route("/common/discovery/instance", get(discovery::instance))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(discovery::metadata))
        .route("/{tenant}/discovery/v2.0/keys", get(discovery::keys))
        .route("/common/userrealm/{upn}", get(realm::user_realm))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::by_get).post(authorize::by_post))
        .route("/{tenant}/oauth2/v2.0/token", post(token::endpoint).fallback(token::wrong_method))
        .route("/{tenant}/oauth2/v2.0/logout", get(session::logout))
        .route("/{tenant}/v2.0/adminconsent", get(admin_consent::begin))
        .route("/{tenant}/adminconsent", get(admin_consent::begin))
        .route("/{tenant}/login", get(sign_in::page).post(sign_in::submit))
        .route("/{tenant}/pick", post(sign_in::pick))
        .route("/{tenant}/federated", get(federated::returned))
        .route("/federation/{domain}/signin", get(federated::page).post(federated::submit))
        .route("/{tenant}/consent", post(consent::submit))
        .route("/{tenant}/return", get(consent::return_without_granting))
        .route("/{tenant}/approval", post(consent::request_approval))
        .with_state(shared)
}
