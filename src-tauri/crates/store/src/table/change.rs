//! Table `change`: what sync found changed.

use crate::error::StoreError;
use crate::rows::{Change, ChangeKind, ChangeSide};
use crate::table::column;
use crate::time::instant;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

/// How many are kept.
const KEPT: i64 = 5_000;

pub(crate) fn insert(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let side = |side: &Option<ChangeSide>| side.as_ref().map(serde_json::to_string).transpose();
    let mut statement = connection.prepare_cached(
        "INSERT INTO change (at, kind, meeting_id, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![
        change.at.timestamp_millis(),
        kind_text(change.kind),
        change.meeting_id,
        side(&change.before)?,
        side(&change.after)?,
    ])?;
    Ok(())
}

/// Drops all but the latest.
pub(crate) fn prune(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM change WHERE key <= (SELECT max(key) FROM change) - ?1", [KEPT])?;
    Ok(())
}

pub(crate) fn delete_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM change", [])?;
    Ok(())
}

/// The latest first; `since` included.
pub(crate) fn since(
    connection: &Connection,
    since: Option<DateTime<Utc>>,
    limit: usize,
) -> Result<Vec<Change>, StoreError> {
    let from = since.map_or(i64::MIN, |since| since.timestamp_millis());
    let mut statement = connection.prepare_cached(
        "SELECT at, kind, meeting_id, before, after FROM change WHERE at >= ?1 ORDER BY key DESC LIMIT ?2",
    )?;
    let mut rows = statement.query(params![from, column(limit)])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(change(row)?);
    }
    Ok(changes)
}

fn change(row: &Row<'_>) -> Result<Change, StoreError> {
    let side = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    let kind: String = row.get(1)?;
    Ok(Change {
        kind: kind_of(&kind).ok_or(StoreError::Content)?,
        meeting_id: row.get(2)?,
        at: instant(row.get(0)?),
        before: side(row.get(3)?)?,
        after: side(row.get(4)?)?,
    })
}

const KINDS: [(ChangeKind, &str); 6] = [
    (ChangeKind::New, "new"),
    (ChangeKind::Moved, "moved"),
    (ChangeKind::Cancelled, "cancelled"),
    (ChangeKind::Room, "room"),
    (ChangeKind::Link, "link"),
    (ChangeKind::Removed, "removed"),
];

fn kind_text(kind: ChangeKind) -> &'static str {
    KINDS.iter().find(|(other, _)| *other == kind).map_or("new", |(_, text)| text)
}

fn kind_of(text: &str) -> Option<ChangeKind> {
    KINDS.iter().find(|(_, other)| *other == text).map(|(kind, _)| *kind)
}
