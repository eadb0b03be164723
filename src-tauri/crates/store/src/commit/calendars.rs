//! The list of calendars.

use crate::error::StoreError;
use crate::rows::Collection;
use crate::store::Writer;
use crate::table::{calendar, cursor, event, occurrence, participant};
use convoke_model::record::CalendarRecord;
use convoke_model::service::Service;
use rusqlite::Connection;

impl Writer<'_> {
    /// Takes over the list of calendars, in the server's order. One that is not in it is deleted with its meetings
    /// and its cursor.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn put_calendars(&mut self, calendars: &[CalendarRecord]) -> Result<(), StoreError> {
        self.transact(|connection| {
            for (key, old) in calendar::all(connection)? {
                if !calendars.iter().any(|calendar| calendar.id == old.id) {
                    delete(connection, key, &old.id)?;
                }
            }
            for (position, record) in calendars.iter().enumerate() {
                calendar::put(connection, position, record)?;
            }
            Ok(())
        })
    }

    /// Gives a calendar the id that the server now knows it by; meetings and cursor stay. Answers whether there
    /// was one of the old id, and none of the new.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn rename_calendar(&mut self, old_id: &str, new_id: &str) -> Result<bool, StoreError> {
        self.transact(|connection| {
            if calendar::key(connection, new_id)?.is_some() || !calendar::rename(connection, old_id, new_id)?
            {
                return Ok(false);
            }
            cursor::rename(connection, Service::Calendar, old_id, new_id)?;
            Ok(true)
        })
    }
}

/// Deletes a calendar with everything in it.
pub(super) fn delete(connection: &Connection, key: i64, id: &str) -> Result<(), StoreError> {
    participant::delete_calendar(connection, key)?;
    occurrence::delete_calendar(connection, key)?;
    event::delete_calendar(connection, key)?;
    cursor::delete(connection, Collection::Calendar(id))?;
    calendar::delete(connection, key)
}
