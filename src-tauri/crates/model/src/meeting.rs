//! A meeting as people and scripts see it: one occurrence, complete, with its series' content joined in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One entry of the meeting list. Series masters never become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Meeting {
    /// The immutable id of the server.
    pub id: String,
    /// The id of the series master, for occurrences and exceptions.
    pub series_id: Option<String>,
    /// The subject as sent; empty where there is none.
    pub subject: String,
    /// Start as an instant. All-day: midnight UTC of `start_date`.
    pub start: DateTime<Utc>,
    /// End as an instant, exclusive. All-day: midnight UTC of `end_date`.
    pub end: DateTime<Utc>,
    /// First day, for all-day meetings only. A floating date, never converted between zones.
    pub start_date: Option<NaiveDate>,
    /// Day after the last day, for all-day meetings only.
    pub end_date: Option<NaiveDate>,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// The zone it was made in: an IANA name, or the server's own text where that is unknown.
    pub time_zone: Option<String>,
    /// What it does to the calendar's owner's availability.
    pub show_as: ShowAs,
    /// Who may see its content.
    pub sensitivity: Sensitivity,
    /// Whether the mailbox's owner organizes it.
    pub is_organizer: bool,
    /// Who organizes it.
    pub organizer: Option<Person>,
    /// The owner's answer.
    pub response: Response,
    /// Cancelled by its organizer, yet still in the calendar.
    pub cancelled: bool,
    /// Where, as text; absent when empty.
    pub location: Option<String>,
    /// Names of the attendees that are rooms or other resources, in the server's order.
    pub rooms: Vec<String>,
    /// Everybody invited, resources included, in the server's order.
    pub attendees: Vec<Attendee>,
    /// The link to join, unwrapped from mail scanners; https only.
    pub join_url: Option<String>,
    /// Whose link it is: `teams`, `zoom`, `meet`, `webex`, …; absent for a host that is not known.
    pub join_provider: Option<String>,
    /// The provider's number of the meeting: the path's id of Zoom and Meet, the conference id of Teams.
    pub online_meeting_id: Option<String>,
    /// The passcode that the invitation's text names.
    pub passcode: Option<String>,
    /// Telephone numbers to dial in: the toll number first, then the free ones.
    pub dial_in: Vec<String>,
    /// The calendar it lies in.
    pub calendar: CalendarRef,
    /// The page of the meeting in Outlook on the web.
    pub web_link: Option<String>,
    /// The first characters of the text, plain; absent when empty.
    pub preview: Option<String>,
    /// Which protocol it came by.
    pub source: MeetingSource,
}

/// A name with a mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Person {
    /// The display name; the address where there is none.
    pub name: String,
    /// The SMTP address.
    pub address: String,
}

/// Somebody or something invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Attendee {
    /// The display name; the address where there is none.
    pub name: String,
    /// The SMTP address.
    pub address: String,
    /// How they are invited.
    pub kind: AttendeeKind,
    /// What they answered.
    pub response: Response,
}

/// The calendar that a meeting lies in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CalendarRef {
    /// The server's id.
    pub id: String,
    /// The display name.
    pub name: String,
    /// `#rrggbb`, absent where the server names none.
    pub colour: Option<String>,
}

macro_rules! wire_enum {
    ($(#[$meta:meta])* $name:ident, $default:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// The value's name in JSON and in the cache.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the name without regard to case; a name that is not known is the default.
            #[must_use]
            pub fn parse(text: &str) -> Self {
                $(if text.eq_ignore_ascii_case($text) { return Self::$variant; })+
                Self::$default
            }
        }

        impl Default for $name {
            fn default() -> Self { Self::$default }
        }
    };
}

wire_enum! {
    /// Availability that a meeting causes (Graph `freeBusyStatus`).
    ShowAs, Unknown {
        /// Free.
        Free = "free",
        /// Tentative.
        Tentative = "tentative",
        /// Busy.
        Busy = "busy",
        /// Out of office.
        Oof = "oof",
        /// Working elsewhere.
        WorkingElsewhere = "workingElsewhere",
        /// Not said.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// Who may see the content (Graph `sensitivity`).
    Sensitivity, Normal {
        /// Everybody with access.
        Normal = "normal",
        /// Marked personal.
        Personal = "personal",
        /// Marked private.
        Private = "private",
        /// Marked confidential.
        Confidential = "confidential",
    }
}

wire_enum! {
    /// An answer to an invitation (Graph `responseType`).
    Response, None {
        /// No answer is due.
        None = "none",
        /// This is the organizer.
        Organizer = "organizer",
        /// Tentatively accepted.
        TentativelyAccepted = "tentativelyAccepted",
        /// Accepted.
        Accepted = "accepted",
        /// Declined.
        Declined = "declined",
        /// Not answered yet.
        NotResponded = "notResponded",
    }
}

wire_enum! {
    /// How somebody is invited (Graph `attendeeType`).
    AttendeeKind, Required {
        /// Must come.
        Required = "required",
        /// May come.
        Optional = "optional",
        /// A room or a thing.
        Resource = "resource",
    }
}

wire_enum! {
    /// The protocol a meeting came by.
    MeetingSource, Graph {
        /// Microsoft Graph.
        Graph = "graph",
        /// Exchange Web Services.
        Ews = "ews",
    }
}
