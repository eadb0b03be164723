//! One round of one calendar: the order of its steps.

use super::effective::Effective;
use super::round::{Entry, Round};
use super::{CommitMode, Counts, EventCommit};
use crate::error::StoreError;
use crate::rows::{Collection, Cursor};
use crate::store::Writer;
use crate::table::{calendar, change, cursor, event};
use convoke_model::record::{EventKind, EventRecord, SeriesDelta};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

impl Writer<'_> {
    /// Commits a reconciled round of a calendar: meetings, change log and cursor together, or nothing.
    /// Committing the same again changes nothing.
    ///
    /// - An id in `removed` that the calendar does not hold means nothing; a master's takes its series along.
    /// - A series of the round has exactly the occurrences and exceptions that the round names.
    /// - An occurrence of an all-day series is all-day.
    /// - [`CommitMode::Full`] deletes what the round does not name.
    /// - The first round of a calendar writes no change log: everything would be new.
    ///
    /// # Errors
    /// [`StoreError::UnknownCalendar`] before [`Writer::put_calendars`]; otherwise where nothing could be written.
    /// The cache is then as before.
    pub fn commit_events(&mut self, commit: &EventCommit) -> Result<Counts, StoreError> {
        self.transact(|connection| apply(connection, commit))
    }
}

fn apply(connection: &Connection, commit: &EventCommit) -> Result<Counts, StoreError> {
    let calendar = calendar::key(connection, &commit.calendar_id)?.ok_or(StoreError::UnknownCalendar)?;
    let collection = Collection::Calendar(&commit.calendar_id);
    let previous = cursor::get(connection, collection)?;
    let mut round = Round::new(connection, calendar, commit, previous.and_then(|cursor| cursor.window));
    let delta = &commit.reconciled;
    for id in &delta.removed {
        round.remove(id)?;
    }
    let exceptions = ids_by_series(&delta.events);
    for series in &delta.series {
        put_series(&mut round, series, exceptions.get(series.master.id.as_str()))?;
    }
    for record in &delta.events {
        put_full(&mut round, record)?;
    }
    for master in &delta.masters {
        put_lone_master(&mut round, master)?;
    }
    for (id, series_id, when) in &delta.orphans {
        let series = round.series_key(series_id)?;
        let effective = match event::content(connection, series)? {
            Some(content) => Effective::new(content)?,
            None => Effective::default(),
        };
        let kind = EventKind::Occurrence;
        round.put(&Entry { id, kind, series: Some(series), span: (*when).into(), own: false }, &effective)?;
    }
    if commit.mode == CommitMode::Full {
        round.remove_unseen()?;
    }
    event::delete_idle_placeholders(connection, calendar)?;
    change::prune(connection)?;
    let next = Cursor { link: commit.cursor.clone(), window: Some(commit.window), at: commit.at };
    cursor::put(connection, collection, &next)?;
    Ok(round.counts)
}

fn ids_by_series(events: &[EventRecord]) -> HashMap<&str, HashSet<&str>> {
    let mut ids: HashMap<&str, HashSet<&str>> = HashMap::new();
    for event in events {
        if let Some(series) = &event.series_id {
            ids.entry(series).or_default().insert(&event.id);
        }
    }
    ids
}

/// A master with its whole set of slim occurrences; the exceptions follow, and are only kept from deletion here.
fn put_series(
    round: &mut Round<'_>,
    series: &SeriesDelta,
    exceptions: Option<&HashSet<&str>>,
) -> Result<(), StoreError> {
    let effective = Effective::new(series.master.content.clone())?;
    let key = round.put_master(&series.master, &effective)?;
    let slim: HashSet<&str> = series.occurrences.iter().map(|(id, _)| id.as_str()).collect();
    let kept = |id: &str| slim.contains(id) || exceptions.is_some_and(|ids| ids.contains(id));
    for (child, id) in event::children(round.connection, key)? {
        if !kept(&id) {
            round.delete(&child, &id)?;
        }
    }
    let kind = EventKind::Occurrence;
    for (id, when) in &series.occurrences {
        round.put(&Entry { id, kind, series: Some(key), span: (*when).into(), own: false }, &effective)?;
    }
    Ok(())
}

fn put_full(round: &mut Round<'_>, record: &EventRecord) -> Result<(), StoreError> {
    let effective = Effective::new(record.content.clone())?;
    if record.kind == EventKind::Master {
        round.put_master(record, &effective)?;
        return Ok(());
    }
    let series = record.series_id.as_deref().map(|id| round.series_key(id)).transpose()?;
    round.put(
        &Entry { id: &record.id, kind: record.kind, series, span: record.when.into(), own: true },
        &effective,
    )
}

/// A master that was read for occurrences which lacked theirs: they take its content.
fn put_lone_master(round: &mut Round<'_>, master: &EventRecord) -> Result<(), StoreError> {
    let effective = Effective::new(master.content.clone())?;
    let key = round.put_master(master, &effective)?;
    for (child, id) in event::children(round.connection, key)? {
        if child.own {
            round.keep(child.key);
            continue;
        }
        let entry = Entry { id: &id, kind: child.kind, series: child.series, span: child.span, own: false };
        round.put(&entry, &effective)?;
    }
    Ok(())
}
