//! Rows of lists, as narrow as the list needs them.

use super::snapshot::Snapshot;
use chrono::{DateTime, NaiveDate, Utc};
use convoke_model::meeting::{Response, Sensitivity, ShowAs};
use serde::Serialize;
use ts_rs::TS;

/// Meetings of a span of days, in order.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Agenda {
    /// The rows.
    pub rows: Vec<MeetingRow>,
}

/// The first answer to the window: state and rows at once, so that one round trip paints.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Start {
    /// The state.
    pub snapshot: Snapshot,
    /// Meetings from yesterday on: as many as fill a window.
    pub agenda: Agenda,
    /// The last day that they are of, at most two weeks ahead.
    pub to: NaiveDate,
}

/// A meeting in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeetingRow {
    /// Id.
    pub id: String,
    /// Start as an instant.
    pub start: DateTime<Utc>,
    /// End as an instant.
    pub end: DateTime<Utc>,
    /// First day, all-day only.
    pub start_date: Option<NaiveDate>,
    /// Day after the last, all-day only.
    pub end_date: Option<NaiveDate>,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// Subject; empty where masked.
    pub subject: String,
    /// Place.
    pub location: Option<String>,
    /// Provider of the link.
    pub join_provider: Option<String>,
    /// Whether there is a link to join.
    pub can_join: bool,
    /// The owner's answer.
    pub response: Response,
    /// Availability.
    pub show_as: ShowAs,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Whether policy hides subject and place in lists.
    pub masked: bool,
    /// Cancelled.
    pub cancelled: bool,
    /// Whether the owner organizes it.
    pub is_organizer: bool,
    /// How many people take part, the organizer included; rooms are no people.
    pub people: u32,
    /// Organizer's name.
    pub organizer: Option<String>,
    /// Calendar.
    pub calendar_id: String,
    /// Calendar's colour.
    pub colour: Option<String>,
}

/// A page of contacts.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ContactPage {
    /// How many match in all.
    pub total: u32,
    /// The page.
    pub rows: Vec<ContactRow>,
}

/// A contact in a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ContactRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Company.
    pub company: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Heading it stands under.
    pub letter: String,
    /// Spans of the name that matched, in UTF-16 units.
    pub matches: Vec<(u32, u32)>,
    /// Found in spite of a slip.
    pub approximate: bool,
}

/// Where a letter begins in the list of all contacts.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LetterOffset {
    /// The heading.
    pub letter: String,
    /// Row number of its first contact.
    pub offset: u32,
}

/// Meetings with a person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MeetingsWith {
    /// The latest past ones, newest first.
    pub past: Vec<MeetingRow>,
    /// The next ones.
    pub next: Vec<MeetingRow>,
}

/// The text that asks an administrator.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AdminRequest {
    /// Subject of a mail.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The page on which an administrator consents; opens on any computer.
    pub link: String,
}

/// What the program tells the window.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AppEvent {
    /// The state changed.
    Snapshot {
        /// The new state.
        snapshot: Box<Snapshot>,
    },
    /// Cached rows changed: query again what is shown.
    CacheChanged {
        /// Which.
        what: Changed,
    },
}

/// Which rows changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Changed {
    /// Meetings.
    Meetings,
    /// Contacts.
    Contacts,
    /// Calendars.
    Calendars,
}
