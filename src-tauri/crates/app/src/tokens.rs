//! Access tokens for the account in use: one session per account, and the source that sync asks.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use async_trait::async_trait;
use convoke_auth::{AccessToken, AuthError, Authority, Resource, Session, session::SessionParts};
use convoke_policy::Effective;
use convoke_policy::settings::Microsoft365;
use convoke_sync::{Secret, TokenFailure, TokenSource};
use secrecy::ExposeSecret;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Mutex as AsyncMutex;

/// The session in use, made when first needed, and anew when the policy names another tenant, cloud or registration.
#[derive(Default)]
pub struct Sessions(Mutex<Option<Kept>>);

struct Kept {
    key: String,
    microsoft: Microsoft365,
    session: Arc<Session>,
}

impl Sessions {
    /// Forgets the session in memory; the keychain stays as it is.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl App {
    /// The session of a profile that has been connected.
    pub(crate) fn session(&self, profile: &Profile) -> Result<Arc<Session>, Failure> {
        let identity = profile.connected.clone().ok_or_else(|| Failure::new(Code::SignInRequired))?;
        let policy = self.policy();
        let mut known = self.inner.sessions.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = &*known
            && kept.key == profile.key
            && kept.microsoft == policy.microsoft365
        {
            return Ok(kept.session.clone());
        }
        let environment = self.environment();
        let session = Arc::new(Session::new(SessionParts {
            account: profile.key.clone(),
            identity: identity.into(),
            authority: microsoft(&policy)?,
            client_id: client_id(&policy)?,
            transport: environment.transport.clone(),
            clock: environment.clock.clone(),
            secrets: environment.keychain.clone(),
        }));
        let microsoft = policy.microsoft365.clone();
        *known = Some(Kept { key: profile.key.clone(), microsoft, session: session.clone() });
        Ok(session)
    }

    /// What sync asks for tokens of the granted permissions.
    pub(crate) fn token_source(&self, profile: &Profile) -> Result<Arc<Tokens>, Failure> {
        self.tokens_for(profile, &profile.granted)
    }

    /// Tokens for `scopes`, all of one server.
    pub(crate) fn tokens_for(&self, profile: &Profile, scopes: &[String]) -> Result<Arc<Tokens>, Failure> {
        let (session, resource) = (self.session(profile)?, resource(scopes));
        Ok(Arc::new(Tokens { session, resource, last: AsyncMutex::default() }))
    }
}

/// Entra ID of the policy's cloud and tenant.
pub fn microsoft(policy: &Effective) -> Result<Authority, Failure> {
    let settings = &policy.microsoft365;
    let endpoints = settings.endpoints.as_ref().ok_or_else(|| Failure::new(Code::NotConfigured))?;
    Ok(Authority::Entra { base: endpoints.authority.clone(), tenant: settings.tenant.clone() })
}

/// The app's registration.
pub fn client_id(policy: &Effective) -> Result<String, Failure> {
    policy.microsoft365.client_id.clone().ok_or_else(|| Failure::new(Code::NotConfigured))
}

/// The resource of scopes, with what keeps the sign-in.
pub fn resource(granted: &[String]) -> Resource {
    let own = ["openid", "profile", "offline_access"].map(str::to_owned);
    Resource::new(granted.iter().cloned().chain(own))
}

/// Access tokens for one server.
pub struct Tokens {
    session: Arc<Session>,
    resource: Resource,
    last: AsyncMutex<Option<AccessToken>>,
}

impl Tokens {
    /// A token, with the error as it is.
    pub async fn access_token(&self) -> Result<AccessToken, AuthError> {
        let token = self.session.access_token(&self.resource).await?;
        *self.last.lock().await = Some(token.clone());
        Ok(token)
    }
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<Secret, TokenFailure> {
        match self.access_token().await {
            Ok(token) => Ok(Secret::new(token.secret.expose_secret().to_owned())),
            Err(error) => Err(refused(error)),
        }
    }

    async fn rejected(&self, claims: Option<String>) {
        if let Some(token) = self.last.lock().await.take() {
            self.session.invalidate(&token).await;
        }
        if let Some(claims) = claims
            && let Err(error) = self.session.claims_challenge(&claims).await
        {
            tracing::warn!(%error, "claims challenge not understood");
        }
    }
}

/// What an error of the session means for a round.
fn refused(error: AuthError) -> TokenFailure {
    let code = failure::of_auth(&error).code.as_str();
    match error {
        AuthError::NeedsInteraction(_) | AuthError::SignedOut | AuthError::AccountMismatch => {
            TokenFailure::SignInRequired { code, source: Some(Box::new(error)) }
        }
        AuthError::ConsentRequired(_) | AuthError::AdminApproval(_) | AuthError::Declined(_) => {
            TokenFailure::NotAuthorized { code, source: Some(Box::new(error)) }
        }
        AuthError::BlockedByOrganization(_) => TokenFailure::Blocked { code, source: Some(Box::new(error)) },
        AuthError::Network(ref net) if net.is_offline() => TokenFailure::Offline(Box::new(error)),
        AuthError::Transient { .. } => TokenFailure::Offline(Box::new(error)),
        _ => TokenFailure::Failed { code, source: Box::new(error) },
    }
}
