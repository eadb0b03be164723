//! Rules about the hosts that are asked.

use url::{Host, Url};

/// Whether `url` names this machine itself: `localhost`, 127.0.0.0/8 or `::1`.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether `url` may be asked at all: https, or http on a loopback host, and without user name.
#[must_use]
pub fn is_allowed(url: &Url) -> bool {
    let scheme = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(url),
        _ => false,
    };
    scheme && url.username().is_empty() && url.password().is_none()
}

/// The EWS address that somebody means: a host alone gets the path at which every Exchange server answers.
#[must_use]
pub fn with_ews_path(mut url: Url) -> Url {
    if url.path() == "/" && url.query().is_none() {
        url.set_path("/EWS/Exchange.asmx");
    }
    url
}

/// Whether a token meant for `known` may go to `other`: same scheme, host and port, and allowed at all.
///
/// Links inside answers (nextLink, deltaLink, metadata) pass this before a token goes out.
#[must_use]
pub fn same_host(known: &Url, other: &Url) -> bool {
    is_allowed(other)
        && known.scheme() == other.scheme()
        && known.host() == other.host()
        && known.port_or_known_default() == other.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, is_loopback, same_host};
    use url::Url;

    #[test]
    fn http_is_for_loopback_only() {
        for (url, expected) in [
            ("https://graph.microsoft.com/v1.0/me", true),
            ("http://localhost:4000/v1.0", true),
            ("http://127.0.0.1:4000/", true),
            ("http://127.9.9.9/", true),
            ("http://[::1]:80/", true),
            ("http://graph.microsoft.com/", false),
            ("http://localhost.evil.example/", false),
            ("http://127.0.0.1.evil.example/", false),
            ("https://user@graph.microsoft.com/", false),
            ("https://user:pw@graph.microsoft.com/", false),
            ("ftp://localhost/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_allowed(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn loopback_names() {
        assert!(is_loopback(&Url::parse("http://LOCALHOST/").unwrap()));
        assert!(!is_loopback(&Url::parse("http://0.0.0.0/").unwrap()));
    }

    #[test]
    fn same_host_compares_scheme_host_and_port() {
        let known = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
        for (url, expected) in [
            ("https://graph.microsoft.com/v1.0/me/events?$skip=10", true),
            ("https://GRAPH.microsoft.com:443/x", true),
            ("https://graph.microsoft.com:444/x", false),
            ("http://graph.microsoft.com/x", false),
            ("https://graph.microsoft.com.evil.example/x", false),
            ("https://graph.microsoft.com@evil.example/x", false),
            ("https://me@graph.microsoft.com/x", false),
        ] {
            assert_eq!(same_host(&known, &Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
