//! Time zones as events name them on the wire, with the IANA zone each name means.

use chrono::offset::LocalResult;
use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A zone under the name that Outlook gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// `originalStartTimeZone`: a Windows name or an IANA name.
    pub wire: &'static str,
    /// The zone meant: for Windows names, CLDR's choice for territory 001.
    pub iana: Tz,
}

const fn zone(wire: &'static str, iana: Tz) -> Zone {
    Zone { wire, iana }
}

/// The zone of the demo's users.
pub const HOME: Zone = zone("Romance Standard Time", Tz::Europe__Paris);
/// London, for organizers abroad.
pub const LONDON: Zone = zone("GMT Standard Time", Tz::Europe__London);
/// New York, whose clock changes on other days than Europe's.
pub const NEW_YORK: Zone = zone("Eastern Standard Time", Tz::America__New_York);

/// Zones that organizers are in.
pub const ZONES: [Zone; 12] = [
    HOME,
    zone("Europe/Madrid", Tz::Europe__Madrid),
    zone("W. Europe Standard Time", Tz::Europe__Berlin),
    LONDON,
    NEW_YORK,
    zone("Pacific Standard Time", Tz::America__Los_Angeles),
    zone("Tokyo Standard Time", Tz::Asia__Tokyo),
    zone("Europe/Athens", Tz::Europe__Athens),
    zone("America/Sao_Paulo", Tz::America__Sao_Paulo),
    zone("Australia/Sydney", Tz::Australia__Sydney),
    zone("Asia/Dubai", Tz::Asia__Dubai),
    zone("Asia/Kathmandu", Tz::Asia__Kathmandu),
];

impl Zone {
    /// The instant of a local time. In an autumn overlap the first of the two; in a spring gap the time as read
    /// with the offset in force before the gap, which is what Outlook shows.
    #[must_use]
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.iana.from_local_datetime(&local) {
            LocalResult::Single(at) => at.with_timezone(&Utc),
            LocalResult::Ambiguous(first, _) => first.with_timezone(&Utc),
            LocalResult::None => {
                let hour = TimeDelta::hours(1);
                match self.iana.from_local_datetime(&(local - hour)) {
                    LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc) + hour,
                    LocalResult::None => local.and_utc(),
                }
            }
        }
    }

    /// The zone as an on-premises server names it, which knows Windows' names only, with the zone that CLDR gives
    /// that name for territory 001: what is left of the creator's zone there.
    #[must_use]
    pub fn windows(&self) -> Self {
        match self.wire {
            "Europe/Madrid" => HOME,
            "Europe/Athens" => zone("GTB Standard Time", Tz::Europe__Bucharest),
            "America/Sao_Paulo" => zone("E. South America Standard Time", Tz::America__Sao_Paulo),
            "Australia/Sydney" => zone("AUS Eastern Standard Time", Tz::Australia__Sydney),
            "Asia/Dubai" => zone("Arabian Standard Time", Tz::Asia__Dubai),
            "Asia/Kathmandu" => zone("Nepal Standard Time", Tz::Asia__Kathmandu),
            _ => *self,
        }
    }

    /// The local time of an instant.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.iana).naive_local()
    }
}

/// The zone that a client names in `Prefer: outlook.timezone`, Windows or IANA.
#[must_use]
pub fn named(name: &str) -> Option<Tz> {
    let listed = ZONES.iter().find(|zone| zone.wire.eq_ignore_ascii_case(name)).map(|zone| zone.iana);
    listed.or_else(|| name.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(zone: Zone, local: &str, utc: &str) {
        assert_eq!(zone.instant(local.parse().unwrap()), utc.parse::<DateTime<Utc>>().unwrap(), "{local}");
    }

    #[test]
    fn local_times_become_instants_across_clock_changes() {
        check(HOME, "2026-03-28T09:00:00", "2026-03-28T08:00:00Z");
        check(HOME, "2026-03-30T09:00:00", "2026-03-30T07:00:00Z");
        check(HOME, "2026-03-29T02:30:00", "2026-03-29T01:30:00Z");
        check(HOME, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z");
        check(NEW_YORK, "2026-03-09T09:00:00", "2026-03-09T13:00:00Z");
    }
}
