//! Undoing what mail scanners and redirectors do to links.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Position, Url};

use super::open::openable;

/// Scanners wrap what other scanners wrapped; nobody was seen to go deeper than two.
const DEEPEST: usize = 4;

/// The link inside a scanner's link, as deep as it goes; any other link as it is.
pub(super) fn unwrap(mut url: Url) -> Url {
    for _ in 0..DEEPEST {
        match unwrap_once(&url).and_then(|inner| openable(&inner).ok()) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    url
}

fn unwrap_once(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    // Microsoft Defender Safe Links, in all clouds, and inside Teams.
    if is_under(host, "safelinks.protection.outlook.com")
        || is_under(host, "safelinks.protection.office365.us")
        || is_under(host, "safelinks.o365.cn")
        || (host == "statics.teams.cdn.office.net" && url.path().contains("/safelinks/"))
    {
        return parameter(url, "url");
    }
    if is_under(host, "urldefense.com")
        || is_under(host, "urldefense.us")
        || host == "urldefense.proofpoint.com"
    {
        return proofpoint(url);
    }
    match host {
        "linkprotect.cudasvc.com" => parameter(url, "a"),
        "slack-redir.net" => parameter(url, "url"),
        "www.google.com" if url.path() == "/url" => parameter(url, "q").or_else(|| parameter(url, "url")),
        _ if is_under(host, "protect2.fireeye.com") || is_under(host, "fireeye.com") => parameter(url, "u"),
        _ if is_under(host, "secure-web.cisco.com") => cisco(url),
        _ => None,
    }
}

fn is_under(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
}

/// Proofpoint URL Defense, versions 1 to 3 (Proofpoint: "URL Defense decoder").
fn proofpoint(url: &Url) -> Option<String> {
    let path = url.path();
    if path.starts_with("/v1/") {
        return parameter(url, "u");
    }
    if path.starts_with("/v2/") {
        let coded = parameter(url, "u")?.replace('-', "%").replace('_', "/");
        return percent_decode(&coded);
    }
    if path.starts_with("/v3/") { proofpoint_v3(&url[Position::BeforePath..]) } else { None }
}

/// Version 3: `/v3/__LINK__;BASE64!!…`; each `*` of the link stands for characters of the decoded base64:
/// one, or as many as the character after `**` says (`A` = 2, `B` = 3, …).
fn proofpoint_v3(rest: &str) -> Option<String> {
    let (link, tail) = rest.strip_prefix("/v3/__")?.rsplit_once("__;")?;
    let coded = tail.split('!').next().unwrap_or_default();
    let replaced = String::from_utf8(URL_SAFE_NO_PAD.decode(coded).ok()?).ok()?;
    let mut replaced = replaced.chars();
    let mut out = String::with_capacity(link.len());
    let mut chars = link.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '*' {
            out.push(c);
            continue;
        }
        let mut count = 1;
        if chars.peek() == Some(&'*') {
            chars.next();
            count = run_length(chars.next()?)?;
        }
        out.extend(replaced.by_ref().take(count));
    }
    // The scanner folds the double slash of the scheme.
    Some(out.replacen("https:/", "https://", 1).replacen("https:///", "https://", 1))
}

fn run_length(c: char) -> Option<usize> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    DIGITS.find(c).map(|index| index + 2)
}

/// Cisco Secure Email: the link percent-encoded as the last part of the path.
fn cisco(url: &Url) -> Option<String> {
    percent_decode(url.path().rsplit('/').next()?)
}

fn percent_decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let coded = text.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, coded) {
            (b'%', Some(value)) => {
                out.push(value);
                index += 3;
            }
            _ => {
                out.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::unwrap;
    use url::Url;

    fn check(link: &str, expected: &str) {
        assert_eq!(unwrap(Url::parse(link).unwrap()).as_str(), expected, "{link}");
    }

    #[test]
    fn safe_links_of_each_cloud() {
        for host in ["eur05.safelinks.protection.outlook.com", "usg01.safelinks.protection.office365.us"] {
            check(
                &format!(
                    "https://{host}/?url=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DaB3&data=05%7C02&reserved=0"
                ),
                "https://zoom.us/j/81234567890?pwd=aB3",
            );
        }
        check(
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fzoom.us%2Fj%2F1",
            "https://zoom.us/j/1",
        );
    }

    #[test]
    fn proofpoint_versions() {
        check(
            "https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Fzoom.us%2Fj%2F1&k=x",
            "https://zoom.us/j/1",
        );
        check(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__zoom.us_j_99-3Fpwd-3Dx&d=DwMF&c=e",
            "https://zoom.us/j/99?pwd=x",
        );
        check(
            "https://urldefense.com/v3/__https://zoom.us/j/99?pwd=x__;!!Abc!def$",
            "https://zoom.us/j/99?pwd=x",
        );
        // "?" and "&&" were replaced.
        check(
            "https://urldefense.com/v3/__https://zoom.us/j/99*a**Ab__;PyYm!!Abc!d$",
            "https://zoom.us/j/99?a&&b",
        );
    }

    #[test]
    fn wrapped_twice_and_others() {
        check(
            "https://eur05.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fzoom.us%2Fj%2F7__%3B!!A!b%24",
            "https://zoom.us/j/7",
        );
        check(
            "https://www.google.com/url?q=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij&sa=D",
            "https://meet.google.com/abc-defg-hij",
        );
        check("https://secure-web.cisco.com/1abc/https%3A%2F%2Fzoom.us%2Fj%2F5", "https://zoom.us/j/5");
        check(
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fzoom.us%2fj%2f5&c=E",
            "https://zoom.us/j/5",
        );
    }

    #[test]
    fn b50_a_bad_inner_link_leaves_the_wrapper() {
        let wrapper = "https://eur05.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)";
        check(wrapper, wrapper);
        let other =
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fzoom.us%2Fj%2F5";
        check(other, other);
    }

    #[test]
    fn wrapping_is_followed_to_a_fixed_depth() {
        let mut link = "https://zoom.us/j/1".to_owned();
        for _ in 0..6 {
            link = Url::parse_with_params("https://slack-redir.net/link", [("url", link)]).unwrap().into();
        }
        assert_eq!(unwrap(Url::parse(&link).unwrap()).host_str(), Some("slack-redir.net"));
    }
}
