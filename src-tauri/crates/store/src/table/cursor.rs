//! Table `cursor`: where each collection's next round goes on.

use crate::error::StoreError;
use crate::rows::{Collection, Cursor};
use crate::time::instant;
use chrono::{DateTime, Utc};
use convoke_model::service::Service;
use convoke_model::window::TimeWindow;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn get(connection: &Connection, collection: Collection<'_>) -> Result<Option<Cursor>, StoreError> {
    let (service, id) = columns(collection);
    let mut statement = connection.prepare_cached(
        "SELECT link, window_start, window_end, at FROM cursor WHERE service = ?1 AND collection = ?2",
    )?;
    let cursor = statement.query_row([service, id], |row| {
        let bounds: (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
        Ok(Cursor {
            link: row.get(0)?,
            window: bounds
                .0
                .zip(bounds.1)
                .map(|(start, end)| TimeWindow { start: instant(start), end: instant(end) }),
            at: instant(row.get(3)?),
        })
    });
    Ok(cursor.optional()?)
}

pub(crate) fn put(
    connection: &Connection,
    collection: Collection<'_>,
    cursor: &Cursor,
) -> Result<(), StoreError> {
    let (service, id) = columns(collection);
    let bound = |pick: fn(&TimeWindow) -> DateTime<Utc>| {
        cursor.window.as_ref().map(|window| pick(window).timestamp_millis())
    };
    connection.execute(
        "INSERT OR REPLACE INTO cursor (service, collection, link, window_start, window_end, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            service,
            id,
            cursor.link,
            bound(|window| window.start),
            bound(|window| window.end),
            cursor.at.timestamp_millis()
        ],
    )?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, collection: Collection<'_>) -> Result<(), StoreError> {
    let (service, id) = columns(collection);
    connection.execute("DELETE FROM cursor WHERE service = ?1 AND collection = ?2", [service, id])?;
    Ok(())
}

pub(crate) fn rename(
    connection: &Connection,
    service: Service,
    old: &str,
    new: &str,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE OR REPLACE cursor SET collection = ?3 WHERE service = ?1 AND collection = ?2",
        [service.as_str(), old, new],
    )?;
    Ok(())
}

/// When the service was last complete: the time of the collection that synced longest ago.
pub(crate) fn as_of(connection: &Connection, service: Service) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT min(at) FROM cursor WHERE service = ?1")?;
    let at: Option<i64> = statement.query_row([service.as_str()], |row| row.get(0))?;
    Ok(at.map(instant))
}

fn columns(collection: Collection<'_>) -> (&'static str, &str) {
    match collection {
        Collection::Calendar(id) => (Service::Calendar.as_str(), id),
        Collection::Contacts(id) => (Service::Contacts.as_str(), id.unwrap_or_default()),
    }
}
