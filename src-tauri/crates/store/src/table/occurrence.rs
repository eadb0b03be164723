//! Table `occurrence`: what the meeting list shows, clustered in its order.
//!
//! A window must also find what began before it. Looking back as far as the longest meeting lasts would read
//! everything, so rows are sorted into classes by length; each class looks back only as far as its limit.

use crate::error::StoreError;
use crate::table::column;
use crate::time::Span;
use convoke_model::meeting::{Response, Sensitivity, ShowAs};
use convoke_model::record::EventContent;
use rusqlite::{Connection, OptionalExtension, Row, params};

const DAY: i64 = 86_400_000;

/// Longest length of each class, in milliseconds; the last class has no limit.
const CLASSES: [i64; 4] = [DAY, 8 * DAY, 64 * DAY, i64::MAX];

/// Longest text of a list column, in characters.
const LONGEST_TEXT: usize = 300;

const ALL_DAY: u32 = 1;
const HAS_JOIN: u32 = 2;
const CANCELLED: u32 = 4;
const ORGANIZER: u32 = 8;
const RECURRING: u32 = 16;

/// The part of a row that comes from an event's content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Face {
    pub flags: u32,
    pub people: u32,
    pub show_as: ShowAs,
    pub response: Response,
    pub sensitivity: Sensitivity,
    pub join_provider: Option<String>,
    pub organizer: Option<String>,
    pub location: Option<String>,
    pub subject: String,
}

impl From<&EventContent> for Face {
    fn from(content: &EventContent) -> Self {
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        Self {
            flags: flag(content.join_url.is_some(), HAS_JOIN)
                | flag(content.cancelled, CANCELLED)
                | flag(content.is_organizer, ORGANIZER),
            people: u32::try_from(content.people()).unwrap_or(u32::MAX),
            show_as: content.show_as,
            response: content.response,
            sensitivity: content.sensitivity,
            join_provider: content.join_provider.clone(),
            organizer: content.organizer.as_ref().map(|person| cut(&person.name)),
            location: content.location.as_deref().map(cut),
            subject: cut(&content.subject),
        }
    }
}

/// The part of a row that is the occurrence's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub key: i64,
    pub id: &'a str,
    pub calendar: i64,
    pub span: Span,
    pub recurring: bool,
}

/// One row of the list.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub key: i64,
    pub id: String,
    pub calendar: i64,
    pub span: Span,
    pub face: Face,
}

impl Listed {
    pub(crate) fn has_join(&self) -> bool {
        self.face.flags & HAS_JOIN != 0
    }
    pub(crate) fn cancelled(&self) -> bool {
        self.face.flags & CANCELLED != 0
    }
    pub(crate) fn is_organizer(&self) -> bool {
        self.face.flags & ORGANIZER != 0
    }
    pub(crate) fn recurring(&self) -> bool {
        self.face.flags & RECURRING != 0
    }
}

pub(crate) fn insert(connection: &Connection, place: &Place<'_>, face: &Face) -> Result<(), StoreError> {
    let mut flags = face.flags;
    if place.span.all_day {
        flags |= ALL_DAY;
    }
    if place.recurring {
        flags |= RECURRING;
    }
    let mut statement = connection.prepare_cached(
        "INSERT INTO occurrence (span, start, \"end\", key, calendar, flags, people, show_as, response, sensitivity,
         join_provider, organizer, location, subject, id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    statement.execute(params![
        class(place.span),
        place.span.start,
        place.span.end,
        place.key,
        place.calendar,
        flags,
        face.people,
        face.show_as.as_str(),
        face.response.as_str(),
        face.sensitivity.as_str(),
        face.join_provider,
        face.organizer,
        face.location,
        face.subject,
        place.id,
    ])?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, key: i64, span: Span) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM occurrence WHERE span = ?1 AND start = ?2 AND \"end\" = ?3 AND key = ?4",
    )?;
    statement.execute(params![class(span), span.start, span.end, key])?;
    Ok(())
}

pub(crate) fn delete_calendar(connection: &Connection, calendar: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM occurrence WHERE calendar = ?1", [calendar])?;
    Ok(())
}

pub(crate) fn get(connection: &Connection, key: i64, span: Span) -> Result<Option<Listed>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM occurrence WHERE span = ?1 AND start = ?2 AND \"end\" = ?3 AND key = ?4",
    )?;
    Ok(statement.query_row(params![class(span), span.start, span.end, key], listed).optional()?)
}

/// Ids of a calendar's rows; reads no content.
pub(crate) fn ids(connection: &Connection, calendar: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM occurrence WHERE calendar = ?1")?;
    let rows = statement.query_map([calendar], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Numbers of the classes of length, for [`scan`].
pub(crate) fn classes() -> std::ops::Range<usize> {
    0..CLASSES.len()
}

/// Hands over every row of a class that may touch `from..to` (milliseconds; `to` excluded), in order of start and
/// end. `visit` answers whether to go on.
pub(crate) fn scan(
    connection: &Connection,
    class: usize,
    from: i64,
    to: i64,
    mut visit: impl FnMut(Listed) -> bool,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM occurrence WHERE span = ?1 AND start >= ?2 AND start < ?3 ORDER BY start, \"end\", key",
    )?;
    let longest = CLASSES.get(class).copied().unwrap_or(i64::MAX);
    let mut rows = statement.query(params![column(class), from.saturating_sub(longest), to])?;
    while let Some(row) = rows.next()? {
        // Most rows of a long class ended before: the test costs less than the row.
        let (start, end): (i64, i64) = (row.get(1)?, row.get(2)?);
        if end.max(start) >= from && !visit(listed(row)?) {
            break;
        }
    }
    Ok(())
}

fn class(span: Span) -> i64 {
    let length = span.end.saturating_sub(span.start);
    column(CLASSES.iter().position(|longest| length <= *longest).unwrap_or(CLASSES.len() - 1))
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let flags: u32 = row.get(5)?;
    Ok(Listed {
        key: row.get(3)?,
        id: row.get(14)?,
        calendar: row.get(4)?,
        span: Span { all_day: flags & ALL_DAY != 0, start: row.get(1)?, end: row.get(2)? },
        face: Face {
            flags,
            people: row.get(6)?,
            show_as: ShowAs::parse(row.get_ref(7)?.as_str()?),
            response: Response::parse(row.get_ref(8)?.as_str()?),
            sensitivity: Sensitivity::parse(row.get_ref(9)?.as_str()?),
            join_provider: row.get(10)?,
            organizer: row.get(11)?,
            location: row.get(12)?,
            subject: row.get(13)?,
        },
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}
