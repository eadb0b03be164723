//! Times as the file holds them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use convoke_model::record::When;

/// A meeting's place in time as columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub all_day: bool,
    pub start: i64,
    pub end: i64,
}

impl From<When> for Span {
    fn from(when: When) -> Self {
        Self {
            all_day: matches!(when, When::AllDay { .. }),
            start: when.start().timestamp_millis(),
            end: when.end().timestamp_millis(),
        }
    }
}

impl Span {
    /// The same as midnights of its dates, for an occurrence of an all-day series.
    pub(crate) fn as_all_day(self) -> Self {
        if self.all_day {
            return self;
        }
        When::Timed { start: instant(self.start), end: instant(self.end) }.as_all_day().into()
    }

    /// First day and day after the last, for all-day spans only.
    pub(crate) fn dates(self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let date = |millis| self.all_day.then(|| instant(millis).date_naive());
        (date(self.start), date(self.end))
    }
}

/// The instant of a column; what chrono can't express (nobody's meeting) becomes 1970.
pub(crate) fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Midnight UTC of a date, as a column.
pub(crate) fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}
