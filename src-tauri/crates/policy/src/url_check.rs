//! The rule for every URL of the policy.

use convoke_model::endpoint::with_ews_path;
use url::{Host, Url};

use crate::message::Message;
use crate::sentences as say;

const MAX_LENGTH: usize = 2048;

/// Why a text is no URL that a policy may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlFault {
    TooLong,
    Space,
    NoUrl,
    PlainHttp,
    NotHttps,
    NoHost,
    Password,
    Fragment,
    Query,
}

impl UrlFault {
    /// The fault as a sentence on a key.
    pub fn message(self, key: &str) -> Message {
        match self {
            Self::TooLong => say::too_long(key, "2,048"),
            Self::Space => say::url_space(key),
            Self::NoUrl => say::url_none(key),
            Self::PlainHttp => say::url_plain_http(key),
            Self::NotHttps => say::url_not_https(key),
            Self::NoHost => say::url_no_host(key),
            Self::Password => say::url_password(key),
            Self::Fragment => say::url_fragment(key),
            Self::Query => say::url_query(key),
        }
    }
}

/// The URL, if it is https, or http on a loopback host, and nothing strange is hidden in it.
pub fn parse(text: &str) -> Result<Url, UrlFault> {
    if text.len() > MAX_LENGTH {
        return Err(UrlFault::TooLong);
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(UrlFault::Space);
    }
    let url = Url::parse(text).map_err(|_| UrlFault::NoUrl)?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(UrlFault::PlainHttp),
        _ => return Err(UrlFault::NotHttps),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(UrlFault::NoHost);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlFault::Password);
    }
    if url.fragment().is_some() {
        return Err(UrlFault::Fragment);
    }
    Ok(url)
}

/// The address of an Exchange server: a host alone gets the path at which every one answers EWS.
pub fn parse_ews(text: &str) -> Result<Url, UrlFault> {
    let url = parse(text)?;
    if url.query().is_some() {
        return Err(UrlFault::Query);
    }
    Ok(with_ews_path(url))
}

/// Whether the host can only be this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ews_address_may_leave_out_the_path_and_has_no_query() {
        let full = "https://mail.contoso.com/EWS/Exchange.asmx";
        for text in ["https://mail.contoso.com", "https://mail.contoso.com/", full] {
            assert_eq!(parse_ews(text).unwrap().as_str(), full);
        }
        assert_eq!(parse_ews("https://mail.contoso.com/ews").unwrap().path(), "/ews");
        assert_eq!(parse_ews("https://mail.contoso.com/?x=1"), Err(UrlFault::Query));
    }

    #[test]
    fn b73_dangerous_urls_are_refused() {
        let check = |text: &str, allowed: bool| assert_eq!(parse(text).is_ok(), allowed, "{text}");
        check("https://login.example.com", true);
        check("https://login.example.com:8443/path", true);
        check("http://localhost:8080/v1.0", true);
        check("http://127.0.0.1:1/", true);
        check("http://127.9.9.9/", true);
        check("http://[::1]:1/", true);
        check("http://login.example.com", false);
        check("http://localhost.example.com", false);
        check("http://127.0.0.1.example.com", false);
        check("http://localhost@example.com", false);
        check("http://0.0.0.0/", false);
        check("http://[::]/", false);
        check("http://[::ffff:127.0.0.1]/", false);
        check("https://user:secret@example.com", false);
        check("https://example.com/#x", false);
        check("https://exa mple.com", false);
        check("https://example.com/\tx", false);
        check("\nhttps://example.com", false);
        check("file:///etc/passwd", false);
        check("javascript:alert(1)", false);
        check("ftp://example.com", false);
        check("example.com", false);
        check("https://", false);
        check("https:///", false);
        check("", false);
        check(&format!("https://example.com/{}", "a".repeat(2048)), false);
    }
}
