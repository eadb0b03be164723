//! Meetings, as the window and `convokectl` ask for them.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::days;
use crate::wire::query::{ByAddress, ById, Days, Search};
use crate::wire::row::{Agenda, MeetingRow, MeetingsWith};
use chrono::{DateTime, NaiveDate, Utc};
use convoke_model::meeting::{Meeting, Sensitivity};
use convoke_store::{self as rows, AgendaQuery};

/// More rows than a search shows.
const MAX_FOUND: u32 = 200;
/// More changes than anybody reads.
const MAX_CHANGES: usize = 1_000;
/// Meetings with a person, past and coming each.
const WITH_PERSON: usize = 20;

impl App {
    /// Rows of a span of local days.
    ///
    /// # Errors
    /// When nobody is signed in or the cache can't be read.
    pub async fn agenda(&self, days: Days) -> Result<Agenda, Failure> {
        let (query, mask) = (self.agenda_query(days), self.masks_private());
        let rows = self.with_cache(move |cache| cache.reader()?.agenda_rows(&query)).await?;
        Ok(Agenda { rows: rows.into_iter().map(|row| to_wire(row, mask)).collect() })
    }

    /// Whole meetings of a span of local days, for scripts.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn meetings(&self, days: Days) -> Result<Vec<Meeting>, Failure> {
        let query = self.agenda_query(days);
        self.with_cache(move |cache| cache.reader()?.agenda(&query)).await
    }

    /// One meeting, whole.
    ///
    /// # Errors
    /// As [`App::agenda`], and when it isn't there.
    pub async fn meeting(&self, id: ById) -> Result<Meeting, Failure> {
        self.with_cache(move |cache| cache.reader()?.meeting(&id.id))
            .await?
            .ok_or_else(|| Failure::new(Code::NotFound))
    }

    /// The running or next meeting that is neither cancelled, declined nor all-day.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn next(&self) -> Result<Option<Meeting>, Failure> {
        let now = self.now();
        self.with_cache(move |cache| cache.reader()?.next(now)).await
    }

    /// Local days that have meetings.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn busy_days(&self, span: Days) -> Result<Vec<NaiveDate>, Failure> {
        let (query, zone) = (self.agenda_query(span), self.environment().zone);
        let local = move |instant| days::day_of(zone, instant);
        let days = self.with_cache(move |cache| cache.reader()?.days_with_meetings(&query, local)).await?;
        Ok(days.into_iter().collect())
    }

    /// Meetings whose subject, place or people match.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn search_meetings(&self, search: Search) -> Result<Vec<MeetingRow>, Failure> {
        let (now, mask) = (self.now(), self.masks_private());
        let limit = search.limit.min(MAX_FOUND) as usize;
        let rows =
            self.with_cache(move |cache| cache.reader()?.search_meetings(&search.text, now, limit)).await?;
        Ok(rows.into_iter().map(|row| to_wire(row, mask)).collect())
    }

    /// Past and coming meetings with a person.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn meetings_with(&self, person: ByAddress) -> Result<MeetingsWith, Failure> {
        let (now, mask) = (self.now(), self.masks_private());
        let found = self
            .with_cache(move |cache| cache.reader()?.meetings_with(&person.address, now, WITH_PERSON))
            .await?;
        let wire = |rows: Vec<rows::MeetingRow>| rows.into_iter().map(|row| to_wire(row, mask)).collect();
        Ok(MeetingsWith { past: wire(found.past), next: wire(found.next) })
    }

    /// What sync found changed.
    ///
    /// # Errors
    /// As [`App::agenda`].
    pub async fn changes(&self, since: Option<DateTime<Utc>>) -> Result<Vec<rows::Change>, Failure> {
        self.with_cache(move |cache| cache.reader()?.changes(since, MAX_CHANGES)).await
    }

    /// The current instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.environment().clock.now()
    }

    /// Today, here.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        days::day_of(self.environment().zone, self.now())
    }

    pub(crate) fn agenda_query(&self, span: Days) -> AgendaQuery {
        AgendaQuery {
            window: days::window(self.environment().zone, span.from, span.to),
            dates: (span.from, span.to),
            limit: 0,
            hidden_calendars: Vec::new(),
        }
    }

    pub(crate) fn masks_private(&self) -> bool {
        self.policy().privacy.mask_private_meetings
    }
}

/// A row for the window. A masked one carries no subject and no place: the webview doesn't get them.
pub(crate) fn to_wire(row: rows::MeetingRow, mask: bool) -> MeetingRow {
    let masked = mask && matches!(row.sensitivity, Sensitivity::Private | Sensitivity::Confidential);
    MeetingRow {
        id: row.id,
        start: row.start,
        end: row.end,
        start_date: row.start_date,
        end_date: row.end_date,
        all_day: row.all_day,
        subject: if masked { String::new() } else { row.subject },
        location: row.location.filter(|_| !masked),
        join_provider: row.join_provider,
        can_join: row.has_join,
        response: row.response,
        show_as: row.show_as,
        sensitivity: row.sensitivity,
        masked,
        cancelled: row.cancelled,
        is_organizer: row.is_organizer,
        people: row.people,
        organizer: row.organizer.filter(|_| !masked),
        calendar_id: row.calendar.id,
        colour: row.calendar.colour,
    }
}
