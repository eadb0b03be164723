//! The folders of the mailbox, read once per sync for all its services.

use std::sync::Arc;

use convoke_ews::operation::{FindFolders, Folders, Probe};
use convoke_model::record::{CalendarRecord, ContactFolderRecord};
use tokio::sync::OnceCell;

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Pages of folders at most.
const MOST_PAGES: usize = 100;

/// Folders of a kind that are synced at most.
const MOST: usize = 300;

/// A mailbox during one sync.
#[derive(Clone)]
pub(crate) struct Visit {
    pub mailbox: Arc<Mailbox>,
    folders: Arc<OnceCell<Folders>>,
}

impl Visit {
    pub(crate) fn new(mailbox: Arc<Mailbox>) -> Self {
        Self { mailbox, folders: Arc::default() }
    }

    /// The calendars.
    pub(crate) async fn calendars(&self, meter: &Meter) -> Result<Vec<CalendarRecord>, RoundError> {
        Ok(self.folders(meter).await?.calendars.iter().take(MOST).cloned().collect())
    }

    /// The contact folders beside the default one.
    pub(crate) async fn contact_folders(
        &self,
        meter: &Meter,
    ) -> Result<Vec<ContactFolderRecord>, RoundError> {
        let named = self.folders(meter).await?.contact_folders.iter().filter(|folder| !folder.is_default);
        Ok(named.take(MOST).map(|folder| folder.record.clone()).collect())
    }

    async fn folders(&self, meter: &Meter) -> Result<&Folders, RoundError> {
        self.folders.get_or_try_init(|| read(&self.mailbox, meter)).await
    }
}

async fn read(mailbox: &Mailbox, meter: &Meter) -> Result<Folders, RoundError> {
    let known = mailbox.ask(Probe, meter).await?;
    let mut found = Vec::new();
    let mut offset = 0;
    for _ in 0..MOST_PAGES {
        let page = mailbox.ask(FindFolders { offset }, meter).await?;
        found.extend(page.folders);
        match page.next {
            Some(next) => offset = next,
            None => return Ok(Folders::of(&found, &known)),
        }
    }
    Err(RoundError::Endless)
}
