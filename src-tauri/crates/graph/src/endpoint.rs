//! The server that is asked.

use std::fmt::Write as _;

use convoke_model::endpoint::{is_allowed, same_host};
use url::Url;

use crate::error::GraphError;

/// The root of a Graph API: `https://graph.microsoft.com/v1.0`, another cloud's, or a simulated one on this
/// machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
}

impl Endpoint {
    /// An endpoint below `base`; a trailing slash makes no difference.
    ///
    /// # Errors
    /// [`GraphError::Endpoint`] unless it is https (or http on a loopback host) without user, query and fragment.
    pub fn new(base: &str) -> Result<Self, GraphError> {
        let refused = || GraphError::Endpoint { url: base.chars().take(200).collect() };
        let mut base = Url::parse(base).map_err(|_| refused())?;
        if base.query().is_some() || base.fragment().is_some() || !is_allowed(&base) {
            return Err(refused());
        }
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        Ok(Self { base })
    }

    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// Whether `url` is on the same server: scheme, host and port are equal and it names no user.
    #[must_use]
    pub fn is_home_of(&self, url: &Url) -> bool {
        same_host(&self.base, url)
    }

    /// The URL of `segments` below the root, each percent-encoded, with `query` parameters.
    pub(crate) fn url(&self, segments: &[&str], query: &[(&str, &str)]) -> Result<Url, GraphError> {
        let mut text = self.base.as_str().trim_end_matches('/').to_owned();
        for segment in segments {
            // A URL drops such segments, percent-encoded or not, and their neighbours with them.
            if matches!(*segment, "" | "." | "..") {
                return Err(GraphError::Missing { field: "id" });
            }
            text.push('/');
            encode(&mut text, segment);
        }
        for (index, (name, value)) in query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            encode(&mut text, value);
        }
        Url::parse(&text).map_err(|_| GraphError::Endpoint { url: self.base.to_string() })
    }
}

/// Percent-encodes all but unreserved characters (RFC 3986 §2.3): ids contain `/`, `+` and `=`. The `$` of
/// segments such as `$value` stays.
fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'$') {
            out.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn only_secure_roots() {
        for (base, good) in [
            ("https://graph.microsoft.com/v1.0", true),
            ("https://graph.microsoft.com/v1.0/", true),
            ("http://localhost:4000/v1.0", true),
            ("http://127.0.0.1:4000/v1.0", true),
            ("http://graph.microsoft.com/v1.0", false),
            ("https://user@graph.microsoft.com/v1.0", false),
            ("https://graph.microsoft.com/v1.0?x=1", false),
            ("graph.microsoft.com", false),
            ("", false),
        ] {
            assert_eq!(Endpoint::new(base).is_ok(), good, "{base}");
        }
    }

    #[test]
    fn ids_are_percent_encoded() {
        let endpoint = Endpoint::new("https://graph.microsoft.com/v1.0/").unwrap();
        let url =
            endpoint.url(&["me", "events", "A/b+c=="], &[("$top", "5"), ("t", "2026-01-01T00:00:00+01:00")]);
        assert_eq!(
            url.unwrap().as_str(),
            "https://graph.microsoft.com/v1.0/me/events/A%2Fb%2Bc%3D%3D?$top=5&t=2026-01-01T00%3A00%3A00%2B01%3A00"
        );
        // An id can't climb out of its place.
        for id in ["..", ".", ""] {
            assert!(endpoint.url(&["me", "events", id], &[]).is_err(), "{id}");
        }
    }
}
