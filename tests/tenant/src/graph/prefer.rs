//! The `Prefer` header: kind of ids, time zone, size of pages, format of bodies.

use axum::http::HeaderMap;
use chrono_tz::Tz;

use super::reply::Failure;
use crate::world::zone;

/// What a request prefers. Each request stands alone.
#[derive(Debug, Clone)]
pub struct Prefer {
    /// `IdType="ImmutableId"`.
    pub immutable: bool,
    /// `outlook.timezone`: the name as sent, echoed in `start` and `end`.
    pub zone_name: String,
    /// The zone of that name.
    pub zone: Tz,
    /// `odata.maxpagesize`.
    pub page_size: Option<usize>,
    /// `outlook.body-content-type="text"`.
    pub text_bodies: bool,
    /// `Preference-Applied`.
    pub applied: Vec<String>,
}

impl Prefer {
    /// Reads all `Prefer` headers; several may come in one line or in several.
    pub fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut prefer = Self {
            immutable: false,
            zone_name: "UTC".into(),
            zone: Tz::UTC,
            page_size: None,
            text_bodies: false,
            applied: Vec::new(),
        };
        for line in headers.get_all("prefer") {
            for part in line.to_str().unwrap_or_default().split([',', ';']) {
                prefer.take(part.trim())?;
            }
        }
        Ok(prefer)
    }

    fn take(&mut self, part: &str) -> Result<(), Failure> {
        let Some((name, value)) = part.split_once('=') else {
            return Ok(());
        };
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "idtype" if value.eq_ignore_ascii_case("ImmutableId") => self.immutable = true,
            "outlook.timezone" => {
                self.zone = zone::named(value).ok_or_else(|| unknown_zone(value))?;
                self.zone_name = value.to_owned();
            }
            "odata.maxpagesize" => self.page_size = value.parse().ok().filter(|size| *size > 0),
            "outlook.body-content-type" => self.text_bodies = value.eq_ignore_ascii_case("text"),
            _ => return Ok(()),
        }
        self.applied.push(part.to_owned());
        Ok(())
    }
}

fn unknown_zone(name: &str) -> Failure {
    let message = format!("A time zone with the specified ID could not be found: {name}");
    Failure::new(400, "TimeZoneNotSupportedException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_preferences_in_one_line_or_more() {
        let mut headers = HeaderMap::new();
        headers.append("prefer", "IdType=\"ImmutableId\", odata.maxpagesize=50".parse().unwrap());
        headers.append("prefer", "outlook.timezone=\"Tokyo Standard Time\"".parse().unwrap());
        let prefer = Prefer::of(&headers).unwrap();
        assert!(prefer.immutable && !prefer.text_bodies);
        assert_eq!((prefer.page_size, prefer.zone), (Some(50), Tz::Asia__Tokyo));
        assert_eq!(prefer.applied.len(), 3);
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        let mut headers = HeaderMap::new();
        headers.append("prefer", "outlook.timezone=\"Mars/Olympus\"".parse().unwrap());
        assert_eq!(Prefer::of(&headers).unwrap_err().status, 400);
    }
}
