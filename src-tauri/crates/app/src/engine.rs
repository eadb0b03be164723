//! The engine of the account: over Graph, or at the mailbox's own Exchange server.

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::exchange::Exchange;
use crate::profile::{Profile, Way};
use crate::wire::exchange::{ExchangeAsk, ExchangeMethod};
use convoke_graph::Endpoint;
use convoke_policy::settings::Microsoft365;
use convoke_store::Store;
use convoke_sync::{Engine, EngineParts, Pause, Source, Standing};
use std::path::PathBuf;
use std::sync::Arc;
use url::Url;

/// The engine in use, and what it was made for.
pub struct KeptEngine {
    key: String,
    granted: Vec<String>,
    microsoft: Microsoft365,
    exchange: Option<Exchange>,
    store: Arc<Store>,
    engine: Arc<Engine>,
}

impl KeptEngine {
    fn serves(&self, profile: &Profile, microsoft: &Microsoft365, store: &Arc<Store>) -> bool {
        self.key == profile.key
            && self.granted == profile.granted
            && self.microsoft == *microsoft
            && self.exchange == profile.exchange
            && Arc::ptr_eq(&self.store, store)
    }
}

/// The way to the mailbox that a profile named, as long as the file still names it.
struct OfProfile {
    data: PathBuf,
    key: String,
    way: Way,
}

impl Standing for OfProfile {
    /// What can't be read holds up nothing.
    fn holds(&self) -> bool {
        let written = Profile::read(&self.data);
        written.map_or(true, |now| now.is_some_and(|now| now.key == self.key && now.way() == self.way))
    }
}

impl App {
    /// The engine of the account. It is kept, because it knows how long a server asked to be left alone, and whether it
    /// refused a password.
    pub(crate) async fn engine(&self, profile: &Profile, store: &Arc<Store>) -> Result<Arc<Engine>, Failure> {
        let _one_at_a_time = self.inner.engine_making.lock().await;
        if let Some(url) = profile.exchange_url().and_then(|url| Url::parse(url).ok()) {
            self.respect_exchange_pause(profile, &url).await?;
        }
        let microsoft = self.policy().microsoft365.clone();
        if let Some(engine) = self.kept_engine(profile, &microsoft, store) {
            return Ok(engine);
        }
        let parts = match profile.exchange.as_ref().filter(|exchange| exchange.in_use) {
            Some(exchange) => self.exchange_parts(profile, exchange, store).await?,
            None => EngineParts {
                transport: self.environment().transport.clone(),
                clock: self.environment().clock.clone(),
                store: store.clone(),
                pause: None,
                source: Source::Graph {
                    endpoint: self.graph_endpoint()?,
                    tokens: self.token_source(profile)?,
                },
            },
        };
        let engine = Arc::new(Engine::new(parts).while_holds(self.standing(profile, profile.way())));
        self.keep_engine(profile, store, engine.clone())?;
        Ok(engine)
    }

    /// Whether the account's mailbox is still reached that way, for an engine to ask.
    pub(crate) fn standing(&self, profile: &Profile, way: Way) -> Arc<dyn Standing> {
        Arc::new(OfProfile { data: self.environment().folders.data.clone(), key: profile.key.clone(), way })
    }

    fn kept_engine(
        &self,
        profile: &Profile,
        microsoft: &Microsoft365,
        store: &Arc<Store>,
    ) -> Option<Arc<Engine>> {
        let known = self.inner.lock(&self.inner.engine);
        let kept = known.as_ref().filter(|kept| kept.serves(profile, microsoft, store));
        kept.map(|kept| kept.engine.clone())
    }

    /// Keeps an engine that was made for this profile.
    pub(crate) fn keep_engine(
        &self,
        profile: &Profile,
        store: &Arc<Store>,
        engine: Arc<Engine>,
    ) -> Result<(), Failure> {
        *self.inner.lock(&self.inner.engine) = Some(KeptEngine {
            key: profile.key.clone(),
            granted: profile.granted.clone(),
            microsoft: self.policy().microsoft365.clone(),
            exchange: profile.exchange.clone(),
            store: store.clone(),
            engine,
        });
        Ok(())
    }

    async fn exchange_parts(
        &self,
        profile: &Profile,
        exchange: &Exchange,
        store: &Arc<Store>,
    ) -> Result<EngineParts, Failure> {
        // A password that was refused is not sent again, by no start and no round.
        if exchange.asks == Some(ExchangeAsk::Password) {
            return Err(Failure::new(Code::PasswordRequired));
        }
        let url = exchange.url.as_deref().unwrap_or_default();
        let endpoint = convoke_ews::Endpoint::new(url)
            .map_err(|error| Failure::new(Code::ExchangeNotFound).with_detail(error.to_string()))?
            .with_anchor(&profile.account.username);
        let method = exchange.method.unwrap_or(ExchangeMethod::Ntlm);
        if method == ExchangeMethod::Oauth {
            return self.exchange_parts_with_token(profile, endpoint, store);
        }
        let (app, of) = (self.clone(), profile.clone());
        let password = blocking(move || app.exchange_password(&of)).await?;
        let password = password.ok_or_else(|| Failure::new(Code::PasswordRequired))?;
        let environment = self.environment();
        let transport = crate::exchange::transport(environment, profile, endpoint.url(), method, password)?;
        let (clock, store) = (environment.clock.clone(), store.clone());
        let pause: Option<Arc<dyn Pause>> = Some(self.exchange_pause(profile, endpoint.url()));
        Ok(EngineParts { transport, clock, store, pause, source: Source::Ews { endpoint, tokens: None } })
    }

    /// What asks an Exchange server with the organization's tokens.
    pub(crate) fn exchange_parts_with_token(
        &self,
        profile: &Profile,
        endpoint: convoke_ews::Endpoint,
        store: &Arc<Store>,
    ) -> Result<EngineParts, Failure> {
        let tokens = self.tokens_for(profile, &[endpoint.scope()])?;
        let environment = self.environment();
        Ok(EngineParts {
            transport: environment.transport.clone(),
            clock: environment.clock.clone(),
            store: store.clone(),
            pause: Some(self.exchange_pause(profile, endpoint.url())),
            source: Source::Ews { endpoint, tokens: Some(tokens) },
        })
    }

    /// Where Graph is asked.
    fn graph_endpoint(&self) -> Result<Endpoint, Failure> {
        let policy = self.policy();
        let endpoints = policy.microsoft365.endpoints.as_ref();
        endpoints
            .and_then(|endpoints| Endpoint::new(endpoints.graph.as_str()).ok())
            .ok_or_else(|| Failure::new(Code::NotConfigured))
    }
}
