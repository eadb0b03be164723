//! The engine: one per account.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use convoke_graph::operation::{GetPhoto, PhotoOf, SearchUsers};
use convoke_model::clock::Clock;
use convoke_model::contact::Contact;
use convoke_model::photo::Photo;
use convoke_model::service::Service;
use convoke_net::Transport;
use convoke_store::{Counts, Store};

use crate::cache::Cache;
use crate::error::RoundError;
use crate::meter::Meter;
use crate::pause::Pause;
use crate::report::{ServiceReport, SyncReport};
use crate::route::{self, Route, Source};
use crate::standing::Standing;
use crate::window::WindowDays;
use crate::{calendar, contacts, ews};

/// What an engine works with.
pub struct EngineParts {
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The account's cache.
    pub store: Arc<Store>,
    /// The pause at an Exchange server that others share.
    pub pause: Option<Arc<dyn Pause>>,
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

impl Shared {
    /// For one sync: the limits are the same, what is read once per sync is new.
    fn begin(&self) -> Self {
        Self { route: self.route.begin(), ..self.clone() }
    }
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
        let route = Route::new(parts.source, parts.transport, Arc::clone(&parts.clock), parts.pause);
        let shared = Shared { route, cache: Cache::new(parts.store), clock: parts.clock };
        Self { shared, running: tokio::sync::Mutex::default() }
    }

    /// The same, which stores something as long as that holds.
    #[must_use]
    pub fn while_holds(mut self, standing: Arc<dyn Standing>) -> Self {
        self.shared.cache = self.shared.cache.while_holds(standing);
        self
    }

    /// One round of each collection of the services, calendars and contacts at once. Failures are in the report;
    /// what did not fail is committed.
    pub async fn sync(&self, request: &SyncRequest) -> SyncReport {
        let _running = self.running.lock().await;
        let shared = self.shared.begin();
        let wants = |service| request.services.contains(&service);
        let (calendar, contacts) = tokio::join!(
            async { if wants(Service::Calendar) { Some(calendar(&shared, request).await) } else { None } },
            async { if wants(Service::Contacts) { Some(contacts(&shared, request).await) } else { None } },
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
        calendar(&self.shared.begin(), &SyncRequest { services: Vec::new(), full, window }).await
    }

    /// One round of every contact folder.
    pub async fn sync_contacts(&self, full: bool) -> ServiceReport {
        let _running = self.running.lock().await;
        let window = WindowDays { past: 0, future: 0 };
        contacts(&self.shared.begin(), &SyncRequest { services: Vec::new(), full, window }).await
    }

    /// Asks Graph one operation outside any round, under the same limits.
    ///
    /// # Errors
    /// [`RoundError`] where there is no answer; [`RoundError::OtherProtocol`] where the mailbox is not Graph's.
    pub async fn ask<O: convoke_graph::Operation>(&self, operation: &O) -> Result<O::Response, RoundError> {
        match &self.shared.route {
            Route::Graph(mailbox) => mailbox.ask(operation, &Meter::default()).await,
            Route::Ews(_) => Err(RoundError::OtherProtocol),
        }
    }

    /// As [`Engine::ask`], for an Exchange server.
    ///
    /// # Errors
    /// [`RoundError`] where there is no answer; [`RoundError::OtherProtocol`] where the mailbox is Graph's.
    pub async fn ask_exchange<O>(&self, operation: O) -> Result<O::Response, RoundError>
    where
        O: convoke_ews::Operation + Send + Sync + 'static,
        O::Response: Send + 'static,
    {
        match &self.shared.route {
            Route::Graph(_) => Err(RoundError::OtherProtocol),
            Route::Ews(visit) => {
                visit.mailbox.ask(operation, &Meter::default()).await.map_err(RoundError::of_exchange)
            }
        }
    }

    /// At most `limit` people of the organization's directory for what was typed; nobody for a blank text.
    ///
    /// # Errors
    /// [`RoundError`] where there is no answer.
    pub async fn search_directory(&self, text: &str, limit: u16) -> Result<Vec<Contact>, RoundError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        match &self.shared.route {
            Route::Graph(_) => Ok(self.ask(&SearchUsers { text: text.to_owned(), limit }).await?.items),
            Route::Ews(visit) => ews::search(&visit.mailbox, &Meter::default(), text, limit).await,
        }
    }

    /// The photo of a person of the directory, by the id that [`Engine::search_directory`] gave or by mail address.
    /// `known` is the ETag of the photo that is already there.
    ///
    /// # Errors
    /// [`RoundError`] where there is no answer.
    pub async fn directory_photo(&self, person: &str, known: Option<String>) -> Result<Photo, RoundError> {
        match &self.shared.route {
            Route::Graph(_) => self.ask(&GetPhoto { of: PhotoOf::User(person.to_owned()), known }).await,
            Route::Ews(visit) => ews::find_photo(&visit.mailbox, &Meter::default(), person, known).await,
        }
    }
}

async fn calendar(shared: &Shared, request: &SyncRequest) -> ServiceReport {
    let (meter, start) = (Meter::default(), shared.clock.now());
    let outcome = calendar::sync(shared, &meter, request).await;
    report(shared, Service::Calendar, outcome, &meter, start).await
}

async fn contacts(shared: &Shared, request: &SyncRequest) -> ServiceReport {
    let (meter, start) = (Meter::default(), shared.clock.now());
    let outcome = contacts::sync(shared, &meter, request.full).await;
    report(shared, Service::Contacts, outcome, &meter, start).await
}

async fn report(
    shared: &Shared,
    service: Service,
    (counts, failures): (Counts, Vec<RoundError>),
    meter: &Meter,
    start: DateTime<Utc>,
) -> ServiceReport {
    let mut errors = Vec::new();
    for failure in failures {
        let error = route::told_apart(&shared.route, &shared.cache, service, failure).await;
        tracing::warn!(code = error.code(), "a round failed");
        errors.push(error);
    }
    let took = shared.clock.now() - start;
    ServiceReport::new(counts, errors, meter, u64::try_from(took.num_milliseconds()).unwrap_or_default())
}
