//! Table `calendar`.

use crate::error::StoreError;
use crate::table::column;
use convoke_model::meeting::CalendarRef;
use convoke_model::record::CalendarRecord;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

pub(crate) fn key(connection: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM calendar WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

pub(crate) fn put(
    connection: &Connection,
    position: usize,
    calendar: &CalendarRecord,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO calendar (id, position, name, colour, is_default, owner) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET position = ?2, name = ?3, colour = ?4, is_default = ?5, owner = ?6",
        params![
            calendar.id,
            column(position),
            calendar.name,
            calendar.colour,
            calendar.is_default,
            calendar.owner
        ],
    )?;
    Ok(())
}

pub(crate) fn rename(connection: &Connection, old: &str, new: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("UPDATE calendar SET id = ?2 WHERE id = ?1", [old, new])? > 0)
}

pub(crate) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM calendar WHERE key = ?1", [key])?;
    Ok(())
}

/// All of them with their keys, in the server's order.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(i64, CalendarRecord)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT key, id, name, colour, is_default, owner FROM calendar ORDER BY position, key",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, record(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a meeting says about its calendar, by key.
pub(crate) fn refs(connection: &Connection) -> Result<HashMap<i64, CalendarRef>, StoreError> {
    let reference = |(key, calendar): (i64, CalendarRecord)| {
        (key, CalendarRef { id: calendar.id, name: calendar.name, colour: calendar.colour })
    };
    Ok(all(connection)?.into_iter().map(reference).collect())
}

fn record(row: &Row<'_>) -> rusqlite::Result<CalendarRecord> {
    Ok(CalendarRecord {
        id: row.get("id")?,
        name: row.get("name")?,
        colour: row.get("colour")?,
        is_default: row.get("is_default")?,
        owner: row.get("owner")?,
    })
}
