//! Instants as Exchange reads and writes them (source: "Time zones and EWS in Exchange").
//!
//! Requests may carry `Z`, an offset, or neither; answers always carry one: `Z`, or the offset of the zone that the
//! request's `TimeZoneContext` names.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;

/// An `xs:dateTime`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// With `Z` or an offset.
    Instant(DateTime<Utc>),
    /// With neither: read in the request's zone.
    Local(NaiveDateTime),
}

/// Reads an `xs:dateTime`.
#[must_use]
pub fn parse(text: &str) -> Option<Moment> {
    let instant = DateTime::parse_from_rfc3339(text).map(|at| Moment::Instant(at.with_timezone(&Utc)));
    instant.ok().or_else(|| text.parse().ok().map(Moment::Local))
}

/// The zone of a request: times without offset are read in it, and all times are answered in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestZone(Option<Tz>);

impl RequestZone {
    /// Times are answered with `Z`.
    pub const UTC: Self = Self(None);

    /// The zone of that Windows name, or of that IANA name, which exchangelib sends for zones without a Windows name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "UTC" | "Etc/UTC" => Some(Self::UTC),
            _ => super::zones::named(name).map(|zone| Self(Some(zone))),
        }
    }

    /// The instant that a request means.
    #[must_use]
    pub fn instant(self, moment: Moment) -> DateTime<Utc> {
        match (moment, self.0) {
            (Moment::Instant(at), _) => at,
            (Moment::Local(local), None) => local.and_utc(),
            (Moment::Local(local), Some(zone)) => {
                zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
            }
        }
    }

    /// An instant as it is answered.
    #[must_use]
    pub fn write(self, at: DateTime<Utc>) -> String {
        match self.0 {
            None => at.to_rfc3339_opts(SecondsFormat::Secs, true),
            Some(zone) => at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
        }
    }
}

/// A date with the offset that holds at its midnight in a zone, as ranges of series are written.
#[must_use]
pub fn date(day: NaiveDate, zone: Tz) -> String {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let offset: FixedOffset = zone.offset_from_utc_datetime(&midnight).fix();
    if offset.local_minus_utc() == 0 { format!("{day}Z") } else { format!("{day}{offset}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_requests_zone_and_answered_in_it() {
        let check = |zone: &str, text: &str, expected: &str| {
            let zone = RequestZone::named(zone).unwrap();
            assert_eq!(zone.write(zone.instant(parse(text).unwrap())), expected, "{text}");
        };
        check("UTC", "2026-03-12T09:00:00Z", "2026-03-12T09:00:00Z");
        check("UTC", "2026-03-12T09:00:00.000+02:00", "2026-03-12T07:00:00Z");
        check("UTC", "2026-03-12T09:00:00", "2026-03-12T09:00:00Z");
        check("Romance Standard Time", "2026-03-12T09:00:00", "2026-03-12T09:00:00+01:00");
        check("Romance Standard Time", "2026-07-01T00:00:00Z", "2026-07-01T02:00:00+02:00");
        assert_eq!(RequestZone::named("Nowhere Standard Time"), None);
        assert_eq!(parse("2026-03-12"), None);
    }

    #[test]
    fn dates_carry_their_offset() {
        let day = "2026-07-01".parse().unwrap();
        assert_eq!(date(day, Tz::Europe__Paris), "2026-07-01+02:00");
        assert_eq!(date(day, Tz::UTC), "2026-07-01Z");
    }
}
