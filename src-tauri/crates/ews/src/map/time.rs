//! Times of events.

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, NaiveDateTime, Utc};
use convoke_model::record::When;

use super::zone;
use crate::error::EwsError;
use crate::wire::time_zone::TimeZoneDefinition;
use crate::xml::Element;

/// How far from midnight an all-day event may begin or end for it to be that midnight: rules of zones differ
/// by an hour or two between their makers and times.
const NEAR: Duration = Duration::hours(3);

/// As [`NEAR`], where the zone is not known and all instants are read as UTC: no inhabited zone but those
/// beyond UTC+12 is further away.
const FAR: Duration = Duration::hours(12);

/// When an event takes place.
///
/// All-day events come as instants: midnight where their creator was. So the date is the one that it was
/// there then (EWS "How to create all-day events"), which is the opposite of Graph.
pub(super) fn when(item: &Element, all_day: bool) -> Result<When, EwsError> {
    let (start, end) = (required(item, "Start")?, required(item, "End")?);
    if !all_day {
        return Ok(When::Timed { start, end: end.max(start) });
    }
    let zone = |name: &str| item.typed(name).map(TimeZoneDefinition::of);
    let starts_in = zone("StartTimeZone");
    let ends_in = zone("EndTimeZone").or_else(|| starts_in.clone());
    let (start, near) = local(starts_in.as_ref(), start);
    let start = shifted(start, near).date();
    let (end, near) = local(ends_in.as_ref(), end);
    let end = day_after(shifted(end, -near).date());
    Ok(When::AllDay { start, end: end.max(day_after(start)) })
}

/// The instant of the element of that name. Exchange always says the offset; without one it is UTC, as asked.
fn required(item: &Element, field: &'static str) -> Result<DateTime<Utc>, EwsError> {
    let text = item.word(field).ok_or(EwsError::Missing { field })?;
    instant(text).ok_or(EwsError::BadTime { field })
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    let plain =
        || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|time| time.and_utc());
    let instant = DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc()).or_else(plain);
    // Far beyond, local times could not be told.
    instant.filter(|instant| (0..10_000).contains(&instant.year()))
}

/// A date that came as an instant near midnight somewhere, such as a birthday.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    instant(text).map(|instant| shifted(instant.naive_utc(), FAR).date())
}

fn local(zone: Option<&TimeZoneDefinition>, instant: DateTime<Utc>) -> (NaiveDateTime, Duration) {
    match zone.and_then(|zone| zone::local(zone, instant)) {
        Some(local) => (local, NEAR),
        None => (instant.naive_utc(), FAR),
    }
}

fn shifted(time: NaiveDateTime, by: Duration) -> NaiveDateTime {
    time.checked_add_signed(by).unwrap_or(time)
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::{date, when};
    use crate::xml;
    use convoke_model::record::When;

    fn check(content: &str, all_day: bool, expected: Option<(&str, &str)>) {
        let text = format!(
            r#"<t:CalendarItem xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">{content}</t:CalendarItem>"#
        );
        let when = when(&xml::parse(text.as_bytes()).unwrap(), all_day).ok();
        let texts = when.map(|when| match when {
            When::Timed { start, end } => (start.to_rfc3339(), end.to_rfc3339()),
            When::AllDay { start, end } => (start.to_string(), end.to_string()),
        });
        let texts = texts.as_ref().map(|(start, end)| (start.as_str(), end.as_str()));
        assert_eq!(texts, expected, "{content}");
    }

    fn span(start: &str, end: &str, zone: &str) -> String {
        let zone = if zone.is_empty() { String::new() } else { format!(r#"<t:StartTimeZone Id="{zone}"/>"#) };
        format!("<t:Start>{start}</t:Start><t:End>{end}</t:End>{zone}")
    }

    #[test]
    fn instants_with_any_offset() {
        let expected = Some(("2026-03-02T09:00:00+00:00", "2026-03-02T10:00:00+00:00"));
        for (start, end) in [
            ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
            ("2026-03-02T09:00:00.0000000Z", "2026-03-02T12:00:00+02:00"),
            ("2026-03-02T01:00:00-08:00", " 2026-03-02T10:00:00 "),
        ] {
            check(&span(start, end, "Tokyo Standard Time"), false, expected);
        }
    }

    #[test]
    fn all_day_is_the_creators_day() {
        let day = Some(("2026-03-10", "2026-03-11"));
        for (start, end, zone) in [
            ("2026-03-10T04:00:00Z", "2026-03-11T04:00:00Z", "Eastern Standard Time"),
            ("2026-03-09T15:00:00Z", "2026-03-10T15:00:00Z", "Tokyo Standard Time"),
            ("2026-03-10T00:00:00+09:00", "2026-03-11T00:00:00+09:00", "Tokyo Standard Time"),
            ("2026-03-09T11:00:00Z", "2026-03-10T11:00:00Z", "New Zealand Standard Time"),
            ("2026-03-10T00:00:00Z", "2026-03-11T00:00:00Z", "UTC"),
            // A zone that nobody knows, or none at all.
            ("2026-03-10T04:00:00Z", "2026-03-11T04:00:00Z", "Nowhere Standard Time"),
            ("2026-03-09T15:00:00Z", "2026-03-10T15:00:00Z", ""),
            ("2026-03-09T23:00:00Z", "2026-03-10T23:00:00Z", ""),
            // Rules that are off by an hour.
            ("2026-03-10T05:00:00Z", "2026-03-11T05:00:00Z", "Eastern Standard Time"),
            ("2026-03-10T03:00:00Z", "2026-03-11T03:00:00Z", "Eastern Standard Time"),
        ] {
            check(&span(start, end, zone), true, day);
        }
        // Over the change to summer time the last day has 23 hours.
        let span = span("2026-03-27T23:00:00Z", "2026-03-29T22:00:00Z", "Romance Standard Time");
        check(&span, true, Some(("2026-03-28", "2026-03-30")));
    }

    #[test]
    fn start_and_end_may_have_zones_of_their_own() {
        let content = r#"<t:Start>2026-03-09T15:00:00Z</t:Start><t:End>2026-03-11T04:00:00Z</t:End><t:StartTimeZone Id="Tokyo Standard Time"/><t:EndTimeZone Id="Eastern Standard Time"/>"#;
        check(content, true, Some(("2026-03-10", "2026-03-11")));
    }

    #[test]
    fn b55_odd_times() {
        check(
            &span("2026-03-02T09:00:00Z", "2026-03-01T09:00:00Z", ""),
            false,
            Some(("2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00")),
        );
        check(
            &span("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "UTC"),
            true,
            Some(("2026-03-02", "2026-03-03")),
        );
        check(
            &span("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "UTC"),
            true,
            Some(("+10000-01-01", "+10000-01-02")),
        );
        check(
            &span("2026-03-02T10:00:00Z", "2026-03-02T18:00:00Z", "UTC"),
            true,
            Some(("2026-03-02", "2026-03-03")),
        );
        for bad in [
            "",
            "soon",
            "2026-13-01T00:00:00Z",
            "2026-03-02",
            "99999-01-01T00:00:00x",
            "+262142-12-31T23:59:59",
            "-9999-01-01T00:00:00",
        ] {
            check(&span(bad, "2026-03-02T09:00:00Z", "Tokyo Standard Time"), true, None);
        }
        check("", false, None);
    }

    #[test]
    fn birthdays() {
        for (text, expected) in [
            ("1974-07-22T00:00:00Z", Some("1974-07-22")),
            ("1974-07-22T11:59:00Z", Some("1974-07-22")),
            ("1974-07-21T22:00:00Z", Some("1974-07-22")),
            ("1974-07-22T05:00:00Z", Some("1974-07-22")),
            ("1974-07-22T00:00:00+02:00", Some("1974-07-22")),
            ("never", None),
        ] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
