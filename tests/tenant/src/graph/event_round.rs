//! What a delta round of a calendar's window holds.
//!
//! Sources: "event: delta" and what clients reported: a date that is taken out of a series is not removed, the series
//! is sent again without it; what changed outside the window is removed even if it was never sent.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::book::Entry;
use super::quirks::Quirk;
use crate::state::TenantState;
use crate::world::MailboxData;
use crate::world::event::{Event, Instance, Shape};
use crate::world::series::Series;

/// Ids outside the window that a first round removes.
const UNKNOWN_REMOVED: usize = 5;

/// A window of a calendar, since a version.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The mailbox.
    pub mailbox: &'a MailboxData,
    /// The calendar's number.
    pub calendar: u64,
    /// First instant and first instant after the window.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// The version of the round before; absent in a first round.
    pub since: Option<u64>,
}

/// The round's entries in the order in which they are sent.
pub fn entries(state: &TenantState, asked: Asked<'_>) -> Vec<Entry> {
    let events = asked.mailbox.events.values().filter(|event| event.calendar == asked.calendar);
    let wipe = asked.since.is_some() && state.has(Quirk::RemovedEverything);
    let mut entries: Vec<Entry> = if wipe {
        events.filter(|event| event.gone.is_none()).flat_map(|event| removal(asked, event)).collect()
    } else {
        events.flat_map(|event| of_event(asked, event)).collect()
    };
    if asked.since.is_none() && state.has(Quirk::UnknownRemoved) {
        entries.extend(unknown(asked));
    }
    if state.has(Quirk::ShuffledOrder) {
        entries.sort_by_cached_key(mark);
    }
    if state.has(Quirk::RepeatedIds) { repeated(entries) } else { entries }
}

/// Whether something takes place within the window. The server judges by the instants it stored, of whole days too.
#[must_use]
pub fn in_window(instance: &Instance<'_>, window: (DateTime<Utc>, DateTime<Utc>)) -> bool {
    let (start, end) = instance.instants();
    start < window.1 && (end > window.0 || (start == end && start >= window.0))
}

/// All of an event that takes place within the window.
#[must_use]
pub fn instances<'a>(event: &'a Event, window: (DateTime<Utc>, DateTime<Utc>)) -> Vec<Instance<'a>> {
    let near = event.instances_near(window.0.date_naive(), window.1.date_naive());
    near.into_iter().filter(|instance| in_window(instance, window)).collect()
}

fn of_event(asked: Asked<'_>, event: &Event) -> Vec<Entry> {
    let since = asked.since.unwrap_or(0);
    if let Some(gone) = event.gone {
        let unseen = asked.since.is_none();
        return if gone > since && !unseen { removal(asked, event) } else { Vec::new() };
    }
    match &event.shape {
        Shape::Single(_) if event.changed > since => single(asked, event),
        Shape::Single(_) => Vec::new(),
        Shape::Series(_) if event.changed > since => whole_series(asked, event),
        Shape::Series(series) => changed_dates(asked, event, series, since),
    }
}

fn single(asked: Asked<'_>, event: &Event) -> Vec<Entry> {
    match (instances(event, asked.window).is_empty(), asked.since) {
        (false, _) => vec![Entry::Event(event.key)],
        (true, Some(_)) => vec![Entry::EventGone(event.key, None)],
        (true, None) => Vec::new(),
    }
}

/// The master with all its dates in the window. A master that had dates before is sent even when it has none left.
fn whole_series(asked: Asked<'_>, event: &Event) -> Vec<Entry> {
    let dates: Vec<Entry> = instances(event, asked.window).iter().filter_map(date_entry).collect();
    match (dates.is_empty(), asked.since) {
        (true, None) => Vec::new(),
        (true, Some(since)) if event.created > since => vec![Entry::EventGone(event.key, None)],
        _ => std::iter::once(Entry::Event(event.key)).chain(dates).collect(),
    }
}

/// Changed dates come alone for half of the series, with the whole series for the other half.
fn changed_dates(asked: Asked<'_>, event: &Event, series: &Series, since: u64) -> Vec<Entry> {
    let changed: Vec<NaiveDate> = series
        .exceptions
        .iter()
        .filter(|(_, exception)| exception.changed > since)
        .map(|(date, _)| *date)
        .collect();
    if !changed.is_empty() && event.key.is_multiple_of(2) {
        return whole_series(asked, event);
    }
    let entry = |date: &NaiveDate| {
        let there = event.instance_on(*date).is_some_and(|instance| in_window(&instance, asked.window));
        if there { Entry::Date(event.key, *date) } else { Entry::EventGone(event.key, Some(*date)) }
    };
    changed.iter().map(entry).collect()
}

/// Half of the deleted series are removed with all their dates, the others by their master alone.
fn removal(asked: Asked<'_>, event: &Event) -> Vec<Entry> {
    let mut entries = vec![Entry::EventGone(event.key, None)];
    if event.series().is_some() && event.key.is_multiple_of(2) {
        let instances = instances(event, asked.window);
        entries.extend(instances.iter().map(|instance| Entry::EventGone(event.key, instance.date)));
    }
    entries
}

fn date_entry(instance: &Instance<'_>) -> Option<Entry> {
    instance.date.map(|date| Entry::Date(instance.event.key, date))
}

/// Removals that mean nothing: what lies outside the window, and an id that never was.
fn unknown(asked: Asked<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = asked
        .mailbox
        .live_events()
        .filter(|event| event.calendar == asked.calendar && event.series().is_none())
        .filter(|event| instances(event, asked.window).is_empty())
        .take(UNKNOWN_REMOVED)
        .map(|event| Entry::EventGone(event.key, None))
        .collect();
    entries.push(Entry::EventGone(u64::MAX - asked.calendar, None));
    entries
}

/// A number that looks like chance and is always the same.
fn mark(entry: &Entry) -> u32 {
    let digest = Sha256::digest(format!("{entry:?}"));
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

/// Sends some entries again at the end; single events had older content the first time.
fn repeated(entries: Vec<Entry>) -> Vec<Entry> {
    let mut again = Vec::new();
    let mut sent: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let chosen = mark(&entry).is_multiple_of(37);
        match entry {
            Entry::Event(key) if chosen => sent.push(Entry::Stale(key)),
            _ => sent.push(entry),
        }
        if chosen {
            again.push(entry);
        }
    }
    sent.extend(again);
    sent
}
