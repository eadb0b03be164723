//! Access tokens of one account while the product runs.
//!
//! Rules: access tokens live in memory only, and end five minutes early (MSAL's figure). The refresh token
//! lives in the keychain only and is read anew for every refresh, so that two processes follow each other
//! (F54). One refresh at a time; who waits gets its result, a failure too. A refresh token is removed by
//! signing out and by nothing else: not by being offline, not by a busy server, not by a refusal.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use convoke_model::clock::Clock;
use convoke_net::Transport;
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::authority::{Authority, Metadata};
use crate::claims;
use crate::error::AuthError;
use crate::id_token::Identity;
use crate::keychain::SecretStore;
use crate::token::TokenSet;

mod refresh;
mod vault;

use vault::Vault;

/// How long before its end an access token is not used any more.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// How long a refusal that needs a person is remembered before the server is asked again (MSAL's figure).
const REFUSAL_LIFE: Duration = Duration::from_secs(120);

/// What an access token is for: the scopes of one resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Resource {
    scopes: Vec<String>,
}

impl Resource {
    /// The resource of `scopes`, all of one server.
    #[must_use]
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        scopes.sort();
        scopes.dedup();
        Self { scopes }
    }

    /// The scopes, sorted.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }
}

/// A token for requests to one resource.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token. Opaque; goes into an `Authorization` header and nowhere else.
    pub secret: SecretString,
    /// The scopes that it carries.
    pub scopes: Vec<String>,
    /// Tells tokens apart without showing them.
    number: u64,
}

/// What a session works with.
pub struct SessionParts {
    /// The name of the account in the keychain.
    pub account: String,
    /// Who the account is: a refresh that answers for another one is refused (B35).
    pub identity: Identity,
    /// Whom to ask.
    pub authority: Authority,
    /// As what we ask.
    pub client_id: String,
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The keychain.
    pub secrets: Arc<dyn SecretStore>,
}

/// Gives out access tokens for one account. Shared by reference; all calls may come at once.
pub struct Session {
    parts: SessionParts,
    vault: Vault,
    state: Mutex<State>,
    /// Refreshes that have ended, to see whether one ended while a caller waited.
    ended: std::sync::atomic::AtomicU64,
}

#[derive(Default)]
struct State {
    metadata: Option<Metadata>,
    tokens: HashMap<Resource, Kept>,
    challenge: Option<String>,
    refused: Option<Refused>,
    numbers: u64,
}

struct Kept {
    token: AccessToken,
    obtained: DateTime<Utc>,
    expires: DateTime<Utc>,
}

/// The last failure, which stands until its time is over.
struct Refused {
    error: AuthError,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    ended: u64,
}

impl Session {
    /// A session that has asked nobody yet.
    #[must_use]
    pub fn new(parts: SessionParts) -> Self {
        let vault = Vault::new(Arc::clone(&parts.secrets), &parts.account);
        Self { parts, vault, state: Mutex::default(), ended: std::sync::atomic::AtomicU64::new(0) }
    }

    /// An access token for `resource` that is good for at least five minutes.
    ///
    /// # Errors
    /// [`AuthError::SignedOut`] without a refresh token; [`AuthError::NeedsInteraction`] and its kin when a
    /// person must act; [`AuthError::Transient`] and [`AuthError::Network`] when later is better.
    pub async fn access_token(&self, resource: &Resource) -> Result<AccessToken, AuthError> {
        let before = self.ended();
        let mut state = self.state.lock().await;
        let now = self.parts.clock.now();
        if state.challenge.is_none()
            && let Some(kept) = state.tokens.get(resource).filter(|kept| kept.is_good(now))
        {
            return Ok(kept.token.clone());
        }
        if let Some(refused) = &state.refused {
            let while_waiting = refused.ended > before;
            if while_waiting || (refused.since <= now && now < refused.until) {
                return Err(refused.error.clone());
            }
        }
        let result = self.refresh(&mut state, resource).await;
        self.note(&mut state, &result);
        result
    }

    /// Asks whether `resource` is granted by now, and answers its scopes. What it says stands for nothing else: a
    /// refusal is not remembered, so that whoever works with what is granted goes on.
    ///
    /// # Errors
    /// [`AuthError::ConsentRequired`] while nobody has consented; otherwise as [`Session::access_token`].
    pub async fn probe(&self, resource: &Resource) -> Result<Vec<String>, AuthError> {
        let mut state = self.state.lock().await;
        Ok(self.refresh(&mut state, resource).await?.scopes)
    }

    /// Forgets `token`, because a server refused it: the next caller gets another one.
    pub async fn invalidate(&self, token: &AccessToken) {
        self.state.lock().await.tokens.retain(|_, kept| kept.token.number != token.number);
    }

    /// Takes a server's claims challenge: the next token is asked for with it (protocols §2).
    ///
    /// # Errors
    /// [`AuthError::BadClaims`] when it can't be read.
    pub async fn claims_challenge(&self, challenge: &str) -> Result<(), AuthError> {
        let challenge = claims::decode(challenge)?;
        let mut state = self.state.lock().await;
        state.tokens.clear();
        state.challenge = Some(challenge);
        state.refused = None;
        Ok(())
    }

    /// Takes the tokens of a sign-in: the refresh token into the keychain, the access token into memory.
    ///
    /// # Errors
    /// [`AuthError::Keychain`]; nothing has changed then.
    pub async fn store(&self, resource: &Resource, tokens: TokenSet) -> Result<(), AuthError> {
        let mut state = self.state.lock().await;
        if let Some(refresh_token) = &tokens.refresh_token {
            self.vault.store(refresh_token).await?;
        }
        state.refused = None;
        state.challenge = None;
        state.tokens.clear();
        state.keep(resource, tokens, self.parts.clock.now());
        Ok(())
    }

    /// Whether a refresh token is there.
    ///
    /// # Errors
    /// [`AuthError::Keychain`].
    pub async fn is_signed_in(&self) -> Result<bool, AuthError> {
        Ok(self.vault.load().await?.is_some())
    }

    /// Forgets every token, also in the keychain.
    ///
    /// # Errors
    /// [`AuthError::Keychain`]; the memory is empty all the same.
    pub async fn sign_out(&self) -> Result<(), AuthError> {
        let mut state = self.state.lock().await;
        let metadata = state.metadata.take();
        *state = State { metadata, numbers: state.numbers, ..State::default() };
        self.vault.clear().await
    }

    fn ended(&self) -> u64 {
        self.ended.load(std::sync::atomic::Ordering::Acquire)
    }

    /// Remembers how a refresh ended.
    fn note(&self, state: &mut State, result: &Result<AccessToken, AuthError>) {
        let ended = self.ended.fetch_add(1, std::sync::atomic::Ordering::AcqRel) + 1;
        let since = self.parts.clock.now();
        state.refused = result.as_ref().err().map(|error| {
            let pause = match error {
                AuthError::Transient { retry_after, .. } => *retry_after,
                // A new refresh token or an unlocked keychain counts at once, and offline is asked cheaply.
                AuthError::Network(_) | AuthError::Keychain(_) | AuthError::SignedOut => Duration::ZERO,
                _ => REFUSAL_LIFE,
            };
            Refused { error: error.clone(), since, until: since + pause, ended }
        });
    }
}

impl State {
    fn keep(&mut self, resource: &Resource, tokens: TokenSet, now: DateTime<Utc>) -> AccessToken {
        self.numbers += 1;
        let token = AccessToken { secret: tokens.access_token, scopes: tokens.scopes, number: self.numbers };
        let kept = Kept { token: token.clone(), obtained: now, expires: tokens.expires_at };
        self.tokens.insert(resource.clone(), kept);
        token
    }
}

impl Kept {
    /// A clock that went back makes the end unknown: then the token is not good either (F46).
    fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.obtained <= now && now + MARGIN < self.expires
    }
}
