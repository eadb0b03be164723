//! Counts, states, cursors and the change log.

use crate::error::StoreError;
use crate::rows::{CacheCounts, Change, Collection, Cursor};
use crate::store::Reader;
use crate::table::{
    calendar, change, contact, contact_folder, cursor, event, meta, occurrence, service_status,
};
use chrono::{DateTime, Utc};
use convoke_model::record::{CalendarRecord, ContactFolderRecord};
use convoke_model::service::{Service, ServiceStatus};

impl Reader<'_> {
    /// How much there is.
    ///
    /// # Errors
    /// Where the cache can't be read, as everywhere here.
    pub fn counts(&self) -> Result<CacheCounts, StoreError> {
        self.run(|connection| {
            Ok(CacheCounts {
                meetings: event::count_listed(connection)? as u64,
                contacts: contact::count(connection)? as u64,
                calendars: calendar::all(connection)?.len() as u64,
            })
        })
    }

    /// The calendars, in the server's order.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn calendars(&self) -> Result<Vec<CalendarRecord>, StoreError> {
        self.run(|connection| {
            Ok(calendar::all(connection)?.into_iter().map(|(_, calendar)| calendar).collect())
        })
    }

    /// The contact folders, without the default one.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn contact_folders(&self) -> Result<Vec<ContactFolderRecord>, StoreError> {
        self.run(|connection| {
            Ok(contact_folder::all(connection)?.into_iter().map(|(_, folder)| folder).collect())
        })
    }

    /// Where a collection's next round goes on; `None` before its first commit.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn cursor(&self, collection: Collection<'_>) -> Result<Option<Cursor>, StoreError> {
        self.run(|connection| cursor::get(connection, collection))
    }

    /// When the service's rows were last complete: the time of the collection that synced longest ago.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn as_of(&self, service: Service) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.run(|connection| cursor::as_of(connection, service))
    }

    /// Ids of a calendar's meetings, whenever they are; masters are none.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn meeting_ids(&self, calendar_id: &str) -> Result<Vec<String>, StoreError> {
        self.run(|connection| match calendar::key(connection, calendar_id)? {
            Some(key) => occurrence::ids(connection, key),
            None => Ok(Vec::new()),
        })
    }

    /// Ids of series whose occurrences are stored without their content, because their master has not come.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn masters_missing(&self, calendar_id: &str) -> Result<Vec<String>, StoreError> {
        self.run(|connection| match calendar::key(connection, calendar_id)? {
            Some(key) => event::masters_missing(connection, key),
            None => Ok(Vec::new()),
        })
    }

    /// The status of every service, in the order of [`Service::ALL`].
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn service_statuses(&self) -> Result<Vec<(Service, ServiceStatus)>, StoreError> {
        self.run(|connection| {
            Service::ALL
                .into_iter()
                .map(|service| Ok((service, service_status::get(connection, service)?)))
                .collect()
        })
    }

    /// A small value by its name.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.run(|connection| meta::get(connection, name))
    }

    /// What sync found changed since an instant, the latest first, at most `limit`.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn changes(&self, since: Option<DateTime<Utc>>, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.run(|connection| change::since(connection, since, limit))
    }
}
