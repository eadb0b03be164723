//! One meeting whole: its own place in time, its own content or its series'.

use super::row::Calendars;
use crate::error::StoreError;
use crate::store::Reader;
use crate::table::{calendar, event};
use crate::time::instant;
use convoke_model::meeting::{AttendeeKind, Meeting};
use convoke_model::record::{EventContent, EventKind};
use rusqlite::Connection;
use std::collections::HashMap;
use std::rc::Rc;

impl Reader<'_> {
    /// The meeting of an id; `None` where it is not known, or is a series master.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn meeting(&self, id: &str) -> Result<Option<Meeting>, StoreError> {
        self.run(|connection| match event::find(connection, id)? {
            Some(stored) if stored.kind != EventKind::Master => {
                Assembler::new(connection)?.meeting(stored.key, id.to_owned()).map(Some)
            }
            _ => Ok(None),
        })
    }

    /// The content of a meeting, its own or its series'.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn event_content(&self, id: &str) -> Result<Option<EventContent>, StoreError> {
        self.run(|connection| {
            let Some(stored) = event::find(connection, id)? else { return Ok(None) };
            match (event::content(connection, stored.key)?, stored.series) {
                (None, Some(series)) => event::content(connection, series),
                (own, _) => Ok(own),
            }
        })
    }
}

/// What is known of a series: its id, and its content where it has been read.
type Series = (String, Option<Rc<EventContent>>);

/// Puts meetings together; reads each series once.
pub(super) struct Assembler<'a> {
    connection: &'a Connection,
    calendars: Calendars,
    series: HashMap<i64, Rc<Series>>,
}

impl<'a> Assembler<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        Ok(Self { connection, calendars: calendar::refs(connection)?, series: HashMap::new() })
    }

    pub(super) fn meeting(&mut self, key: i64, id: String) -> Result<Meeting, StoreError> {
        let stored = event::get(self.connection, key)?.ok_or(StoreError::Content)?;
        let series = stored.series.map(|series| self.series(series)).transpose()?;
        let content = match event::content(self.connection, key)? {
            Some(own) => own,
            // A series that has not been read yet: its occurrence is shown by its time.
            None => series.as_ref().and_then(|series| series.1.as_deref().cloned()).unwrap_or_default(),
        };
        let (start_date, end_date) = stored.span.dates();
        let rooms = content.attendees.iter().filter(|attendee| attendee.kind == AttendeeKind::Resource);
        Ok(Meeting {
            id,
            series_id: series.map(|series| series.0.clone()),
            start: instant(stored.span.start),
            end: instant(stored.span.end),
            start_date,
            end_date,
            all_day: stored.span.all_day,
            rooms: rooms.map(|room| room.name.clone()).collect(),
            calendar: self.calendars.get(&stored.calendar).cloned().ok_or(StoreError::Content)?,
            subject: content.subject,
            time_zone: content.time_zone,
            show_as: content.show_as,
            sensitivity: content.sensitivity,
            is_organizer: content.is_organizer,
            organizer: content.organizer,
            response: content.response,
            cancelled: content.cancelled,
            location: content.location,
            attendees: content.attendees,
            join_url: content.join_url,
            join_provider: content.join_provider,
            online_meeting_id: content.online_meeting_id,
            passcode: content.passcode,
            dial_in: content.dial_in,
            web_link: content.web_link,
            preview: content.preview,
            source: content.source,
        })
    }

    fn series(&mut self, key: i64) -> Result<Rc<Series>, StoreError> {
        if let Some(known) = self.series.get(&key) {
            return Ok(Rc::clone(known));
        }
        let id = event::id(self.connection, key)?.ok_or(StoreError::Content)?;
        let series = Rc::new((id, event::content(self.connection, key)?.map(Rc::new)));
        self.series.insert(key, Rc::clone(&series));
        Ok(series)
    }
}
