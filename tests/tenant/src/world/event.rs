//! Events of a calendar: what they say and when they take place.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::join::Join;
use super::person::Person;
use super::series::Series;
use super::span::Span;
use super::zone::Zone;

/// Somebody invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// Graph `attendeeType`: `required`, `optional`, `resource`.
    pub kind: &'static str,
    /// Graph `responseType`.
    pub response: &'static str,
}

/// What an event says; everything but its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The zone it was made in.
    pub zone: Zone,
    /// Subject; may be empty.
    pub subject: String,
    /// What its creator wrote; lines end in `\n`. The invitation to join comes after it.
    pub note: String,
    /// Where; empty if nowhere.
    pub place: String,
    /// Whether the place is a room of the organization.
    pub place_is_room: bool,
    /// Who organizes it.
    pub organizer: Person,
    /// Whether that is the mailbox's owner.
    pub is_organizer: bool,
    /// Everybody invited.
    pub attendees: Vec<Attendee>,
    /// Graph `freeBusyStatus`.
    pub show_as: &'static str,
    /// Graph `sensitivity`.
    pub sensitivity: &'static str,
    /// The owner's answer, Graph `responseType`.
    pub response: &'static str,
    /// Cancelled by its organizer, yet still there.
    pub cancelled: bool,
    /// How to join.
    pub join: Option<Join>,
    /// Outlook's categories.
    pub categories: Vec<&'static str>,
}

/// Once, or again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Once.
    Single(Span),
    /// By a rule.
    Series(Box<Series>),
}

/// One item of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in the mailbox.
    pub key: u64,
    /// The calendar's number.
    pub calendar: u64,
    /// What it says.
    pub content: Content,
    /// When.
    pub shape: Shape,
    /// The mailbox's version that brought it.
    pub created: u64,
    /// The mailbox's version of its last change; for series, of rule, content or deleted dates.
    pub changed: u64,
    /// The mailbox's version that deleted it.
    pub gone: Option<u64>,
}

/// One thing that takes place: a single event, or one date of a series.
#[derive(Debug, Clone, Copy)]
pub struct Instance<'a> {
    /// The event it belongs to.
    pub event: &'a Event,
    /// The rule's date; absent for single events.
    pub date: Option<NaiveDate>,
    /// Whether that date was changed.
    pub is_exception: bool,
    /// When it takes place.
    pub span: Span,
    /// What it says.
    pub content: &'a Content,
}

impl Instance<'_> {
    /// The instants it takes place between, see [`Span::instants`].
    #[must_use]
    pub fn instants(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        self.span.instants(self.content.zone)
    }

    /// The mailbox's version of its last change.
    #[must_use]
    pub fn changed(&self) -> u64 {
        let exception = self.date.and_then(|date| self.event.series()?.exceptions.get(&date));
        exception.map_or(self.event.changed, |exception| exception.changed)
    }
}

impl Event {
    /// The series, if it is one.
    #[must_use]
    pub fn series(&self) -> Option<&Series> {
        match &self.shape {
            Shape::Single(_) => None,
            Shape::Series(series) => Some(series),
        }
    }

    /// `UID` of RFC 5545, the same for a series and all its dates.
    #[must_use]
    pub fn uid(&self) -> String {
        format!("040000008200E00074C5B7101A82E008{:032X}", self.key)
    }

    /// The mailbox's version of the last change of the event or of any of its dates.
    #[must_use]
    pub fn last_change(&self) -> u64 {
        let exceptions = self.series().into_iter().flat_map(|series| series.exceptions.values());
        exceptions.map(|exception| exception.changed).fold(self.changed, u64::max)
    }

    /// The instant at which the rule has a date, whatever became of it; nothing for what is no date of a series.
    #[must_use]
    pub fn slot(&self, instance: &Instance<'_>) -> Option<DateTime<Utc>> {
        let series = self.series()?;
        instance.date.map(|date| series.span_on(date).instants(self.content.zone).0)
    }

    /// All that may take place between two dates in any zone; the caller decides exactly.
    #[must_use]
    pub fn instances_near(&self, from: NaiveDate, to: NaiveDate) -> Vec<Instance<'_>> {
        match &self.shape {
            Shape::Single(span) => {
                let near = span.first_day() <= to + TimeDelta::days(2)
                    && span.first_day() + TimeDelta::days(span.reach_days() + 2) >= from;
                if near { vec![self.single(*span)] } else { Vec::new() }
            }
            Shape::Series(series) => self.dates_near(series, from, to),
        }
    }

    /// The instance on a date of the rule, unless it was taken out.
    #[must_use]
    pub fn instance_on(&self, date: NaiveDate) -> Option<Instance<'_>> {
        let series = self.series()?;
        if let Some(exception) = series.exceptions.get(&date) {
            let (span, content) = (exception.span, &exception.content);
            return Some(Instance { event: self, date: Some(date), is_exception: true, span, content });
        }
        (series.is_regular(date) && series.has_date(date)).then(|| self.regular(series, date))
    }

    fn single(&self, span: Span) -> Instance<'_> {
        Instance { event: self, date: None, is_exception: false, span, content: &self.content }
    }

    fn regular(&self, series: &Series, date: NaiveDate) -> Instance<'_> {
        let span = series.span_on(date);
        Instance { event: self, date: Some(date), is_exception: false, span, content: &self.content }
    }

    fn dates_near<'a>(&'a self, series: &'a Series, from: NaiveDate, to: NaiveDate) -> Vec<Instance<'a>> {
        let reach = series.span_on(series.first).reach_days() + 2;
        let dates = series.dates(from - TimeDelta::days(reach), to + TimeDelta::days(2));
        let regular = dates.into_iter().filter(|date| series.is_regular(*date));
        let mut instances: Vec<Instance<'a>> = regular.map(|date| self.regular(series, date)).collect();
        instances.extend(series.exceptions.keys().filter_map(|date| self.instance_on(*date)));
        instances
    }
}
