//! The app's registration in the tenant: a public client with one redirect URI.

use url::{Host, Url};

/// The app's id.
pub const CLIENT_ID: &str = "6b1f3c52-8a0d-4e5b-9f27-c0a4d18e7b35";

/// The app's name on consent pages.
pub const NAME: &str = "Convoke";

/// Its registered redirect URI, platform "Mobile and desktop applications".
pub const REDIRECT_URI: &str = "http://localhost";

/// Whether a redirect URI meets the registered one. For `http://localhost` any port does; the path must be the same
/// in the same case; 127.0.0.1 and `[::1]` are other hosts (source: "Redirect URI restrictions and limitations").
pub fn redirect_is_registered(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    url.scheme() == "http"
        && matches!(url.host(), Some(Host::Domain("localhost")))
        && url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_port_of_localhost_and_nothing_else() {
        let check = |uri: &str, expected: bool| assert_eq!(redirect_is_registered(uri), expected, "{uri}");
        check("http://localhost", true);
        check("http://localhost:49152", true);
        check("http://localhost:49152/", true);
        check("http://localhost:49152/callback", false);
        check("http://127.0.0.1:49152", false);
        check("http://[::1]:49152", false);
        check("https://localhost:49152", false);
        check("http://localhost.evil.example", false);
        check("http://a@localhost", false);
        check("http://localhost/?a=b", false);
        check("not a uri", false);
    }
}
