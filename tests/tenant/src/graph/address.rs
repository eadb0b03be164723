//! Paths and queries, taken apart.

use axum::http::Uri;
use url::form_urlencoded;

/// The segments of a path, decoded; `calendars('id')` counts as two.
#[must_use]
pub fn segments(uri: &Uri) -> Vec<String> {
    let path = uri.path().trim_start_matches("/v1.0");
    path.split('/').filter(|segment| !segment.is_empty()).flat_map(parts).collect()
}

fn parts(segment: &str) -> Vec<String> {
    let segment = decoded(segment);
    match segment.split_once("('").and_then(|(name, rest)| Some((name, rest.strip_suffix("')")?))) {
        Some((name, key)) => vec![name.to_owned(), key.replace("''", "'")],
        None => vec![segment],
    }
}

/// Undoes percent-encoding; a plus sign stays one.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The parameters of a query. Names are compared without regard to case, with or without `$`.
#[derive(Debug, Clone, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query as forms are encoded, in which a plus sign is a blank.
    #[must_use]
    pub fn new(uri: &Uri) -> Self {
        let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Self(pairs.map(|(name, value)| (bare(&name), value.into_owned())).collect())
    }

    /// The value of a parameter, named in lower case without `$`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// The same query with another value, for the link to the next page.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (known, old) in self.0.iter().filter(|(known, _)| known != name) {
            query.append_pair(&dollared(known), old);
        }
        query.append_pair(&dollared(name), value);
        query.finish().replace("%24", "$")
    }
}

fn bare(name: &str) -> String {
    name.trim_start_matches('$').to_ascii_lowercase()
}

/// Parameters of the resource have no `$`, those of the protocol do.
fn dollared(name: &str) -> String {
    match name {
        "startdatetime" => "startDateTime".into(),
        "enddatetime" => "endDateTime".into(),
        _ => format!("${name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, expected: &[&str]) {
        assert_eq!(segments(&uri.parse().unwrap()), expected, "{uri}");
    }

    #[test]
    fn paths_are_taken_apart() {
        check("/v1.0/me/calendars/AB%2Fc%2B%3D/events/x", &["me", "calendars", "AB/c+=", "events", "x"]);
        check("/me/calendars('A%3D')/calendarView", &["me", "calendars", "A=", "calendarView"]);
        check("/users/a%23EXT%23@b.example", &["users", "a#EXT#@b.example"]);
        check("/100%/x", &["100%", "x"]);
    }

    #[test]
    fn names_of_parameters_have_no_case() {
        let query = Query::new(&"/x?StartDateTime=2026-03-01T00:00:00%2B01:00&$Top=5".parse().unwrap());
        assert_eq!(query.get("startdatetime"), Some("2026-03-01T00:00:00+01:00"));
        assert_eq!(query.number("top"), Some(5));
        assert_eq!(query.with("skip", "5"), "startDateTime=2026-03-01T00%3A00%3A00%2B01%3A00&$top=5&$skip=5");
    }
}
