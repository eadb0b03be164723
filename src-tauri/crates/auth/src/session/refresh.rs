//! One refresh (RFC 6749 §6; protocols §1.3, §1.5).

use convoke_net::NetError;
use secrecy::{ExposeSecret, SecretString};

use super::{AccessToken, Resource, Session, State};
use crate::authority::Metadata;
use crate::claims;
use crate::error::AuthError;
use crate::id_token::{self, Expected};
use crate::token::{self, Credential, TokenAnswer, TokenRequest, scope};

impl Session {
    pub(super) async fn refresh(
        &self,
        state: &mut State,
        resource: &Resource,
    ) -> Result<AccessToken, AuthError> {
        let used = self.vault.load().await?.ok_or(AuthError::SignedOut)?;
        let metadata = self.metadata(state).await?;
        let challenge = state.challenge.clone();
        let mut used = used;
        let answer = match self.ask(&metadata, resource, &used, challenge.as_deref()).await {
            Err(refused @ AuthError::NeedsInteraction(_)) => {
                // Another process may have replaced the token while we asked with the old one (F54).
                match self.vault.load().await? {
                    Some(newer) if newer.expose_secret() != used.expose_secret() => {
                        used = newer;
                        self.ask(&metadata, resource, &used, challenge.as_deref()).await
                    }
                    _ => Err(refused),
                }
            }
            other => other,
        };
        let (answer, now) = answer.map_err(|error| with_claims(error, challenge))?;
        let tokens = answer.into_tokens(now, resource.scopes());
        if let Some(newer) = &tokens.refresh_token {
            // Stored before it is used; the old one would still do if we died here (F55).
            self.replace(&used, newer).await?;
        }
        state.challenge = None;
        Ok(state.keep(resource, tokens, now))
    }

    /// Puts `newer` in the place of `used`, unless somebody else has put another token there or the account
    /// was signed out meanwhile.
    async fn replace(&self, used: &SecretString, newer: &SecretString) -> Result<(), AuthError> {
        let stored = self.vault.load().await?.ok_or(AuthError::SignedOut)?;
        let ours = stored.expose_secret() == used.expose_secret();
        if !ours || newer.expose_secret() == used.expose_secret() {
            return Ok(());
        }
        self.vault.store(newer).await
    }

    async fn metadata(&self, state: &mut State) -> Result<Metadata, AuthError> {
        if let Some(metadata) = &state.metadata {
            return Ok(metadata.clone());
        }
        let metadata = self.parts.authority.discover(&*self.parts.transport).await?;
        Ok(state.metadata.insert(metadata).clone())
    }

    async fn ask(
        &self,
        metadata: &Metadata,
        resource: &Resource,
        refresh_token: &SecretString,
        challenge: Option<&str>,
    ) -> Result<(TokenAnswer, chrono::DateTime<chrono::Utc>), AuthError> {
        let entra = self.parts.authority.is_entra();
        let claims = if entra { Some(claims::parameter(challenge)?) } else { None };
        let scopes = asked(resource);
        let request = TokenRequest {
            endpoint: &metadata.token_endpoint,
            client_id: &self.parts.client_id,
            credential: Credential::Refresh { token: refresh_token.expose_secret() },
            scopes: &scopes,
            claims: claims.as_deref(),
        };
        let (transport, clock) = (&*self.parts.transport, &*self.parts.clock);
        let redeemed = match token::redeem(&request, transport, clock).await {
            // A connection that broke under way is tried once more: the old token stays good.
            Err(AuthError::Network(error)) if matches!(*error, NetError::Protocol { .. }) => {
                token::redeem(&request, transport, clock).await
            }
            other => other,
        };
        let (answer, server_time) = redeemed?;
        let now = clock.now();
        if let Some(id_token) = &answer.id_token {
            let client_id = &self.parts.client_id;
            let expected = Expected { metadata, client_id, nonce: None, now: server_time.unwrap_or(now) };
            let identity = id_token::read(id_token.expose_secret(), &expected)?;
            if !identity.is_same(&self.parts.identity) {
                return Err(AuthError::AccountMismatch);
            }
        }
        Ok((answer, now))
    }
}

/// The resource's scopes and those that bring an ID token and the next refresh token. Not `email`: Entra counts
/// it as a permission, which nobody may have granted.
fn asked(resource: &Resource) -> Vec<String> {
    let mut scopes = resource.scopes().to_vec();
    for scope in ["openid", "profile", scope::OFFLINE] {
        if !scopes.iter().any(|asked| asked == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}

/// The sign-in that has to follow must carry the challenge, also where the refusal does not repeat it.
fn with_claims(error: AuthError, challenge: Option<String>) -> AuthError {
    match error {
        AuthError::NeedsInteraction(mut refusal) if refusal.claims.is_none() => {
            refusal.claims = challenge;
            AuthError::NeedsInteraction(refusal)
        }
        other => other,
    }
}
