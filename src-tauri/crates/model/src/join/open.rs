//! Which links may be opened in the browser.

use url::{Host, Url};

/// No join link of any provider comes near it; some mail scanners make 4,000.
const LONGEST: usize = 8_192;

/// Why a link is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// It does not start with `https://`.
    #[error("only https links are opened")]
    NotHttps,
    /// It contains white space, control or invisible characters, or backslashes, which readers and browsers
    /// take differently.
    #[error("the link contains characters that do not belong into one")]
    Characters,
    /// It names a user before the host (`https://known.example@evil.example`).
    #[error("the link carries a user name")]
    UserInfo,
    /// Its host is an address or a name of this machine or the local network.
    #[error("the link's host is not a name of the internet")]
    Host,
    /// It is longer than 8,192 bytes.
    #[error("the link is too long")]
    TooLong,
    /// It is not a URL (RFC 3986, WHATWG).
    #[error("the link is not a URL")]
    Malformed,
}

/// The link as a URL, if a browser may be sent there (reliability B50, B51).
///
/// A host in another script comes back as punycode (`xn--…`), and so can't pass for a known provider.
///
/// # Errors
/// [`LinkRefused`] with the reason.
pub fn openable(link: &str) -> Result<Url, LinkRefused> {
    if link.len() > LONGEST {
        return Err(LinkRefused::TooLong);
    }
    // `url` would drop tabs and line ends and read `https:evil` and `https:\\evil` as hosts.
    if !link.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")) {
        return Err(LinkRefused::NotHttps);
    }
    if link.chars().any(is_misleading) {
        return Err(LinkRefused::Characters);
    }
    let url = Url::parse(link).map_err(|_| LinkRefused::Malformed)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(LinkRefused::UserInfo);
    }
    match url.host() {
        Some(Host::Domain(name)) if is_public(name) => Ok(url),
        _ => Err(LinkRefused::Host),
    }
}

fn is_misleading(c: char) -> bool {
    // U+200B…U+200F, U+202A…U+202E, U+2060…U+206F and U+FEFF are invisible or turn the reading direction.
    c.is_whitespace()
        || c.is_control()
        || c == '\\'
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A name with a dot that is neither local nor of the machine itself.
fn is_public(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.contains('.') && !name.ends_with(".localhost") && !name.ends_with(".local")
}

#[cfg(test)]
mod tests {
    use super::{LinkRefused, openable};

    fn check(link: &str, expected: Result<&str, LinkRefused>) {
        assert_eq!(openable(link).as_ref().map(url::Url::as_str), expected.as_ref().copied(), "{link:?}");
    }

    #[test]
    fn b50_only_plain_https_links_are_opened() {
        check("https://zoom.us/j/1?pwd=x", Ok("https://zoom.us/j/1?pwd=x"));
        check("HTTPS://Zoom.us/j/1", Ok("https://zoom.us/j/1"));
        for link in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "file://srv/x",
            "ms-msdt:/id",
            "search-ms:query=x",
            "msteams:/l/meetup-join/1",
            "http://zoom.us/j/1",
            "https:evil.example",
            "https:\\\\evil.example",
            "//zoom.us/j/1",
            "\\\\evil\\s\\a.wav",
            "",
            "https:/",
        ] {
            check(link, Err(LinkRefused::NotHttps));
        }
        check("https://teams.microsoft.com@evil.example/", Err(LinkRefused::UserInfo));
        check("https://teams.microsoft.com:pw@evil.example/", Err(LinkRefused::UserInfo));
        check("https://teams.microsoft.com\\@evil.example/", Err(LinkRefused::Characters));
        check("https://zoom.us/\u{0000}j/1", Err(LinkRefused::Characters));
        check("https://zo\tom.us/j/1", Err(LinkRefused::Characters));
        check("https://zoom.us/\u{202E}1/j", Err(LinkRefused::Characters));
        for link in [
            "https://127.0.0.1/j/1",
            "https://[::1]/",
            "https://2130706433/",
            "https://localhost/x",
            "https://a.localhost/x",
            "https://printer/",
            "https://printer.local/",
        ] {
            check(link, Err(LinkRefused::Host));
        }
        check("https://", Err(LinkRefused::Malformed));
        check(&format!("https://zoom.us/{}", "a".repeat(9000)), Err(LinkRefused::TooLong));
    }

    #[test]
    fn b51_homographs_show_as_punycode() {
        let url = openable("https://te\u{0430}ms.microsoft.com/l/meetup-join/1").unwrap();
        assert!(url.host_str().unwrap().starts_with("xn--"), "{url}");
        let url = openable("https://teams.microsoft.com\u{3002}evil.example/l/meetup-join/1").unwrap();
        assert_eq!(url.host_str(), Some("teams.microsoft.com.evil.example"));
    }
}
