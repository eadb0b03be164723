//! The meeting list of some days.

use super::meeting::Assembler;
use super::row::meeting_row;
use crate::error::StoreError;
use crate::rows::{AgendaQuery, MeetingRow};
use crate::store::Reader;
use crate::table::calendar;
use crate::table::occurrence::{self, Listed};
use crate::time::{Span, instant, midnight};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use convoke_model::meeting::{Meeting, Response};
use rusqlite::Connection;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// The lines of the list, by start, end and id.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn agenda_rows(&self, query: &AgendaQuery) -> Result<Vec<MeetingRow>, StoreError> {
        self.run(|connection| {
            let calendars = calendar::refs(connection)?;
            find(connection, query)?.into_iter().map(|listed| meeting_row(listed, &calendars)).collect()
        })
    }

    /// The meetings themselves, by start, end and id.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn agenda(&self, query: &AgendaQuery) -> Result<Vec<Meeting>, StoreError> {
        self.run(|connection| {
            let mut assembler = Assembler::new(connection)?;
            find(connection, query)?
                .into_iter()
                .map(|listed| assembler.meeting(listed.key, listed.id))
                .collect()
        })
    }

    /// The local days on which meetings lie; `day_of` says on which local day an instant lies.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn days_with_meetings(
        &self,
        query: &AgendaQuery,
        day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
    ) -> Result<BTreeSet<NaiveDate>, StoreError> {
        let found = self.run(|connection| find(connection, query))?;
        let mut days = BTreeSet::new();
        for listed in found {
            let (first, last) = local_days(listed.span, &day_of);
            let (mut day, last) = (first.max(query.dates.0), last.min(query.dates.1));
            while day <= last {
                days.insert(day);
                let Some(next) = day.checked_add_days(Days::new(1)) else {
                    break;
                };
                day = next;
            }
        }
        Ok(days)
    }

    /// The meeting that runs (of several, the one that began last), otherwise the one that comes next. All-day,
    /// cancelled and declined ones don't count. `None` where the cache knows of none.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn next(&self, now: DateTime<Utc>) -> Result<Option<Meeting>, StoreError> {
        self.run(|connection| {
            let now = now.timestamp_millis();
            let mut best: Option<Listed> = None;
            for class in occurrence::classes() {
                occurrence::scan(connection, class, now, i64::MAX, |listed| {
                    let running = listed.span.start <= now;
                    let over = running && listed.span.end <= now;
                    if over || !calls_for_attention(&listed) {
                        return true;
                    }
                    if best.as_ref().is_none_or(|best| is_nearer(&listed, best, now)) {
                        best = Some(listed);
                    }
                    running
                })?;
            }
            best.map(|listed| Assembler::new(connection)?.meeting(listed.key, listed.id)).transpose()
        })
    }
}

fn calls_for_attention(listed: &Listed) -> bool {
    !listed.span.all_day && !listed.cancelled() && listed.face.response != Response::Declined
}

fn is_nearer(left: &Listed, right: &Listed, now: i64) -> bool {
    let key = |listed: &Listed| {
        let running = listed.span.start <= now;
        let distance = if running { now - listed.span.start } else { listed.span.start.saturating_sub(now) };
        (!running, distance, listed.span.end)
    };
    (key(left), &left.id) < (key(right), &right.id)
}

/// Rows of the query in order; cut at the limit.
fn find(connection: &Connection, query: &AgendaQuery) -> Result<Vec<Listed>, StoreError> {
    let hidden: BTreeSet<i64> = calendar::all(connection)?
        .into_iter()
        .filter(|(_, calendar)| query.hidden_calendars.contains(&calendar.id))
        .map(|(key, _)| key)
        .collect();
    let (first, after) = (midnight(query.dates.0), midnight(query.dates.1).saturating_add(DAY));
    let from = first.min(query.window.start.timestamp_millis());
    let to = after.max(query.window.end.timestamp_millis());
    let mut found: Vec<Listed> = Vec::new();
    for class in occurrence::classes() {
        let before = found.len();
        occurrence::scan(connection, class, from, to, |listed| {
            // Beyond the limit only rows at the very same time still matter: their ids decide.
            let full = query.limit > 0 && found.len() - before >= query.limit;
            if full
                && found.last().is_some_and(|last| {
                    (last.span.start, last.span.end) != (listed.span.start, listed.span.end)
                })
            {
                return false;
            }
            if !hidden.contains(&listed.calendar) && touches(query, listed.span) {
                found.push(listed);
            }
            true
        })?;
    }
    found.sort_by(|left, right| {
        (left.span.start, left.span.end, &left.id).cmp(&(right.span.start, right.span.end, &right.id))
    });
    if query.limit > 0 {
        found.truncate(query.limit);
    }
    Ok(found)
}

const DAY: i64 = 86_400_000;

/// All-day meetings by dates, timed ones by instants. An empty span counts as its start.
fn touches(query: &AgendaQuery, span: Span) -> bool {
    if !span.all_day {
        return query.window.intersects(instant(span.start), instant(span.end.max(span.start)));
    }
    let end = span.end.max(span.start.saturating_add(DAY));
    span.start <= midnight(query.dates.1) && end > midnight(query.dates.0)
}

/// First and last local day of a meeting.
fn local_days(span: Span, day_of: &impl Fn(DateTime<Utc>) -> NaiveDate) -> (NaiveDate, NaiveDate) {
    let end = span.end.max(span.start);
    let last = if end > span.start { instant(end) - TimeDelta::milliseconds(1) } else { instant(end) };
    if span.all_day {
        return (instant(span.start).date_naive(), last.date_naive());
    }
    (day_of(instant(span.start)), day_of(last))
}
