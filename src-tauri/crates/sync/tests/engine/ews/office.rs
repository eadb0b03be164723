//! An Exchange server beside the world of the other tests: the same cache, clock and tokens.

use std::sync::Arc;

use convoke_ews::Endpoint;
use convoke_model::service::Service;
use convoke_store::Collection;
use convoke_sync::{Engine, ServiceReport, Source, SyncReport, SyncRequest, TokenSource};

use super::answers::{calendar, contact_folder, folders, last, probe, view};
use super::exchange::Exchange;
use crate::world::World;

pub struct Office {
    pub world: World,
    pub server: Arc<Exchange>,
    pub engine: Engine,
}

impl Office {
    /// The default calendar `CAL=` and the default contact folder `CON=`, both empty; the transport authenticates.
    pub fn new() -> Self {
        Self::beside(World::new(), false)
    }

    pub fn with_tokens() -> Self {
        Self::beside(World::new(), true)
    }

    /// On the cache of another world.
    pub fn beside(world: World, tokens: bool) -> Self {
        let server = Arc::new(Exchange::default());
        server.on("GetFolder", [probe()]);
        server
            .on("FindFolder", [folders(&[calendar("CAL=", "Calendar"), contact_folder("CON=", "Contacts")])]);
        server.on("SyncFolderItems", [last("empty", &[])]);
        server.on("FindItem", [view(&[], true)]);
        let tokens = tokens.then(|| Arc::clone(&world.tokens) as Arc<dyn TokenSource>);
        let engine = engine(&world, &server, tokens);
        Self { world, server, engine }
    }

    pub async fn calendar(&self) -> ServiceReport {
        self.engine.sync_calendar(self.world.days, false).await
    }

    pub async fn contacts(&self) -> ServiceReport {
        self.engine.sync_contacts(false).await
    }

    pub async fn both(&self) -> SyncReport {
        let (services, window) = (Service::ALL.to_vec(), self.world.days);
        self.engine.sync(&SyncRequest { services, full: false, window }).await
    }

    /// Syncs the calendars and expects no failure.
    pub async fn synced(&self) -> ServiceReport {
        complete(self.calendar().await)
    }

    /// Syncs the contacts and expects no failure.
    pub async fn synced_contacts(&self) -> ServiceReport {
        complete(self.contacts().await)
    }

    /// The stored cursor of a collection.
    pub fn cursor(&self, collection: Collection<'_>) -> Option<String> {
        self.world.store.reader().unwrap().cursor(collection).unwrap().and_then(|cursor| cursor.link)
    }

    /// `name address` of the attendees of a meeting.
    pub fn attendees(&self, id: &str) -> Vec<String> {
        let meeting = self.world.store.reader().unwrap().meeting(id).unwrap().unwrap();
        meeting.attendees.iter().map(|one| format!("{} {}", one.name, one.address)).collect()
    }
}

/// An engine as after a restart of the program.
pub fn engine(world: &World, server: &Arc<Exchange>, tokens: Option<Arc<dyn TokenSource>>) -> Engine {
    let endpoint = Endpoint::new("https://mail.test/EWS/Exchange.asmx").unwrap().with_anchor("ana@x.test");
    world.engine(Arc::clone(server) as _, Source::Ews { endpoint, tokens })
}

fn complete(report: ServiceReport) -> ServiceReport {
    assert!(report.is_complete(), "{:?}", report.errors);
    report
}
