//! Windows' names of time zones: Exchange knows no others. Events of the world that were made under an IANA name are
//! sent under the Windows name of that zone, as a real server stores them.

use chrono_tz::Tz;

use crate::world::zone::{self, Zone};

/// Windows name, the words that go with it, and CLDR's zone for territory 001.
const WINDOWS: [(&str, &str, Tz); 24] = [
    ("Romance Standard Time", "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", Tz::Europe__Paris),
    (
        "W. Europe Standard Time",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        Tz::Europe__Berlin,
    ),
    (
        "Central Europe Standard Time",
        "(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague",
        Tz::Europe__Budapest,
    ),
    ("Central European Standard Time", "(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb", Tz::Europe__Warsaw),
    ("GMT Standard Time", "(UTC+00:00) Dublin, Edinburgh, Lisbon, London", Tz::Europe__London),
    ("Greenwich Standard Time", "(UTC+00:00) Monrovia, Reykjavik", Tz::Atlantic__Reykjavik),
    ("GTB Standard Time", "(UTC+02:00) Athens, Bucharest", Tz::Europe__Bucharest),
    ("FLE Standard Time", "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", Tz::Europe__Kiev),
    ("Turkey Standard Time", "(UTC+03:00) Istanbul", Tz::Europe__Istanbul),
    ("Russian Standard Time", "(UTC+03:00) Moscow, St. Petersburg", Tz::Europe__Moscow),
    ("Arabian Standard Time", "(UTC+04:00) Abu Dhabi, Muscat", Tz::Asia__Dubai),
    ("India Standard Time", "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", Tz::Asia__Calcutta),
    ("Nepal Standard Time", "(UTC+05:45) Kathmandu", Tz::Asia__Kathmandu),
    ("China Standard Time", "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", Tz::Asia__Shanghai),
    ("Singapore Standard Time", "(UTC+08:00) Kuala Lumpur, Singapore", Tz::Asia__Singapore),
    ("Tokyo Standard Time", "(UTC+09:00) Osaka, Sapporo, Tokyo", Tz::Asia__Tokyo),
    ("AUS Eastern Standard Time", "(UTC+10:00) Canberra, Melbourne, Sydney", Tz::Australia__Sydney),
    ("New Zealand Standard Time", "(UTC+12:00) Auckland, Wellington", Tz::Pacific__Auckland),
    ("E. South America Standard Time", "(UTC-03:00) Brasilia", Tz::America__Sao_Paulo),
    ("Newfoundland Standard Time", "(UTC-03:30) Newfoundland", Tz::America__St_Johns),
    ("Eastern Standard Time", "(UTC-05:00) Eastern Time (US & Canada)", Tz::America__New_York),
    ("Central Standard Time", "(UTC-06:00) Central Time (US & Canada)", Tz::America__Chicago),
    ("Mountain Standard Time", "(UTC-07:00) Mountain Time (US & Canada)", Tz::America__Denver),
    ("Pacific Standard Time", "(UTC-08:00) Pacific Time (US & Canada)", Tz::America__Los_Angeles),
];

/// The zone of that name.
#[must_use]
pub fn named(name: &str) -> Option<Tz> {
    let windows = WINDOWS.iter().find(|(known, ..)| *known == name).map(|(.., zone)| *zone);
    windows.or_else(|| zone::named(name))
}

/// The Windows name of an event's zone, and the words that go with it.
#[must_use]
pub fn windows(zone: Zone) -> (&'static str, &'static str) {
    let name = zone.windows().wire;
    let words = WINDOWS.iter().find(|(known, ..)| *known == name).map_or(name, |(_, words, _)| words);
    (name, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::zone::ZONES;

    #[test]
    fn every_zone_of_the_world_has_a_windows_name() {
        for zone in ZONES {
            let (name, words) = windows(zone);
            assert!(name.ends_with(" Standard Time"), "{name}");
            assert_ne!(name, words);
            assert_eq!(named(name), Some(zone.windows().iana), "{name}");
        }
    }
}
