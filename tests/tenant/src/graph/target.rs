//! What a path names.

use axum::http::Method;

use super::call::Call;

/// A thing, or a list of things, of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The user.
    Me,
    /// Somebody of the directory.
    User(String),
    /// The directory.
    Users,
    /// A person's photo; the user's own where nobody is named.
    Photo { who: Option<String>, side: u32 },
    /// The calendars.
    Calendars,
    /// A calendar; the default one where none is named.
    Calendar(Option<String>),
    /// What takes place in a window.
    CalendarView { calendar: Option<String> },
    /// What changed in a window.
    EventDelta { calendar: Option<String> },
    /// Single events and masters.
    Events { calendar: Option<String> },
    /// One event.
    Event { calendar: Option<String>, id: String },
    /// An answer to an invitation, as a Graph `responseType`.
    Respond { id: String, answer: &'static str },
    /// Contacts of a folder; of the default one where none is named.
    Contacts { folder: Option<String> },
    /// One contact.
    Contact(String),
    /// What changed in a folder of contacts.
    ContactDelta { folder: Option<String> },
    /// A contact's photo.
    ContactPhoto { id: String, side: u32 },
    /// Folders of contacts.
    Folders { parent: Option<String> },
    /// One folder of contacts.
    Folder(String),
    /// What changed in the list of folders.
    FolderDelta,
    /// Several requests in one.
    Batch,
}

/// What a target needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Calendars of the mailbox.
    Calendars,
    /// Calendars of the mailbox, for writing.
    CalendarsWrite,
    /// Contacts of the mailbox.
    Contacts,
    /// The user's own entry.
    Profile,
    /// The directory.
    Directory,
}

/// Side of a photo that names no size, in pixels.
const LARGEST: u32 = 648;

impl Target {
    /// What the call's path names.
    #[must_use]
    pub fn of(call: &Call) -> Option<Self> {
        let lowered: Vec<String> = call.segments.iter().map(|segment| segment.to_ascii_lowercase()).collect();
        let words: Vec<&str> = lowered.iter().map(String::as_str).collect();
        let exact = |index: usize| call.segments.get(index).cloned().unwrap_or_default();
        let post = call.method == Method::POST;
        match (words.as_slice(), post) {
            (["$batch"], true) => Some(Self::Batch),
            (["users"], false) => Some(Self::Users),
            (["users", _], false) => Some(Self::User(exact(1))),
            (["users", _, rest @ ..], false) if photo_side(rest).is_some() => {
                Some(Self::Photo { who: Some(exact(1)), side: photo_side(rest)? })
            }
            (["me"], false) => Some(Self::Me),
            (["me", rest @ ..], _) => Self::below(rest, &call.segments[1..], post),
            (["users", _, rest @ ..], _) => Self::below(rest, &call.segments[2..], post),
            _ => None,
        }
    }

    fn below(words: &[&str], segments: &[String], post: bool) -> Option<Self> {
        let exact = |index: usize| segments.get(index).cloned().unwrap_or_default();
        if post {
            return match words {
                ["events", _, action] => Some(Self::Respond { id: exact(1), answer: answer(action)? }),
                _ => None,
            };
        }
        match words {
            ["photo" | "photos", ..] => photo_side(words).map(|side| Self::Photo { who: None, side }),
            ["calendars"] => Some(Self::Calendars),
            ["calendar", rest @ ..] => Self::in_calendar(None, rest, segments.get(1..)?),
            ["calendars", _, rest @ ..] => Self::in_calendar(Some(exact(1)), rest, segments.get(2..)?),
            ["calendarview" | "events", ..] => Self::in_calendar(None, words, segments),
            ["contacts", rest @ ..] => Self::in_folder(None, rest, segments.get(1..)?),
            ["contactfolders"] => Some(Self::Folders { parent: None }),
            ["contactfolders", "delta"] => Some(Self::FolderDelta),
            ["contactfolders", _] => Some(Self::Folder(exact(1))),
            ["contactfolders", _, "childfolders"] => Some(Self::Folders { parent: Some(exact(1)) }),
            ["contactfolders", _, "contacts", rest @ ..] => {
                Self::in_folder(Some(exact(1)), rest, segments.get(3..)?)
            }
            _ => None,
        }
    }

    fn in_calendar(calendar: Option<String>, words: &[&str], segments: &[String]) -> Option<Self> {
        match words {
            [] => Some(Self::Calendar(calendar)),
            ["calendarview"] => Some(Self::CalendarView { calendar }),
            ["calendarview", "delta"] => Some(Self::EventDelta { calendar }),
            ["events"] => Some(Self::Events { calendar }),
            ["events", _] => Some(Self::Event { calendar, id: segments.get(1)?.clone() }),
            _ => None,
        }
    }

    fn in_folder(folder: Option<String>, words: &[&str], segments: &[String]) -> Option<Self> {
        match words {
            [] => Some(Self::Contacts { folder }),
            ["delta"] => Some(Self::ContactDelta { folder }),
            [_] => Some(Self::Contact(segments.first()?.clone())),
            [_, rest @ ..] => {
                Some(Self::ContactPhoto { id: segments.first()?.clone(), side: photo_side(rest)? })
            }
        }
    }

    /// What it needs.
    #[must_use]
    pub fn area(&self) -> Area {
        match self {
            Self::Me | Self::Photo { who: None, .. } | Self::Batch => Area::Profile,
            Self::User(_) | Self::Users | Self::Photo { .. } => Area::Directory,
            Self::Respond { .. } => Area::CalendarsWrite,
            Self::Calendars
            | Self::Calendar(_)
            | Self::CalendarView { .. }
            | Self::EventDelta { .. }
            | Self::Events { .. }
            | Self::Event { .. } => Area::Calendars,
            Self::Contacts { .. }
            | Self::Contact(_)
            | Self::ContactDelta { .. }
            | Self::ContactPhoto { .. }
            | Self::Folders { .. }
            | Self::Folder(_)
            | Self::FolderDelta => Area::Contacts,
        }
    }
}

fn answer(action: &str) -> Option<&'static str> {
    match action {
        "accept" => Some("accepted"),
        "decline" => Some("declined"),
        "tentativelyaccept" => Some("tentativelyAccepted"),
        _ => None,
    }
}

fn photo_side(words: &[&str]) -> Option<u32> {
    match words {
        ["photo", "$value"] => Some(LARGEST),
        ["photos", size, "$value"] => size.split_once('x').and_then(|(width, _)| width.parse().ok()),
        _ => None,
    }
}
