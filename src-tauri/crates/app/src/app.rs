//! The running program: its policy, account, browser leg and synchronization, and who listens.

use crate::account::SignedIn;
use crate::code::{Code, Failure};
use crate::directory::LastLookUp;
use crate::engine::KeptEngine;
use crate::environment::Environment;
use crate::failure;
use crate::flow::Leg;
use crate::profile::Profile;
use crate::settings::Settings;
use crate::sync_round::Progress;
use crate::tokens::Sessions;
use crate::wire::row::{AppEvent, Changed};
use crate::wire::snapshot::Federation;
use chrono::{DateTime, Utc};
use convoke_policy::{Effective, Watched};
use convoke_store::Store;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::broadcast;

/// The running program. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub environment: Environment,
    pub policy: RwLock<Arc<Effective>>,
    pub account: RwLock<Option<Arc<SignedIn>>>,
    pub settings: Mutex<Settings>,
    pub leg: Mutex<Leg>,
    pub progress: Mutex<Progress>,
    pub sessions: Sessions,
    pub directory: LastLookUp,
    pub federation: Mutex<Option<Federation>>,
    pub watched: Mutex<Watched>,
    pub policy_read_at: Mutex<DateTime<Utc>>,
    /// Wakes who waits by the policy's figures.
    pub policy_changed: tokio::sync::Notify,
    /// When an Exchange server was searched for last, with nobody asking.
    pub searched: Mutex<Option<DateTime<Utc>>>,
    /// One engine is made at a time: a second one would sign in a second time.
    pub engine_making: tokio::sync::Mutex<()>,
    pub engine: Mutex<Option<KeptEngine>>,
    /// One round at a time: a second request waits for the first and then has little to do.
    pub round: tokio::sync::Mutex<()>,
    pub telling: Mutex<()>,
    events: broadcast::Sender<AppEvent>,
}

/// How many events a slow listener may lag behind before it must ask for the whole state again.
const EVENT_BACKLOG: usize = 64;

impl App {
    /// Opens the program: policy, settings, who is signed in, their cache. Blocks for the keychain and the
    /// disk; no network.
    ///
    /// # Errors
    /// When the policy may not be used at all as it was asked for (an override on a managed machine).
    pub fn open(environment: Environment) -> Result<Self, Failure> {
        let reading = crate::policy_source::reading(&environment);
        let watched = Watched::new(reading.map_err(|error| crate::policy_source::not_taken(&error))?);
        let (policy, read_at) = (watched.in_force().clone(), environment.clock.now());
        let account = match Profile::read(&environment.folders.data) {
            Ok(profile) => profile.map(|profile| Arc::new(SignedIn::open(&environment, profile))),
            Err(error) => {
                tracing::warn!(%error, "account file not read");
                None
            }
        };
        let settings = Settings::read(&environment.folders.config);
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        Ok(Self {
            inner: Arc::new(Inner {
                environment,
                policy: RwLock::new(Arc::new(policy)),
                account: RwLock::new(account),
                settings: Mutex::new(settings),
                leg: Mutex::new(Leg::default()),
                progress: Mutex::new(Progress::default()),
                sessions: Sessions::default(),
                directory: LastLookUp::default(),
                federation: Mutex::default(),
                watched: Mutex::new(watched),
                policy_read_at: Mutex::new(read_at),
                policy_changed: tokio::sync::Notify::new(),
                searched: Mutex::default(),
                engine_making: tokio::sync::Mutex::new(()),
                engine: Mutex::default(),
                round: tokio::sync::Mutex::new(()),
                telling: Mutex::new(()),
                events,
            }),
        })
    }

    /// Lets go of the cache and waits, for two seconds at the most, until nobody works with it any more. Call it
    /// before the process ends: OpenSSL frees its state then, and a thread in mid-query would meet it freed.
    pub async fn close(&self) {
        let cache =
            self.known_account().and_then(|account| account.cache().ok()).map(|cache| Arc::downgrade(&cache));
        self.set_account(None);
        self.inner.sessions.forget();
        *self.inner.lock(&self.inner.engine) = None;
        let gone = async {
            while cache.as_ref().is_some_and(|cache| cache.strong_count() > 0) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(2), gone).await;
        tracing::debug!(in_time = in_time.is_ok(), "closed");
    }

    /// Listens to what changes.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<AppEvent> {
        self.inner.events.subscribe()
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> Arc<Effective> {
        self.inner.policy.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    /// The account in use: who signed in, as long as the policy permits them.
    pub(crate) fn account(&self) -> Option<Arc<SignedIn>> {
        self.known_account().filter(|_| self.account_refused().is_none())
    }

    /// Who signed in, permitted or not.
    pub(crate) fn known_account(&self) -> Option<Arc<SignedIn>> {
        self.inner.account.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_account(&self, account: Option<Arc<SignedIn>>) {
        *self.inner.account.write().unwrap_or_else(PoisonError::into_inner) = account;
    }

    pub(crate) fn signed_in(&self) -> Result<Arc<SignedIn>, Failure> {
        self.account().ok_or_else(|| match self.account_refused() {
            // A policy that can't be used permits nobody; that is what has to be mended.
            Some(refused) => {
                crate::policy_source::sign_in_refused(&self.policy_for_sign_in()).unwrap_or(refused)
            }
            None => Failure::new(Code::SignInRequired),
        })
    }

    /// Reads from the cache on a blocking thread.
    pub(crate) async fn with_cache<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, convoke_store::StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let account = self.signed_in()?;
        blocking(move || {
            let cache = account.cache()?;
            read(&cache).map_err(|error| failure::of_store(&error))
        })
        .await
    }

    /// Tells the window the state, on a blocking thread: it reads the cache.
    pub(crate) fn announce(&self) {
        // Without listeners (`convokectl`) nobody needs the state.
        if self.inner.events.receiver_count() == 0 {
            return;
        }
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            // One after the other: what is told last is what was read last.
            let _one_at_a_time = app.inner.lock(&app.inner.telling);
            let snapshot = Box::new(app.snapshot_now());
            let _ = app.inner.events.send(AppEvent::Snapshot { snapshot });
        });
    }

    pub(crate) fn announce_rows(&self, what: Changed) {
        let _ = self.inner.events.send(AppEvent::CacheChanged { what });
    }
}

impl Inner {
    pub fn lock<'a, T>(&self, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs blocking work without holding up the runtime.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))?
}
