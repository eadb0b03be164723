//! Times of events.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeZone, Utc};
use convoke_model::record::When;
use convoke_model::zone;

use crate::error::GraphError;
use crate::wire::event::TimeWire;

/// When an event takes place.
///
/// All-day events come as midnights whose zone is merely the one that was asked for, so their dates are taken
/// as they stand (Graph `event.isAllDay`; microsoft-graph-docs#6003).
pub(super) fn when(
    start: Option<&TimeWire>,
    end: Option<&TimeWire>,
    all_day: bool,
) -> Result<When, GraphError> {
    let (start, end) = (required(start, "start")?, required(end, "end")?);
    if all_day {
        let (start, end) = (local(start, "start")?.date(), local(end, "end")?.date());
        return Ok(When::AllDay { start, end: end.max(day_after(start)) });
    }
    let (start, end) = (instant(start, "start")?, instant(end, "end")?);
    Ok(When::Timed { start, end: end.max(start) })
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

fn required<'a>(time: Option<&'a TimeWire>, field: &'static str) -> Result<&'a TimeWire, GraphError> {
    time.ok_or(GraphError::Missing { field })
}

fn local(time: &TimeWire, field: &'static str) -> Result<NaiveDateTime, GraphError> {
    let text = time.date_time.as_deref().ok_or(GraphError::Missing { field })?;
    let text = text.strip_suffix('Z').unwrap_or(text);
    // `%.f` takes any number of digits, none too.
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map_err(|_| GraphError::BadTime { field })
}

fn instant(time: &TimeWire, field: &'static str) -> Result<DateTime<Utc>, GraphError> {
    let local = local(time, field)?;
    // UTC was asked for; a server that answers in another zone says so.
    let zone = time.time_zone.as_deref().and_then(zone::parse).unwrap_or(chrono_tz::Tz::UTC);
    if zone == chrono_tz::Tz::UTC {
        return Ok(local.and_utc());
    }
    // In the hour that a change to summer time skips, the instant is the one that the old offset gives.
    let known = zone.from_local_datetime(&local).earliest();
    let skipped = || zone.from_local_datetime(&(local - chrono::Duration::hours(1))).earliest();
    match (known, skipped()) {
        (Some(time), _) => Ok(time.to_utc()),
        (None, Some(time)) => Ok(time.to_utc() + chrono::Duration::hours(1)),
        (None, None) => Err(GraphError::BadTime { field }),
    }
}

#[cfg(test)]
mod tests {
    use super::when;
    use crate::wire::event::TimeWire;
    use convoke_model::record::When;

    fn at(time: &str, zone: &str) -> TimeWire {
        TimeWire { date_time: Some(time.to_owned()), time_zone: Some(zone.to_owned()) }
    }

    fn check(start: (&str, &str), end: (&str, &str), all_day: bool, expected: Option<(&str, &str)>) {
        let when = when(Some(&at(start.0, start.1)), Some(&at(end.0, end.1)), all_day).ok();
        let texts = when.map(|when| match when {
            When::Timed { start, end } => (start.to_rfc3339(), end.to_rfc3339()),
            When::AllDay { start, end } => (start.to_string(), end.to_string()),
        });
        let texts = texts.as_ref().map(|(start, end)| (start.as_str(), end.as_str()));
        assert_eq!(texts, expected, "{start:?} {end:?}");
    }

    #[test]
    fn times_in_utc_and_other_zones() {
        let utc = |time| (time, "UTC");
        check(
            utc("2026-03-02T09:00:00.0000000"),
            utc("2026-03-02T10:00:00.0000000"),
            false,
            Some(("2026-03-02T09:00:00+00:00", "2026-03-02T10:00:00+00:00")),
        );
        check(
            ("2019-11-20T13:00:00.0000000", "Pacific Standard Time"),
            ("2019-11-20T14:00:00", "America/Los_Angeles"),
            false,
            Some(("2019-11-20T21:00:00+00:00", "2019-11-20T22:00:00+00:00")),
        );
        // 02:30 does not exist in Madrid on that day.
        check(
            ("2026-03-29T02:30:00", "Romance Standard Time"),
            ("2026-03-29T04:00:00", "Europe/Madrid"),
            false,
            Some(("2026-03-29T01:30:00+00:00", "2026-03-29T02:00:00+00:00")),
        );
    }

    #[test]
    fn all_day_events_are_dates_whatever_the_zone() {
        let expected = Some(("2026-03-02", "2026-03-04"));
        for zone in ["UTC", "Tokyo Standard Time", "nonsense"] {
            check(
                ("2026-03-02T00:00:00.0000000", zone),
                ("2026-03-04T00:00:00.0000000", zone),
                true,
                expected,
            );
        }
        let midnight = ("2026-03-02T00:00:00", "UTC");
        check(midnight, midnight, true, Some(("2026-03-02", "2026-03-03")));
    }

    #[test]
    fn b55_odd_times() {
        let utc = |time| (time, "UTC");
        let late = "9999-12-31T23:59:59.9999999";
        assert!(when(Some(&at(late, "UTC")), Some(&at(late, "UTC")), true).is_ok());
        check(
            utc("2026-03-02T09:00:00"),
            utc("2026-03-01T09:00:00"),
            false,
            Some(("2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00")),
        );
        for bad in ["", "soon", "2026-13-01T00:00:00", "2026-03-02", "99999-01-01T00:00:00x"] {
            check(utc(bad), utc("2026-03-02T09:00:00"), false, None);
        }
        assert!(when(None, None, false).is_err());
    }
}
