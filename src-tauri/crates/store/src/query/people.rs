//! Meetings with one person.

use super::row::meeting_row;
use crate::error::StoreError;
use crate::rows::{MeetingRow, MeetingsWith};
use crate::store::Reader;
use crate::table::{calendar, event, occurrence, participant};
use crate::time::Span;
use chrono::{DateTime, Utc};
use rusqlite::Connection;

impl Reader<'_> {
    /// Past and coming meetings that the address organizes or is invited to, at most `limit` of each.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn meetings_with(
        &self,
        address: &str,
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<MeetingsWith, StoreError> {
        self.run(|connection| {
            let mut found = participant::meetings(connection, address)?;
            found.sort_by_key(|(key, span)| (span.start, span.end, *key));
            let now = now.timestamp_millis();
            let (past, next): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, span)| span.end <= now);
            Ok(MeetingsWith {
                past: rows(connection, address, past.into_iter().rev(), limit)?,
                next: rows(connection, address, next.into_iter(), limit)?,
            })
        })
    }
}

fn rows(
    connection: &Connection,
    address: &str,
    found: impl Iterator<Item = (i64, Span)>,
    limit: usize,
) -> Result<Vec<MeetingRow>, StoreError> {
    let calendars = calendar::refs(connection)?;
    let mut rows = Vec::new();
    for (key, span) in found {
        if rows.len() == limit {
            break;
        }
        if really_with(connection, address, key)?
            && let Some(listed) = occurrence::get(connection, key, span)?
        {
            rows.push(meeting_row(listed, &calendars)?);
        }
    }
    Ok(rows)
}

/// Two addresses can share a hash: the content decides.
fn really_with(connection: &Connection, address: &str, key: i64) -> Result<bool, StoreError> {
    let content = match event::content(connection, key)? {
        Some(content) => Some(content),
        None => match event::get(connection, key)?.and_then(|stored| stored.series) {
            Some(series) => event::content(connection, series)?,
            None => None,
        },
    };
    Ok(content.is_some_and(|content| participant::takes_part(&content, address)))
}
