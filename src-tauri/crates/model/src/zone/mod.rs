//! Names of time zones: Windows names become IANA names.
//!
//! Graph and EWS name zones as Windows does; everything else here speaks IANA. The table is CLDR's
//! `windowsZones` for territory `001`, as Graph's own documentation of `dateTimeTimeZone` advises.

mod windows;

use chrono_tz::Tz;

/// How Exchange spells UTC in `originalStartTimeZone` of some events.
const EXCHANGE_UTC: &str = "tzone://Microsoft/Utc";

/// The IANA name of a zone: IANA names pass, Windows names (any case) become the name that CLDR gives them
/// for territory 001, anything else (`Customized Time Zone`, `tzone://Microsoft/Custom`) stays as it is.
#[must_use]
pub fn canonical(name: &str) -> String {
    if name.parse::<Tz>().is_ok() {
        return name.to_owned();
    }
    if name.eq_ignore_ascii_case(EXCHANGE_UTC) {
        return "UTC".to_owned();
    }
    from_windows(name).unwrap_or(name).to_owned()
}

/// The zone itself, by IANA or Windows name; `None` where the name is not known.
#[must_use]
pub fn parse(name: &str) -> Option<Tz> {
    canonical(name).parse().ok()
}

fn from_windows(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let found =
        windows::WINDOWS_ZONES.binary_search_by(|(key, _)| key.to_ascii_lowercase().as_str().cmp(&name));
    found.ok().and_then(|index| windows::WINDOWS_ZONES.get(index)).map(|(_, iana)| *iana)
}

#[cfg(test)]
mod tests {
    use super::{canonical, parse, windows::WINDOWS_ZONES};

    #[test]
    fn names() {
        for (name, expected) in [
            ("Romance Standard Time", "Europe/Paris"),
            ("romance standard time", "Europe/Paris"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("Pacific Standard Time", "America/Los_Angeles"),
            ("India Standard Time", "Asia/Calcutta"),
            ("Central Standard Time (Mexico)", "America/Mexico_City"),
            ("UTC", "UTC"),
            ("UTC-11", "Etc/GMT+11"),
            ("tzone://Microsoft/Utc", "UTC"),
            ("Europe/Madrid", "Europe/Madrid"),
            ("Europe/Kyiv", "Europe/Kyiv"),
            ("tzone://Microsoft/Custom", "tzone://Microsoft/Custom"),
            ("Customized Time Zone", "Customized Time Zone"),
            ("", ""),
        ] {
            assert_eq!(canonical(name), expected, "{name}");
        }
        assert_eq!(parse("Customized Time Zone"), None);
        assert_eq!(parse("Tokyo Standard Time"), Some(chrono_tz::Asia::Tokyo));
    }

    #[test]
    fn the_table_is_sorted_and_every_zone_exists() {
        assert!(WINDOWS_ZONES.is_sorted_by_key(|(name, _)| name.to_ascii_lowercase()));
        for (windows, iana) in WINDOWS_ZONES {
            assert!(iana.parse::<chrono_tz::Tz>().is_ok(), "{windows}: {iana}");
            assert!(parse(windows).is_some(), "{windows}");
        }
    }
}
