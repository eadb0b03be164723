//! A server, a clock, a source of tokens, a cache, and the engine between them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use convoke_graph::Endpoint;
use convoke_model::service::Service;
use convoke_net::Transport;
use convoke_store::{AgendaQuery, CacheKey, Collection, Store};
use convoke_sync::{
    Engine, EngineParts, Secret, ServiceReport, Source, SyncReport, SyncRequest, TokenFailure, TokenSource,
    WindowDays,
};

use crate::answers::{last, list, named};
use crate::script::{HOST, Script};

/// Tokens `token-0`, `token-1`, … ; another one after each refusal.
#[derive(Default)]
pub struct Tokens {
    pub refusals: Mutex<Vec<Option<String>>>,
    pub given: AtomicUsize,
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(&self) -> Result<Secret, TokenFailure> {
        self.given.fetch_add(1, Ordering::SeqCst);
        Ok(Secret::new(format!("token-{}", self.refusals.lock().unwrap().len())))
    }

    async fn rejected(&self, claims: Option<String>) {
        self.refusals.lock().unwrap().push(claims);
    }
}

pub struct World {
    pub server: Arc<Script>,
    pub tokens: Arc<Tokens>,
    pub store: Arc<Store>,
    pub engine: Engine,
    now: Arc<Mutex<DateTime<Utc>>>,
    pub days: WindowDays,
    _dir: tempfile::TempDir,
}

/// The first delta request of a calendar.
pub fn delta_of(calendar: &str) -> String {
    format!("me/calendars/{calendar}/calendarView/delta")
}

fn engine(
    transport: Arc<dyn Transport>,
    source: Source,
    store: &Arc<Store>,
    now: &Arc<Mutex<DateTime<Utc>>>,
) -> Engine {
    let now = Arc::clone(now);
    let clock = Arc::new(move || *now.lock().unwrap());
    Engine::new(EngineParts { transport, clock, store: Arc::clone(store), pause: None, source })
}

impl World {
    /// Another engine on the same cache, at the same time.
    pub fn engine(&self, transport: Arc<dyn Transport>, source: Source) -> Engine {
        engine(transport, source, &self.store, &self.now)
    }

    /// One calendar `A` and the default contact folder, both empty; it is 2026-03-12.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(dir.path(), &CacheKey::new([7; 32])).unwrap();
        let store = Arc::new(store);
        let server = Arc::new(Script::default());
        let tokens = Arc::new(Tokens::default());
        let now = Arc::new(Mutex::new("2026-03-12T09:00:00Z".parse().unwrap()));
        let source = Source::Graph {
            endpoint: Endpoint::new(&format!("{HOST}/v1.0")).unwrap(),
            tokens: Arc::clone(&tokens) as _,
        };
        let engine = engine(Arc::clone(&server) as _, source, &store, &now);
        server.on("me/calendars", [list(&[named("A", "Calendar")])]);
        server.on(&delta_of("A"), [last(&[], "me/calendarView/delta?$deltatoken=0")]);
        server.on("me/contacts/delta", [last(&[], "me/contacts/delta?$deltatoken=0")]);
        server.on("me/contactFolders", [list(&[])]);
        Self { server, tokens, store, engine, now, days: WindowDays { past: 30, future: 30 }, _dir: dir }
    }

    pub fn later(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub async fn calendar(&self) -> ServiceReport {
        self.engine.sync_calendar(self.days, false).await
    }

    pub async fn contacts(&self) -> ServiceReport {
        self.engine.sync_contacts(false).await
    }

    pub async fn both(&self) -> SyncReport {
        let services = Service::ALL.to_vec();
        self.engine.sync(&SyncRequest { services, full: false, window: self.days }).await
    }

    /// Syncs the calendars and expects no failure.
    pub async fn synced(&self) -> ServiceReport {
        let report = self.calendar().await;
        assert!(report.is_complete(), "{:?}", report.errors);
        report
    }

    /// `id subject day` of every meeting.
    pub fn meetings(&self) -> Vec<String> {
        let days = |days| self.now().date_naive() + Duration::days(days);
        let at = |days| self.now() + Duration::days(days);
        let window = convoke_model::window::TimeWindow { start: at(-300), end: at(300) };
        let query =
            AgendaQuery { window, dates: (days(-300), days(300)), limit: 0, hidden_calendars: Vec::new() };
        let meetings = self.store.reader().unwrap().agenda(&query).unwrap();
        let mut lines: Vec<_> = meetings
            .iter()
            .map(|meeting| format!("{} {} {}", meeting.id, meeting.subject, meeting.start.format("%d")))
            .collect();
        lines.sort();
        lines
    }

    /// `id name folder` of every contact.
    pub fn people(&self) -> Vec<String> {
        let (_, contacts) = self.store.reader().unwrap().contacts_full("", 1000).unwrap();
        let folder = |contact: &convoke_model::contact::Contact| contact.folder.clone().unwrap_or_default();
        let mut lines: Vec<_> = contacts
            .iter()
            .map(|contact| format!("{} {} {}", contact.id, contact.name, folder(contact)))
            .collect();
        lines.sort();
        lines
    }

    /// The stored link of calendar `A`, without the host.
    pub fn link(&self) -> Option<String> {
        let cursor = self.store.reader().unwrap().cursor(Collection::Calendar("A")).unwrap();
        cursor
            .and_then(|cursor| cursor.link)
            .map(|link| link.trim_start_matches(&format!("{HOST}/v1.0/")).to_owned())
    }
}
