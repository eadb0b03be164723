//! Table `participant`: in which events an address takes part.

use crate::error::StoreError;
use crate::hash::hash;
use crate::time::Span;
use convoke_model::meeting::AttendeeKind;
use convoke_model::record::EventContent;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Notes everybody who organizes or is invited, rooms left out.
pub(crate) fn insert(connection: &Connection, event: i64, content: &EventContent) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("INSERT OR IGNORE INTO participant (address, event) VALUES (?1, ?2)")?;
    for address in addresses(content) {
        statement.execute([address, event])?;
    }
    Ok(())
}

/// Forgets those of the content that the event had.
pub(crate) fn delete(connection: &Connection, event: i64, content: &EventContent) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("DELETE FROM participant WHERE address = ?1 AND event = ?2")?;
    for address in addresses(content) {
        statement.execute([address, event])?;
    }
    Ok(())
}

pub(crate) fn delete_calendar(connection: &Connection, calendar: i64) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM participant WHERE event IN (SELECT key FROM event WHERE calendar = ?1)",
        [calendar],
    )?;
    Ok(())
}

/// Meetings that may be with the address (its hash says so), by key and time.
pub(crate) fn meetings(connection: &Connection, address: &str) -> Result<Vec<(i64, Span)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT event.key, event.all_day, event.start, event.\"end\" FROM participant
           JOIN event ON event.key = participant.event
          WHERE participant.address = ?1 AND event.kind <> 3
         UNION ALL
         SELECT child.key, child.all_day, child.start, child.\"end\" FROM participant
           JOIN event AS master ON master.key = participant.event AND master.kind = 3
           JOIN event AS child ON child.series = master.key AND child.content IS NULL
          WHERE participant.address = ?1",
    )?;
    let rows = statement.query_map(params![address_hash(address)], |row| {
        Ok((row.get(0)?, Span { all_day: row.get(1)?, start: row.get(2)?, end: row.get(3)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the address really takes part.
pub(crate) fn takes_part(content: &EventContent, address: &str) -> bool {
    let same = |other: &str| other.to_lowercase() == address.to_lowercase();
    content.organizer.as_ref().is_some_and(|person| same(&person.address))
        || content.attendees.iter().any(|attendee| same(&attendee.address))
}

fn addresses(content: &EventContent) -> BTreeSet<i64> {
    let people = content.attendees.iter().filter(|attendee| attendee.kind != AttendeeKind::Resource);
    let invited = people.map(|attendee| attendee.address.as_str());
    let organizer = content.organizer.iter().map(|person| person.address.as_str());
    invited.chain(organizer).filter(|address| !address.is_empty()).map(address_hash).collect()
}

fn address_hash(address: &str) -> i64 {
    hash(address.to_lowercase().as_bytes())
}
