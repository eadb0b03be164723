//! Table `event`.

use crate::error::StoreError;
use crate::hash::hash;
use crate::table::count_of;
use crate::time::Span;
use convoke_model::record::{EventContent, EventKind};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What is known of a stored event before its content is read.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub key: i64,
    pub calendar: i64,
    pub kind: EventKind,
    pub series: Option<i64>,
    pub span: Span,
    /// Of the content that it shows: its own, or its series' when it was written.
    pub digest: i64,
    /// Whether it has content of its own.
    pub own: bool,
}

/// What is written of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewEvent<'a> {
    pub id: &'a str,
    pub calendar: i64,
    pub kind: EventKind,
    pub series: Option<i64>,
    pub span: Span,
    pub digest: i64,
    pub content: Option<&'a str>,
}

const COLUMNS: &str = "key, calendar, kind, series, all_day, start, \"end\", digest, content IS NOT NULL";

pub(crate) fn find(connection: &Connection, id: &str) -> Result<Option<Stored>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM event WHERE id_hash = ?1 AND id = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params![hash(id.as_bytes()), id], stored).optional()?)
}

pub(crate) fn get(connection: &Connection, key: i64) -> Result<Option<Stored>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE key = ?1"))?;
    Ok(statement.query_row([key], stored).optional()?)
}

pub(crate) fn insert(connection: &Connection, event: &NewEvent<'_>) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO event (id_hash, calendar, kind, series, all_day, start, \"end\", digest, id, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    Ok(statement.insert(params![
        hash(event.id.as_bytes()),
        event.calendar,
        kind_number(event.kind),
        event.series,
        event.span.all_day,
        event.span.start,
        event.span.end,
        event.digest,
        event.id,
        event.content,
    ])?)
}

pub(crate) fn update(connection: &Connection, key: i64, event: &NewEvent<'_>) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE event SET calendar = ?2, kind = ?3, series = ?4, all_day = ?5, start = ?6, \"end\" = ?7, digest = ?8,
         content = ?9 WHERE key = ?1",
    )?;
    statement.execute(params![
        key,
        event.calendar,
        kind_number(event.kind),
        event.series,
        event.span.all_day,
        event.span.start,
        event.span.end,
        event.digest,
        event.content,
    ])?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM event WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// The content that the event has of its own.
pub(crate) fn content(connection: &Connection, key: i64) -> Result<Option<EventContent>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT content FROM event WHERE key = ?1")?;
    let json: Option<Option<String>> = statement.query_row([key], |row| row.get(0)).optional()?;
    Ok(json.flatten().map(|json| serde_json::from_str(&json)).transpose()?)
}

pub(crate) fn id(connection: &Connection, key: i64) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM event WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Occurrences and exceptions of a series, with their ids.
pub(crate) fn children(connection: &Connection, series: i64) -> Result<Vec<(Stored, String)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, id FROM event WHERE series = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([series], |row| Ok((stored(row)?, row.get(9)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keys of all events of a calendar, masters included; read from the index alone.
pub(crate) fn keys(connection: &Connection, calendar: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM event WHERE calendar = ?1")?;
    let rows = statement.query_map([calendar], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn delete_calendar(connection: &Connection, calendar: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM event WHERE calendar = ?1", [calendar])?;
    Ok(())
}

/// How many are listed: all but masters. Read from the index alone.
pub(crate) fn count_listed(connection: &Connection) -> Result<usize, StoreError> {
    count_of(connection, "SELECT count(*) FROM event WHERE kind <> 3")
}

/// Ids of series that have slim occurrences, but whose master has not been read.
pub(crate) fn masters_missing(connection: &Connection, calendar: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM event AS master WHERE calendar = ?1 AND kind = 3 AND content IS NULL
         AND EXISTS (SELECT 1 FROM event AS child WHERE child.series = master.key AND child.content IS NULL)
         ORDER BY key",
    )?;
    let rows = statement.query_map([calendar], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes masters that were never read and that nothing refers to any more.
pub(crate) fn delete_idle_placeholders(connection: &Connection, calendar: i64) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM event WHERE calendar = ?1 AND kind = 3 AND content IS NULL
         AND NOT EXISTS (SELECT 1 FROM event AS child WHERE child.series = event.key)",
    )?;
    statement.execute([calendar])?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        key: row.get(0)?,
        calendar: row.get(1)?,
        kind: kind_of(row.get(2)?),
        series: row.get(3)?,
        span: Span { all_day: row.get(4)?, start: row.get(5)?, end: row.get(6)? },
        digest: row.get(7)?,
        own: row.get(8)?,
    })
}

fn kind_number(kind: EventKind) -> i64 {
    match kind {
        EventKind::Single => 0,
        EventKind::Occurrence => 1,
        EventKind::Exception => 2,
        EventKind::Master => 3,
    }
}

fn kind_of(number: i64) -> EventKind {
    match number {
        1 => EventKind::Occurrence,
        2 => EventKind::Exception,
        3 => EventKind::Master,
        _ => EventKind::Single,
    }
}
