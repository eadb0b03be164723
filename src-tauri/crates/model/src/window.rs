//! Windows of time.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A half-open span of instants: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeWindow {
    /// First instant.
    pub start: DateTime<Utc>,
    /// First instant after it.
    pub end: DateTime<Utc>,
}

impl TimeWindow {
    /// The window from `past_days` before to `future_days` after the day of `now`, in whole UTC days.
    #[must_use]
    pub fn around(now: DateTime<Utc>, past_days: u32, future_days: u32) -> Self {
        let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        Self {
            start: midnight - Duration::days(i64::from(past_days)),
            end: midnight + Duration::days(i64::from(future_days) + 1),
        }
    }

    /// Whether a span touches the window. An empty span counts as its start.
    #[must_use]
    pub fn intersects(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
        start < self.end && (end > self.start || (end == start && start >= self.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_is_whole_days_and_half_open() {
        let now: DateTime<Utc> = "2026-03-12T09:42:00Z".parse().unwrap();
        let window = TimeWindow::around(now, 1, 1);
        assert_eq!(window.start.to_rfc3339(), "2026-03-11T00:00:00+00:00");
        assert_eq!(window.end.to_rfc3339(), "2026-03-14T00:00:00+00:00");
        assert!(!window.intersects(window.end, window.end + Duration::hours(1)));
        assert!(!window.intersects(window.start - Duration::hours(1), window.start));
        assert!(window.intersects(window.start, window.start));
    }
}
