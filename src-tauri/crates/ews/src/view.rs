//! Cutting windows of time so that a server lists them whole.
//!
//! A calendar view has no pages. Where a window holds more than the server gives at once, it is halved until
//! both halves fit; where it is longer than the server takes, it is cut beforehand. An event that touches
//! both parts is in both answers: the caller keeps it once, by its id.

use chrono::{DateTime, Duration, Months, SubsecRound, Utc};
use convoke_model::window::TimeWindow;

use crate::error::EwsError;

/// The longest window that a server takes (`ErrorCalendarViewRangeTooBig`: more than two years).
const LONGEST: Months = Months::new(24);

/// The window in parts of at most two years, in their order.
#[must_use]
pub fn split(window: TimeWindow) -> Vec<TimeWindow> {
    let mut parts = Vec::new();
    let mut start = window.start;
    while let Some(end) = start.checked_add_months(LONGEST).filter(|end| *end < window.end) {
        parts.push(TimeWindow { start, end });
        start = end;
    }
    parts.push(TimeWindow { start, end: window.end });
    parts
}

/// The two halves of a window that was answered with [`View::Overflow`](crate::operation::View::Overflow).
///
/// # Errors
/// [`EwsError::WindowTooFull`] for a window of a second: no request can name less.
pub fn bisect(window: TimeWindow) -> Result<[TimeWindow; 2], EwsError> {
    let middle = middle(window);
    if middle <= window.start || middle >= window.end {
        return Err(EwsError::WindowTooFull { start: window.start });
    }
    Ok([TimeWindow { end: middle, ..window }, TimeWindow { start: middle, ..window }])
}

/// The whole second in the middle.
fn middle(window: TimeWindow) -> DateTime<Utc> {
    let half: Duration = (window.end - window.start) / 2;
    (window.start + half).trunc_subsecs(0)
}

#[cfg(test)]
mod tests {
    use super::{bisect, split};
    use crate::EwsError;
    use convoke_model::window::TimeWindow;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn window(start: &str, end: &str) -> TimeWindow {
        TimeWindow { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn texts(windows: &[TimeWindow]) -> Vec<String> {
        windows.iter().map(|w| format!("{}/{}", w.start.date_naive(), w.end.date_naive())).collect()
    }

    #[test]
    fn windows_over_two_years_are_cut_beforehand() {
        let cut = |start: &str, end: &str| texts(&split(window(start, end)));
        assert_eq!(
            cut("2024-02-29T00:00:00Z", "2028-03-01T00:00:00Z"),
            ["2024-02-29/2026-02-28", "2026-02-28/2028-02-28", "2028-02-28/2028-03-01"]
        );
        assert_eq!(cut("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), ["2026-01-01/2028-01-01"]);
        assert_eq!(cut("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), ["2026-01-01/2026-01-01"]);
    }

    #[test]
    fn halves_end_at_a_second() {
        let halves = bisect(window("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")).unwrap();
        assert_eq!(texts(&halves), ["2026-03-01/2026-03-16", "2026-03-16/2026-04-01"]);
        let second = window("2026-03-01T00:00:00Z", "2026-03-01T00:00:01Z");
        let refused = bisect(second);
        assert!(
            matches!(refused, Err(EwsError::WindowTooFull { start }) if start == second.start),
            "{refused:?}"
        );
        assert_eq!(refused.unwrap_err().code(), "windowTooFull");
        for empty in ["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"] {
            assert!(bisect(window("2026-03-01T00:00:00Z", empty)).is_err());
        }
    }

    proptest! {
        #[test]
        fn bisecting_always_ends(start in 0_i64..4_000_000_000, length in 1_i64..63_072_000) {
            let start = chrono::DateTime::from_timestamp(start, 0).unwrap();
            let mut window = TimeWindow { start, end: start + chrono::Duration::seconds(length) };
            let mut steps = 0;
            // The worst case: everything lies in the second half.
            while let Ok([first, second]) = bisect(window) {
                prop_assert_eq!((first.start, first.end, second.end), (window.start, second.start, window.end));
                prop_assert!(first.start < first.end && second.start < second.end);
                window = second;
                steps += 1;
            }
            prop_assert!(steps <= 27 && window.end - window.start <= chrono::Duration::seconds(1));
        }
    }
}
