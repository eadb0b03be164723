//! What the cache answers with, where that is less than a whole meeting or contact.

use chrono::{DateTime, NaiveDate, Utc};
use convoke_model::meeting::{CalendarRef, Response, Sensitivity, ShowAs};
use convoke_model::window::TimeWindow;
use serde::{Deserialize, Serialize};

/// One line of the meeting list, in the JSON shape of `Meeting` where the names agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MeetingRow {
    /// The immutable id.
    pub id: String,
    /// Start as an instant; all-day: midnight UTC of `start_date`.
    pub start: DateTime<Utc>,
    /// End as an instant, exclusive; all-day: midnight UTC of `end_date`.
    pub end: DateTime<Utc>,
    /// First day, all-day only.
    pub start_date: Option<NaiveDate>,
    /// Day after the last, all-day only.
    pub end_date: Option<NaiveDate>,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// Subject, cut at 300 characters.
    pub subject: String,
    /// Place, cut at 300 characters.
    pub location: Option<String>,
    /// Whose join link it is, where the host is known.
    pub join_provider: Option<String>,
    /// Whether there is a link to join.
    pub has_join: bool,
    /// The owner's answer.
    pub response: Response,
    /// Availability.
    pub show_as: ShowAs,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Cancelled, yet still in the calendar.
    pub cancelled: bool,
    /// Whether the owner organizes it.
    pub is_organizer: bool,
    /// Whether it belongs to a series.
    pub recurring: bool,
    /// How many people take part: the organizer and everybody invited, resources left out.
    pub people: u32,
    /// The organizer's name.
    pub organizer: Option<String>,
    /// The calendar.
    pub calendar: CalendarRef,
}

/// Which meetings to list. Timed ones are chosen by instants, all-day ones by dates; the caller knows the
/// local zone and says both.
#[derive(Clone, Debug)]
pub struct AgendaQuery {
    /// Instants of the local days asked for.
    pub window: TimeWindow,
    /// First and last local date, both inclusive.
    pub dates: (NaiveDate, NaiveDate),
    /// At most so many, earliest first; 0 for all.
    pub limit: usize,
    /// Ids of calendars to leave out.
    pub hidden_calendars: Vec<String>,
}

/// Meetings with one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MeetingsWith {
    /// Ended ones, the latest first.
    pub past: Vec<MeetingRow>,
    /// Running and coming ones, the soonest first.
    pub next: Vec<MeetingRow>,
}

/// Which contacts to list.
#[derive(Clone, Debug, Default)]
pub struct ContactQuery {
    /// What was typed; blank lists everybody by name.
    pub text: String,
    /// Rows to skip.
    pub offset: usize,
    /// At most so many rows.
    pub limit: usize,
}

/// A page of contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ContactPage {
    /// How many there are in all; matches outside names and addresses count up to 1,000.
    pub total: usize,
    /// The page.
    pub rows: Vec<ContactRow>,
}

/// One line of the contact list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ContactRow {
    /// The immutable id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// First mail address.
    pub email: Option<String>,
    /// The heading it stands under: `A`–`Z`, or `#` for what has no Latin letter.
    pub letter: char,
    /// Whether a photo is known to exist.
    pub photo: bool,
    /// Parts of `name` that match, as half-open ranges of UTF-16 units (what JavaScript counts).
    pub matched: Vec<(u32, u32)>,
    /// The text that matched where it is not the name: an address, a company, a telephone number.
    pub matched_in: Option<String>,
}

/// How much the cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CacheCounts {
    /// Meetings that can be listed.
    pub meetings: u64,
    /// Contacts.
    pub contacts: u64,
    /// Calendars.
    pub calendars: u64,
}

/// What kind of change sync found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// A meeting that was not there.
    New,
    /// Another time.
    Moved,
    /// Cancelled by its organizer.
    Cancelled,
    /// Another place.
    Room,
    /// Another link to join.
    Link,
    /// A meeting that is gone.
    Removed,
}

/// One change that sync found, in the shape of `convokectl changes --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What kind.
    pub kind: ChangeKind,
    /// The meeting.
    pub meeting_id: String,
    /// When sync found it.
    pub at: DateTime<Utc>,
    /// The meeting before; absent for a new one.
    pub before: Option<ChangeSide>,
    /// The meeting after; absent for one that is gone.
    pub after: Option<ChangeSide>,
}

/// What a person needs of a meeting to understand a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChangeSide {
    /// Subject.
    pub subject: String,
    /// Start as an instant.
    pub start: DateTime<Utc>,
    /// End as an instant, exclusive.
    pub end: DateTime<Utc>,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// Place.
    pub location: Option<String>,
    /// Rooms.
    pub rooms: Vec<String>,
    /// Link to join.
    pub join_url: Option<String>,
    /// Cancelled, yet still in the calendar.
    pub cancelled: bool,
}

/// Where the next round of a collection goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The deltaLink.
    pub link: Option<String>,
    /// The window of a calendar's rounds.
    pub window: Option<TimeWindow>,
    /// When the last round ended.
    pub at: DateTime<Utc>,
}

/// A collection that syncs for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection<'a> {
    /// A calendar by its id.
    Calendar(&'a str),
    /// A contact folder by its id; `None` is the default folder.
    Contacts(Option<&'a str>),
}
