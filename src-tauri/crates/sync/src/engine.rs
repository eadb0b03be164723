//! The engine: one per account.

use std::collections::BTreeMap;
use std::sync::Arc;

use convoke_graph::Operation;
use convoke_model::clock::Clock;
use convoke_model::service::Service;
use convoke_net::Transport;
use convoke_store::{Counts, Store};

use crate::cache::Cache;
use crate::error::RoundError;
use crate::meter::Meter;
use crate::report::{ServiceReport, SyncReport};
use crate::route::{Route, Source};
use crate::window::WindowDays;
use crate::{calendar, contacts};

/// What an engine works with.
pub struct EngineParts {
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The account's cache.
    pub store: Arc<Store>,
    /// Where the mailbox is. Once it is elsewhere, a new engine on the same cache takes it over.
    pub source: Source,
}

/// What to sync.
#[derive(Clone, Debug)]
pub struct SyncRequest {
    /// Which services; the directory has nothing to sync and is passed over.
    pub services: Vec<Service>,
    /// Read everything anew, whatever the cursors say.
    pub full: bool,
    /// Which days of the calendars.
    pub window: WindowDays,
}

/// What all rounds share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub route: Route,
    pub cache: Cache,
    pub clock: Arc<dyn Clock>,
}

/// Syncs one account. Cheap to keep; share it in an `Arc`.
pub struct Engine {
    shared: Shared,
    /// One sync at a time: a second one waits, and then finds little to do.
    running: tokio::sync::Mutex<()>,
}

impl Engine {
    /// An engine; asks nothing yet.
    #[must_use]
    pub fn new(parts: EngineParts) -> Self {
        let route = Route::new(parts.source, parts.transport, Arc::clone(&parts.clock));
        let shared = Shared { route, cache: Cache::new(parts.store), clock: parts.clock };
        Self { shared, running: tokio::sync::Mutex::default() }
    }

    /// One round of each collection of the services, calendars and contacts at once. Failures are in the report;
    /// what did not fail is committed.
    pub async fn sync(&self, request: &SyncRequest) -> SyncReport {
        let _running = self.running.lock().await;
        let wants = |service| request.services.contains(&service);
        let (calendar, contacts) = tokio::join!(
            async { if wants(Service::Calendar) { Some(self.calendar(request).await) } else { None } },
            async { if wants(Service::Contacts) { Some(self.contacts(request).await) } else { None } },
        );
        let services: BTreeMap<_, _> = [(Service::Calendar, calendar), (Service::Contacts, contacts)]
            .into_iter()
            .filter_map(|(service, report)| Some((service, report?)))
            .collect();
        let synced: Vec<Service> = services.keys().copied().collect();
        let as_of = self.shared.cache.read(move |reader| {
            let times: Result<Vec<_>, _> = synced.into_iter().map(|service| reader.as_of(service)).collect();
            Ok(times?.into_iter().flatten().min())
        });
        SyncReport { services, as_of: as_of.await.unwrap_or_default() }
    }

    /// One round of every calendar.
    pub async fn sync_calendar(&self, window: WindowDays, full: bool) -> ServiceReport {
        let _running = self.running.lock().await;
        self.calendar(&SyncRequest { services: Vec::new(), full, window }).await
    }

    /// One round of every contact folder.
    pub async fn sync_contacts(&self, full: bool) -> ServiceReport {
        let _running = self.running.lock().await;
        self.contacts(&SyncRequest { services: Vec::new(), full, window: WindowDays { past: 0, future: 0 } })
            .await
    }

    /// Asks one operation outside any round (directory search, photos, the user), under the same limits.
    ///
    /// # Errors
    /// [`RoundError`] where there is no answer.
    pub async fn ask<O: Operation>(&self, operation: &O) -> Result<O::Response, RoundError> {
        match &self.shared.route {
            Route::Graph(mailbox) => mailbox.ask(operation, &Meter::default()).await,
        }
    }

    async fn calendar(&self, request: &SyncRequest) -> ServiceReport {
        let meter = Meter::default();
        let start = self.shared.clock.now();
        let outcome = calendar::sync(&self.shared, &meter, request).await;
        self.report(outcome, &meter, start)
    }

    async fn contacts(&self, request: &SyncRequest) -> ServiceReport {
        let meter = Meter::default();
        let start = self.shared.clock.now();
        let outcome = contacts::sync(&self.shared, &meter, request.full).await;
        self.report(outcome, &meter, start)
    }

    fn report(
        &self,
        (counts, errors): (Counts, Vec<RoundError>),
        meter: &Meter,
        start: chrono::DateTime<chrono::Utc>,
    ) -> ServiceReport {
        for error in &errors {
            tracing::warn!(code = error.code(), "a round failed");
        }
        let took = self.shared.clock.now() - start;
        ServiceReport::new(counts, errors, meter, u64::try_from(took.num_milliseconds()).unwrap_or_default())
    }
}
