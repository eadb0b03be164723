//! Which span of time a calendar's rounds cover, and when it must slide.

use chrono::{DateTime, Duration, Utc};
use convoke_model::window::TimeWindow;

/// Days before and after today that the cache must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowDays {
    /// Days before today.
    pub past: u32,
    /// Days after today.
    pub future: u32,
}

/// calendarView refuses longer windows (microsoft-graph-docs#6284).
const LONGEST_DAYS: u32 = 1_825;

/// The server filters all-day events by instants of their creator's zone, so a day more is asked on both sides.
const PAD_DAYS: u32 = 1;

/// A window is frozen in its delta token: a day's slide costs a full round. This many days more are asked at the
/// end, so that the slide comes once a week.
const MOST_SLACK_DAYS: u32 = 7;

impl WindowDays {
    /// What to ask for in a full round that begins now.
    pub(crate) fn to_ask(self, now: DateTime<Utc>) -> TimeWindow {
        let days = self.clamped();
        TimeWindow::around(now, days.past + PAD_DAYS, days.future + PAD_DAYS + days.slack())
    }

    /// Whether the window of a stored cursor still serves: it covers what is needed, and not much more.
    pub(crate) fn is_served_by(self, stored: TimeWindow, now: DateTime<Utc>) -> bool {
        let days = self.clamped();
        let needed = TimeWindow::around(now, days.past + PAD_DAYS, days.future + PAD_DAYS);
        let covered = stored.start <= needed.start && stored.end >= needed.end;
        let surplus = (stored.end - stored.start) - (needed.end - needed.start);
        covered && surplus <= Duration::days(i64::from(days.slack()))
    }

    fn slack(self) -> u32 {
        (self.future / 4).min(MOST_SLACK_DAYS)
    }

    fn clamped(self) -> Self {
        let room = LONGEST_DAYS - 2 * PAD_DAYS - MOST_SLACK_DAYS - 1;
        let past = self.past.min(room);
        Self { past, future: self.future.min(room - past) }
    }
}

#[cfg(test)]
mod tests {
    use super::WindowDays;
    use chrono::{DateTime, Duration, Utc};

    fn now() -> DateTime<Utc> {
        "2026-03-12T09:42:00Z".parse().unwrap()
    }

    #[test]
    fn a_day_of_padding_and_a_week_of_slack() {
        let window = WindowDays { past: 30, future: 180 }.to_ask(now());
        assert_eq!(window.start.to_rfc3339(), "2026-02-09T00:00:00+00:00");
        assert_eq!(window.end.to_rfc3339(), "2026-09-17T00:00:00+00:00");
    }

    #[test]
    fn the_window_slides_once_a_week_and_when_the_days_change() {
        let days = WindowDays { past: 30, future: 180 };
        let stored = days.to_ask(now());
        for (after, served) in [(0, true), (6, true), (7, true), (8, false), (400, false), (-1, false)] {
            assert_eq!(days.is_served_by(stored, now() + Duration::days(after)), served, "{after}");
        }
        for (past, future, served) in [(30, 181, true), (30, 190, false), (31, 180, false), (7, 30, false)] {
            assert_eq!(WindowDays { past, future }.is_served_by(stored, now()), served, "{past} {future}");
        }
    }

    #[test]
    fn small_windows_stay_small() {
        let days = WindowDays { past: 0, future: 1 };
        let stored = days.to_ask(now());
        assert_eq!(stored.end - stored.start, Duration::days(4));
        assert!(days.is_served_by(stored, now() + Duration::hours(10)));
        assert!(!days.is_served_by(stored, now() + Duration::days(1)));
    }

    #[test]
    fn no_window_is_longer_than_the_server_allows() {
        for (past, future) in [(u32::MAX, u32::MAX), (0, u32::MAX), (u32::MAX, 0), (1000, 1000)] {
            let days = WindowDays { past, future };
            let window = days.to_ask(now());
            assert!(window.end - window.start <= Duration::days(1_825), "{past} {future}");
            assert!(days.is_served_by(window, now()));
        }
    }
}
