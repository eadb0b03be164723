//! A round while it is applied: what it has seen, counted and found changed.

use super::effective::Effective;
use super::{Counts, EventCommit};
use crate::error::StoreError;
use crate::table::event::{NewEvent, Stored};
use crate::table::occurrence::Place;
use crate::table::{event, occurrence, participant};
use crate::time::Span;
use convoke_model::record::{EventContent, EventKind, EventRecord};
use convoke_model::window::TimeWindow;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// A meeting to be listed, without its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub id: &'a str,
    pub kind: EventKind,
    pub series: Option<i64>,
    pub span: Span,
    /// Whether the content is its own; otherwise it is its series'.
    pub own: bool,
}

pub(super) struct Round<'a> {
    pub connection: &'a Connection,
    pub counts: Counts,
    calendar: i64,
    pub(super) commit: &'a EventCommit,
    /// The window of the round before; absent in the first one, which logs nothing.
    pub(super) previous: Option<TimeWindow>,
    seen: HashSet<i64>,
    /// What masters said before this round.
    old_masters: HashMap<i64, Option<EventContent>>,
}

impl<'a> Round<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        calendar: i64,
        commit: &'a EventCommit,
        previous: Option<TimeWindow>,
    ) -> Self {
        let (counts, seen, old_masters) = (Counts::default(), HashSet::new(), HashMap::new());
        Self { connection, counts, calendar, commit, previous, seen, old_masters }
    }

    /// Protects an event from [`Self::remove_unseen`].
    pub(super) fn keep(&mut self, key: i64) {
        self.seen.insert(key);
    }

    /// Removes an event of this calendar, a master with its series.
    pub(super) fn remove(&mut self, id: &str) -> Result<(), StoreError> {
        match event::find(self.connection, id)?.filter(|stored| stored.calendar == self.calendar) {
            Some(stored) => self.delete(&stored, id),
            None => Ok(()),
        }
    }

    /// Removes everything of this calendar that the round did not name.
    pub(super) fn remove_unseen(&mut self) -> Result<(), StoreError> {
        for key in event::keys(self.connection, self.calendar)? {
            if self.seen.contains(&key) {
                continue;
            }
            // A master before it may have taken it along.
            let (Some(stored), Some(id)) =
                (event::get(self.connection, key)?, event::id(self.connection, key)?)
            else {
                continue;
            };
            if stored.kind != EventKind::Master || !self.has_seen_child(key)? {
                self.delete(&stored, &id)?;
            }
        }
        Ok(())
    }

    fn has_seen_child(&self, series: i64) -> Result<bool, StoreError> {
        Ok(event::children(self.connection, series)?.iter().any(|(child, _)| self.seen.contains(&child.key)))
    }

    pub(super) fn delete(&mut self, stored: &Stored, id: &str) -> Result<(), StoreError> {
        if stored.kind == EventKind::Master {
            for (child, id) in event::children(self.connection, stored.key)? {
                self.delete(&child, &id)?;
            }
        } else {
            self.log_removed(stored, id)?;
            occurrence::delete(self.connection, stored.key, stored.span)?;
            self.counts.removed += 1;
        }
        self.forget_participants(stored)?;
        event::delete(self.connection, stored.key)
    }

    /// The key of a series; one that was never read gets a place to be filled later.
    pub(super) fn series_key(&mut self, id: &str) -> Result<i64, StoreError> {
        let key = match event::find(self.connection, id)? {
            Some(stored) => stored.key,
            None => {
                let span = Span { all_day: false, start: 0, end: 0 };
                let kind = EventKind::Master;
                let calendar = self.calendar;
                let new = NewEvent { id, calendar, kind, series: None, span, digest: 0, content: None };
                event::insert(self.connection, &new)?
            }
        };
        self.keep(key);
        Ok(key)
    }

    /// Writes a master, which is never listed; answers its key.
    pub(super) fn put_master(
        &mut self,
        master: &EventRecord,
        effective: &Effective,
    ) -> Result<i64, StoreError> {
        let new = NewEvent {
            id: &master.id,
            calendar: self.calendar,
            kind: EventKind::Master,
            series: None,
            span: master.when.into(),
            digest: effective.digest,
            content: Some(&effective.json),
        };
        let key = match event::find(self.connection, &master.id)? {
            None => self.insert(&new, effective)?,
            Some(stored) => {
                self.replace_master(&stored, &new, effective)?;
                stored.key
            }
        };
        self.keep(key);
        Ok(key)
    }

    fn replace_master(
        &mut self,
        stored: &Stored,
        new: &NewEvent<'_>,
        effective: &Effective,
    ) -> Result<(), StoreError> {
        if stored.kind != EventKind::Master {
            // A single meeting became a series.
            occurrence::delete(self.connection, stored.key, stored.span)?;
            self.counts.removed += 1;
        } else if stored.own
            && stored.digest == new.digest
            && stored.calendar == new.calendar
            && stored.span == new.span
        {
            return Ok(());
        }
        let old = event::content(self.connection, stored.key)?;
        self.replace(stored.key, old.as_ref(), new, effective)?;
        self.old_masters.entry(stored.key).or_insert(old);
        Ok(())
    }

    /// Writes a listed meeting.
    pub(super) fn put(&mut self, entry: &Entry<'_>, effective: &Effective) -> Result<(), StoreError> {
        let span = if effective.content.all_day { entry.span.as_all_day() } else { entry.span };
        let new = NewEvent {
            id: entry.id,
            calendar: self.calendar,
            kind: entry.kind,
            series: entry.series,
            span,
            digest: effective.digest,
            content: entry.own.then_some(effective.json.as_str()),
        };
        let key = match event::find(self.connection, entry.id)? {
            None => {
                let key = self.insert(&new, effective)?;
                self.counts.added += 1;
                // Where the series has not been read yet, there is nothing to say; the change is noted with it.
                if effective.is_known() {
                    self.log(entry.id, None, Some((&effective.content, span)))?;
                }
                key
            }
            Some(stored) if is_same(&stored, &new) => {
                self.keep(stored.key);
                return Ok(());
            }
            Some(stored) => {
                self.replace_listed(&stored, &new, effective)?;
                stored.key
            }
        };
        self.keep(key);
        let place =
            Place { key, id: entry.id, calendar: self.calendar, span, recurring: entry.series.is_some() };
        occurrence::insert(self.connection, &place, &effective.face)
    }

    fn replace_listed(
        &mut self,
        stored: &Stored,
        new: &NewEvent<'_>,
        effective: &Effective,
    ) -> Result<(), StoreError> {
        let own = event::content(self.connection, stored.key)?;
        if stored.kind == EventKind::Master {
            // A series became a single meeting.
            for (child, id) in event::children(self.connection, stored.key)? {
                self.delete(&child, &id)?;
            }
            self.counts.added += 1;
        } else {
            let before = self.content_before(stored, own.clone())?;
            self.log(
                new.id,
                before.as_ref().map(|content| (content, stored.span)),
                Some((&effective.content, new.span)),
            )?;
            occurrence::delete(self.connection, stored.key, stored.span)?;
            self.counts.updated += 1;
        }
        self.replace(stored.key, own.as_ref(), new, effective)
    }

    fn insert(&mut self, new: &NewEvent<'_>, effective: &Effective) -> Result<i64, StoreError> {
        let key = event::insert(self.connection, new)?;
        if new.content.is_some() {
            participant::insert(self.connection, key, &effective.content)?;
        }
        Ok(key)
    }

    fn replace(
        &mut self,
        key: i64,
        old: Option<&EventContent>,
        new: &NewEvent<'_>,
        effective: &Effective,
    ) -> Result<(), StoreError> {
        if let Some(old) = old {
            participant::delete(self.connection, key, old)?;
        }
        event::update(self.connection, key, new)?;
        if new.content.is_some() {
            participant::insert(self.connection, key, &effective.content)?;
        }
        Ok(())
    }

    fn forget_participants(&self, stored: &Stored) -> Result<(), StoreError> {
        if let Some(content) = event::content(self.connection, stored.key)? {
            participant::delete(self.connection, stored.key, &content)?;
        }
        Ok(())
    }

    /// What a stored meeting showed before this round: its own content, or what its series said then.
    pub(super) fn content_before(
        &self,
        stored: &Stored,
        own: Option<EventContent>,
    ) -> Result<Option<EventContent>, StoreError> {
        match (own, stored.series) {
            (Some(own), _) => Ok(Some(own)),
            (None, None) => Ok(None),
            (None, Some(series)) => match self.old_masters.get(&series) {
                Some(old) => Ok(old.clone()),
                None => event::content(self.connection, series),
            },
        }
    }
}

fn is_same(stored: &Stored, new: &NewEvent<'_>) -> bool {
    stored.calendar == new.calendar
        && stored.kind == new.kind
        && stored.series == new.series
        && stored.span == new.span
        && stored.digest == new.digest
        && stored.own == new.content.is_some()
}
