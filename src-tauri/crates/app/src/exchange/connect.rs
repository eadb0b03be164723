//! Connecting an Exchange server: which one, how, and that it took the sign-in before it is taken over.

use super::login::{self, PasswordSignIn};
use super::remember::Shown;
use super::server::{Server, complete};
use super::turns::Turns;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::flow::LegOptions;
use crate::policy_source::sign_in_refused;
use crate::profile::{Profile, Way};
use crate::wire::exchange::{ExchangeAsk, ExchangeMethod, ExchangeQuery};
use crate::wire::snapshot::Services;
use convoke_ews::operation::Probe;
use convoke_policy::choice::AuthorizeWith;
use convoke_store::Store;
use convoke_sync::{Engine, EngineParts, Source};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use url::Url;

impl App {
    /// Connects the mailbox on an Exchange server. What the query leaves out is what is known already.
    ///
    /// # Errors
    /// Says why not; what was connected before still is. The profile remembers what a person is asked for.
    pub async fn connect_exchange(
        &self,
        query: ExchangeQuery,
        options: LegOptions,
        on_browser: impl FnMut(&str) + Send,
    ) -> Result<Services, Failure> {
        let account = self.signed_in()?;
        self.may_use_exchange()?;
        self.may_name(query.url.as_deref())?;
        let works = account.profile().exchange.is_some_and(|known| known.in_use && known.asks.is_none());
        let result = self.try_exchange(&account, &query, options, on_browser).await;
        if let Err(failure) = &result {
            // What works goes on, unless it was its own password that was refused.
            let is_own = failure.code == Code::PasswordRefused && query.password.is_none();
            if !works || is_own {
                // Who signed out meanwhile is asked for nothing.
                let noted = self.note_exchange(&account, failure).await;
                noted.unwrap_or_else(|error| tracing::warn!(code = ?error.code, "not remembered"));
            }
        }
        self.announce();
        result?;
        self.answered_prompt(&account).await;
        self.services_now(&account).await
    }

    /// Whether the policy says that mailboxes are on the Exchange server.
    #[must_use]
    pub fn is_exchange_decided(&self) -> bool {
        self.policy().integration.authorize_with == AuthorizeWith::Ews
    }

    /// Goes back to Microsoft 365, where the policy leaves the choice.
    ///
    /// # Errors
    /// When nobody is signed in, or the keychain or the disk refuses.
    pub async fn leave_exchange(&self) -> Result<(), Failure> {
        let account = self.signed_in()?;
        if self.is_exchange_decided() {
            return Err(Failure::new(Code::OffByPolicy));
        }
        self.forget_exchange(&account).await?;
        self.announce();
        Ok(())
    }

    /// Whether the policy lets an Exchange server be used at all.
    fn may_use_exchange(&self) -> Result<(), Failure> {
        if let Some(refused) = sign_in_refused(&self.policy_for_sign_in()) {
            return Err(refused);
        }
        let policy = self.policy();
        let graph_only = policy.integration.authorize_with == AuthorizeWith::OAuth;
        if graph_only && policy.is_locked("integration.authorizeWith") {
            return Err(Failure::new(Code::OffByPolicy));
        }
        Ok(())
    }

    /// Whether a person may name the server. An address that the policy has anyway is no other one.
    fn may_name(&self, url: Option<&str>) -> Result<(), Failure> {
        let policy = self.policy();
        let enforced =
            policy.integration.ews.url.as_ref().filter(|_| policy.is_locked("integration.ews.url"));
        match (url, enforced) {
            (Some(named), Some(enforced)) if Url::parse(&complete(named)).ok().as_ref() != Some(enforced) => {
                Err(Failure::new(Code::OffByPolicy).with_detail(format!("integration.ews.url: {enforced}")))
            }
            _ => Ok(()),
        }
    }

    async fn try_exchange(
        &self,
        account: &Arc<SignedIn>,
        query: &ExchangeQuery,
        options: LegOptions,
        on_browser: impl FnMut(&str) + Send,
    ) -> Result<(), Failure> {
        let (server, method) = self.agree_on_exchange(account, query).await?;
        match method {
            ExchangeMethod::Oauth => {
                let scope = server.endpoint.scope();
                if !self.has_exchange_token(account, &scope).await? {
                    self.authorize_exchange(account, &scope, options, on_browser).await?;
                }
                self.take_with_token(account, &server).await
            }
            ExchangeMethod::Ntlm | ExchangeMethod::Basic => {
                self.sign_in_with_password(account, &server, method, query).await
            }
        }
    }

    /// Finds server and way to sign in. Remembers both, unless another server is in use: that one stays until the new
    /// one took the sign-in.
    pub(super) async fn agree_on_exchange(
        &self,
        account: &Arc<SignedIn>,
        query: &ExchangeQuery,
    ) -> Result<(Server, ExchangeMethod), Failure> {
        self.remember_trust(account, query).await?;
        let profile = account.profile();
        let server = self.exchange_server(&profile, query).await?;
        self.respect_exchange_pause(&profile, server.endpoint.url()).await?;
        let method = self.exchange_method(&profile, &server).await;
        // A server that answered, and lets nobody in as the policy wants, is not searched for and trusted once more.
        if method.as_ref().map_or_else(|failure| failure.code == Code::NoCommonSignIn, |_| true) {
            self.remember_server(account, &server, method.as_ref().ok().copied(), query).await?;
        }
        Ok((server, method?))
    }

    async fn sign_in_with_password(
        &self,
        account: &Arc<SignedIn>,
        server: &Server,
        method: ExchangeMethod,
        query: &ExchangeQuery,
    ) -> Result<(), Failure> {
        let profile = account.profile();
        let user = login::user_at(&profile, query);
        let (password, turns) = self.password_for(&profile, server, query).await?;
        let (url, store, turns) = (server.endpoint.url(), account.cache()?, Arc::new(turns));
        let way = Way::Exchange {
            url: Some(url.to_string()),
            method: Some(method),
            user: Some(user.clone()),
            taken: turns.taken(),
        };
        let sign_in = PasswordSignIn {
            server: url,
            user: &user,
            password: password.clone(),
            method,
            turns: turns.clone(),
        };
        let engine = Engine::new(EngineParts {
            transport: sign_in.transport(self.environment())?,
            clock: self.environment().clock.clone(),
            store: store.clone(),
            pause: Some(self.exchange_pause(&profile, url)),
            source: Source::Ews { endpoint: server.endpoint.clone(), tokens: None },
        });
        let engine = Arc::new(engine.while_holds(self.standing(&profile, way.clone())));
        probe(&engine).await?;
        let shown = Shown { user, taken: turns.taken(), password };
        self.take_exchange(account, server, method, Some(shown)).await?;
        turns.keep();
        self.keep_probed(account, &store, engine, &way)
    }

    /// The connection that is signed in goes on: a second one would be a second sign-in.
    fn keep_probed(
        &self,
        account: &Arc<SignedIn>,
        store: &Arc<Store>,
        engine: Arc<Engine>,
        way: &Way,
    ) -> Result<(), Failure> {
        let profile = account.profile();
        if profile.way() == *way { self.keep_engine(&profile, store, engine) } else { Ok(()) }
    }

    /// The password that was entered, or the one that is kept.
    async fn password_for(
        &self,
        profile: &Profile,
        server: &Server,
        query: &ExchangeQuery,
    ) -> Result<(SecretString, Turns), Failure> {
        let environment = self.environment();
        let entered = query.password.clone().filter(|password| !password.expose_secret().is_empty());
        if let Some(entered) = entered {
            return Ok((entered, Turns::of_entered(environment, profile)));
        }
        let kept = self.known_password(profile, server, query.user.as_deref()).await?;
        let kept =
            kept.ok_or_else(|| Failure::new(Code::PasswordRequired).with_detail(server.endpoint.host()))?;
        Ok((kept, Turns::of_kept(environment, profile)))
    }

    /// Takes the server over once it took the token: that Entra gave one does not say so.
    pub(super) async fn take_with_token(
        &self,
        account: &Arc<SignedIn>,
        server: &Server,
    ) -> Result<(), Failure> {
        let (profile, store) = (account.profile(), account.cache()?);
        let parts = self.exchange_parts_with_token(&profile, server.endpoint.clone(), &store)?;
        let way = Way::Exchange {
            url: Some(server.endpoint.url().to_string()),
            method: Some(ExchangeMethod::Oauth),
            user: profile.exchange.as_ref().and_then(|known| known.user.clone()),
            taken: None,
        };
        let engine = Arc::new(Engine::new(parts).while_holds(self.standing(&profile, way.clone())));
        probe(&engine).await?;
        self.take_exchange(account, server, ExchangeMethod::Oauth, None).await?;
        self.keep_probed(account, &store, engine, &way)
    }

    /// The password in the keychain: neither one that was refused, nor for another server or name than those that it
    /// was taken for.
    async fn known_password(
        &self,
        profile: &Profile,
        server: &Server,
        user: Option<&str>,
    ) -> Result<Option<SecretString>, Failure> {
        let took_it = profile.exchange.as_ref().is_some_and(|known| {
            known.asks != Some(ExchangeAsk::Password)
                && known.url.as_deref() == Some(server.endpoint.url().as_str())
                && user.is_none_or(|user| known.taken.is_some() && known.user.as_deref() == Some(user))
        });
        if !took_it {
            return Ok(None);
        }
        let (app, profile) = (self.clone(), profile.clone());
        blocking(move || app.exchange_password(&profile)).await
    }
}

/// Asks the server for the mailbox, so that nothing is taken over before it took the sign-in.
async fn probe(engine: &Engine) -> Result<(), Failure> {
    engine.ask_exchange(Probe).await.map(drop).map_err(|error| failure::of_round(&error))
}
