//! Local days as spans of instants.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use convoke_model::window::TimeWindow;

/// The instants from the first day's midnight to the midnight after the last day, in a zone.
#[must_use]
pub fn window(zone: Tz, from: NaiveDate, to: NaiveDate) -> TimeWindow {
    let after = to.checked_add_days(Days::new(1)).unwrap_or(to);
    TimeWindow { start: midnight(zone, from), end: midnight(zone, after) }
}

/// The day that an instant falls on.
#[must_use]
pub fn day_of(zone: Tz, instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// The first instant of a day. Where midnight is skipped by a clock change, the first one after the gap;
/// where it comes twice, the first.
fn midnight(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    (0..=12)
        .filter_map(|quarter| {
            let wall = date.and_time(NaiveTime::from_hms_opt(quarter / 4, quarter % 4 * 15, 0)?);
            zone.from_local_datetime(&wall).earliest()
        })
        .next()
        .map_or_else(|| date.and_time(NaiveTime::MIN).and_utc(), |local| local.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(zone: &str, day: &str, start: &str, end: &str) {
        let day = day.parse().unwrap();
        let window = window(zone.parse().unwrap(), day, day);
        assert_eq!(window.start, start.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(window.end, end.parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn days_follow_the_zone() {
        check("UTC", "2026-03-12", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z");
        // 23 hours: the clocks go forward.
        check("Europe/Madrid", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
        // Midnight itself is skipped.
        check("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
        check("Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z", "2026-01-01T18:15:00Z");
    }
}
