//! Meetings: filling, opening, lists.

use super::Figures;
use crate::error::BenchError;
use chrono::{DateTime, Days, TimeDelta, Utc};
use convoke_model::meeting::{Attendee, AttendeeKind, Person, Response};
use convoke_model::record::{
    CalendarRecord, EventContent, EventDelta, EventKind, EventRecord, SeriesDelta, When,
};
use convoke_model::window::TimeWindow;
use convoke_store::{AgendaQuery, CacheKey, CommitMode, EventCommit, Store};
use std::path::Path;

/// Length of a server's id.
const ID: usize = 152;
const YEARS: i64 = 3;

fn first_day() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn content(number: usize) -> EventContent {
    let person = |number: usize| Person {
        name: format!("Person Number {}", number % 500),
        address: format!("person{}@contoso.example", number % 500),
    };
    let attendee = |at: usize| {
        let Person { name, address } = person(number * 7 + at);
        Attendee { name, address, kind: AttendeeKind::Required, response: Response::Accepted }
    };
    EventContent {
        subject: format!("Review of project {number} with the other team"),
        organizer: Some(person(number)),
        attendees: (0..6).map(attendee).collect(),
        location: Some("Building 5, room 12".to_owned()),
        join_url: Some(format!("https://teams.microsoft.com/l/meetup-join/{number:0>120}")),
        join_provider: Some("teams".to_owned()),
        preview: Some("What we said last time, what we do next, and who. ".repeat(4)),
        ..EventContent::default()
    }
}

fn when(number: usize, all: usize) -> When {
    let minutes = YEARS * 365 * 24 * 60;
    let start = first_day() + TimeDelta::minutes(number as i64 * 7919 % all as i64 * minutes / all as i64);
    When::Timed { start, end: start + TimeDelta::minutes(45) }
}

fn record(kind: EventKind, number: usize, all: usize) -> EventRecord {
    let id = format!("{kind:?}{number:0>ID$}");
    EventRecord { id, series_id: None, kind, when: when(number, all), content: content(number) }
}

/// A fifth single, the rest occurrences of series of forty.
fn delta(all: usize) -> EventDelta {
    let singles = all / 5;
    let series = |number: usize| SeriesDelta {
        master: record(EventKind::Master, number, all),
        occurrences: (0..40)
            .map(|at| {
                (format!("occurrence{:0>ID$}", number * 40 + at), when(singles + number * 40 + at, all))
            })
            .collect(),
    };
    EventDelta {
        events: (0..singles).map(|number| record(EventKind::Single, number, all)).collect(),
        series: (0..(all - singles) / 40).map(series).collect(),
        ..EventDelta::default()
    }
}

/// Commits a calendar of so many occurrences, twice, and then a round without changes.
///
/// # Errors
/// When the cache fails.
pub fn fill(figures: &mut Figures, store: &Store, all: usize) -> Result<(), BenchError> {
    let calendar = CalendarRecord {
        id: "work".to_owned(),
        name: "Work".to_owned(),
        colour: None,
        is_default: true,
        owner: None,
    };
    store.writer()?.put_calendars(&[calendar])?;
    let window = TimeWindow { start: first_day(), end: first_day() + TimeDelta::days(YEARS * 365) };
    let commit = EventCommit {
        calendar_id: "work".to_owned(),
        window,
        mode: CommitMode::Full,
        reconciled: delta(all),
        cursor: Some("link".to_owned()),
        at: first_day(),
    };
    for name in ["events: first commit", "events: same commit again"] {
        figures.take(name, 1, |_| Ok(store.writer()?.commit_events(&commit)?))?;
    }
    let nothing = EventCommit { mode: CommitMode::Incremental, reconciled: EventDelta::default(), ..commit };
    figures.take("events: commit without changes", 20, |_| Ok(store.writer()?.commit_events(&nothing)?))
}

fn days(first: i64, count: i64, limit: usize) -> AgendaQuery {
    let start = first_day() + TimeDelta::days(first);
    let end = start + TimeDelta::days(count);
    let dates = (start.date_naive(), end.date_naive() - Days::new(1));
    AgendaQuery { window: TimeWindow { start, end }, dates, limit, hidden_calendars: Vec::new() }
}

/// Opens the cache as a start does.
///
/// # Errors
/// When the cache fails.
pub fn open_and_first_rows(figures: &mut Figures, dir: &Path, key: &CacheKey) -> Result<(), BenchError> {
    figures.take("open, key, first 50 rows", 15, |_| {
        let (store, _) = Store::open(dir, key)?;
        Ok(store.reader()?.agenda_rows(&days(600, 7, 50))?)
    })
}

/// Reads what the window shows.
///
/// # Errors
/// When the cache fails.
pub fn lists(figures: &mut Figures, store: &Store) -> Result<(), BenchError> {
    for (name, count, limit) in
        [("first 50 rows of a week", 7, 50), ("one day", 1, 0), ("one week", 7, 0), ("one month", 30, 0)]
    {
        let first = |turn: usize| (turn as i64 * 37) % 1000;
        figures
            .take(name, 200, |turn| Ok(store.reader()?.agenda_rows(&days(first(turn), count, limit))?))?;
    }
    figures.take("one week, whole meetings", 30, |turn| {
        Ok(store.reader()?.agenda(&days(turn as i64 * 31, 7, 0))?)
    })?;
    figures.take("next", 50, |turn| {
        Ok(store.reader()?.next(first_day() + TimeDelta::days(turn as i64 * 20))?)
    })?;
    let now = first_day() + TimeDelta::days(500);
    figures.take("meetings with a person", 50, |turn| {
        Ok(store.reader()?.meetings_with(&format!("person{turn}@contoso.example"), now, 10)?)
    })?;
    figures.take("counts", 10, |_| Ok(store.reader()?.counts()?))
}
