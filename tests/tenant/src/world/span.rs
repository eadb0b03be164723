//! When something takes place, as its creator meant it: local time in a zone, or whole days.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::zone::Zone;

/// A span of time before any zone is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From a local time, for so many minutes.
    Timed {
        /// Local start.
        start: NaiveDateTime,
        /// Length in minutes.
        minutes: i64,
    },
    /// Whole days, floating.
    AllDay {
        /// First day.
        first: NaiveDate,
        /// Number of days.
        days: i64,
    },
}

impl Span {
    /// Whether it lasts whole days.
    #[must_use]
    pub fn is_all_day(&self) -> bool {
        matches!(self, Self::AllDay { .. })
    }

    /// The local day it starts on.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        match self {
            Self::Timed { start, .. } => start.date(),
            Self::AllDay { first, .. } => *first,
        }
    }

    /// The instants it takes place between in its creator's zone. For whole days these are the creator's midnights:
    /// the mailbox server filters by them, though it never sends them.
    #[must_use]
    pub fn instants(&self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        match self {
            Self::Timed { start, minutes } => {
                let start = zone.instant(*start);
                (start, start + TimeDelta::minutes(*minutes))
            }
            Self::AllDay { first, days } => {
                let midnight = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN));
                (midnight(*first), midnight(*first + TimeDelta::days(*days)))
            }
        }
    }

    /// The same span so many days later.
    #[must_use]
    pub fn shifted_days(self, by: i64) -> Self {
        let by = TimeDelta::days(by);
        match self {
            Self::Timed { start, minutes } => Self::Timed { start: start + by, minutes },
            Self::AllDay { first, days } => Self::AllDay { first: first + by, days },
        }
    }

    /// How many days it can reach past its first day.
    #[must_use]
    pub fn reach_days(&self) -> i64 {
        match self {
            Self::Timed { minutes, .. } => minutes / (24 * 60) + 1,
            Self::AllDay { days, .. } => *days,
        }
    }
}
