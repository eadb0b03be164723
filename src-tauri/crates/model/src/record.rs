//! What a server said, normalized: the records that `graph` and `ews` produce and `sync` and `store` take.

use crate::contact::Contact;
use crate::meeting::{Attendee, AttendeeKind, MeetingSource, Person, Response, Sensitivity, ShowAs};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A calendar of the mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRecord {
    /// The server's id (not immutable: it has been seen to change).
    pub id: String,
    /// Display name.
    pub name: String,
    /// `#rrggbb` where the server names one.
    pub colour: Option<String>,
    /// Whether it is the mailbox's default calendar.
    pub is_default: bool,
    /// The owner's address, which differs from the user's for shared calendars.
    pub owner: Option<String>,
}

/// When something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// Two instants, end exclusive.
    Timed {
        /// Start.
        start: DateTime<Utc>,
        /// End.
        end: DateTime<Utc>,
    },
    /// Floating dates, end exclusive.
    AllDay {
        /// First day.
        start: NaiveDate,
        /// Day after the last.
        end: NaiveDate,
    },
}

impl When {
    /// Start as an instant; all-day: midnight UTC.
    #[must_use]
    pub fn start(&self) -> DateTime<Utc> {
        match self {
            Self::Timed { start, .. } => *start,
            Self::AllDay { start, .. } => start.and_time(chrono::NaiveTime::MIN).and_utc(),
        }
    }

    /// End as an instant, exclusive; all-day: midnight UTC.
    #[must_use]
    pub fn end(&self) -> DateTime<Utc> {
        match self {
            Self::Timed { end, .. } => *end,
            Self::AllDay { end, .. } => end.and_time(chrono::NaiveTime::MIN).and_utc(),
        }
    }

    /// The same span as dates, for an occurrence whose master turns out to be all-day.
    #[must_use]
    pub fn as_all_day(&self) -> Self {
        Self::AllDay { start: self.start().date_naive(), end: self.end().date_naive() }
    }
}

/// Everything of an event but its id and time: what a slim occurrence takes from its master.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventContent {
    /// Subject; empty where there is none.
    pub subject: String,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// See [`crate::meeting::Meeting::time_zone`].
    pub time_zone: Option<String>,
    /// Availability.
    pub show_as: ShowAs,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Whether the owner organizes it.
    pub is_organizer: bool,
    /// Organizer.
    pub organizer: Option<Person>,
    /// The owner's answer.
    pub response: Response,
    /// Cancelled by its organizer.
    pub cancelled: bool,
    /// Place; absent when empty.
    pub location: Option<String>,
    /// Attendees, resources included.
    pub attendees: Vec<Attendee>,
    /// Join link, see [`crate::meeting::Meeting::join_url`].
    pub join_url: Option<String>,
    /// Provider of the join link.
    pub join_provider: Option<String>,
    /// Provider's number of the meeting.
    pub online_meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// Numbers to dial.
    pub dial_in: Vec<String>,
    /// Outlook on the web.
    pub web_link: Option<String>,
    /// Plain preview; absent when empty.
    pub preview: Option<String>,
    /// Protocol.
    pub source: MeetingSource,
}

impl EventContent {
    /// How many people take part: the organizer and everybody invited. Rooms are places, and an organizer who also
    /// stands among the attendees, as Exchange does it, is one person.
    #[must_use]
    pub fn people(&self) -> usize {
        let organizer = self.organizer.as_ref().map(|person| person.address.to_lowercase());
        let is_organizer = |attendee: &Attendee| {
            organizer.as_ref().is_some_and(|address| *address == attendee.address.to_lowercase())
        };
        let invited =
            self.attendees.iter().filter(|one| one.kind != AttendeeKind::Resource && !is_organizer(one));
        invited.count() + usize::from(organizer.is_some())
    }
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// Stands alone.
    Single,
    /// One date of a series, as the series says.
    Occurrence,
    /// One date of a series, changed.
    Exception,
    /// The series itself; never listed.
    Master,
}

/// An event with all its properties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRecord {
    /// Immutable id.
    pub id: String,
    /// Master's id, for occurrences and exceptions.
    pub series_id: Option<String>,
    /// What it is.
    pub kind: EventKind,
    /// When it takes place (a master: its first date).
    pub when: When,
    /// The rest.
    pub content: EventContent,
}

/// One entry of a round of changes of a calendar, in the server's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventChange {
    /// Gone, or never known: then it means nothing.
    Removed {
        /// Immutable id.
        id: String,
    },
    /// A slim occurrence: its content is the master's. Times read as UTC; all-day if the master is.
    Slim {
        /// Immutable id.
        id: String,
        /// Master's id.
        series_id: String,
        /// Start and end as sent.
        when: When,
    },
    /// A full event.
    Full(Box<EventRecord>),
}

/// One entry of a round of changes of a contact folder, in the server's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactChange {
    /// Gone, or never known.
    Removed {
        /// Immutable id.
        id: String,
    },
    /// New or changed.
    Present(Box<Contact>),
}

/// A contact folder of the mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFolderRecord {
    /// The server's id.
    pub id: String,
    /// Display name.
    pub name: String,
}

/// What a reconciled round asks the cache to hold. Sync builds it; the cache applies it whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventDelta {
    /// Ids that are gone; an id that the calendar does not hold means nothing.
    pub removed: Vec<String>,
    /// Full events that are listed: singles, exceptions and occurrences sent in full.
    pub events: Vec<EventRecord>,
    /// Series whose master came in the round: their whole set of occurrences and exceptions is what this
    /// delta names (here, or in `events` with the master's id as `series_id`).
    pub series: Vec<SeriesDelta>,
    /// Masters read one by one for occurrences that lacked theirs: content only, the set of occurrences stays.
    pub masters: Vec<EventRecord>,
    /// Slim occurrences `(id, series id, when)` whose master did not come in the round.
    pub orphans: Vec<(String, String, When)>,
}

/// A series as a round of changes gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesDelta {
    /// The master, kind [`EventKind::Master`].
    pub master: EventRecord,
    /// Slim occurrences `(id, when)`; exceptions are in [`EventDelta::events`].
    pub occurrences: Vec<(String, When)>,
}
