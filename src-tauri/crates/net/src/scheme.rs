//! The ways to authenticate with a user name and a password, and what a server offers of them.

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// Most challenges of one answer that are looked at.
const MOST: usize = 16;

/// A way to authenticate with a user name and a password.
///
/// `Negotiate` is not among them: a server that offers it wants SPNEGO, and Exchange, which offers it, offers
/// NTLM beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// NTLMv2 in three messages over one connection (MS-NTHT, MS-NLMP). The password never leaves this side.
    Ntlm,
    /// The password in every request (RFC 7617). Only over TLS, or to this machine.
    Basic,
}

impl Scheme {
    /// The name in `WWW-Authenticate`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Basic => "Basic",
        }
    }

    /// The first of `allowed` that the answer's `WWW-Authenticate` headers offer.
    #[must_use]
    pub fn choose(allowed: &[Self], headers: &HeaderMap) -> Option<Self> {
        let offered = challenges(headers);
        let is_offered = |scheme: &&Self| offered.iter().any(|challenge| challenge.is(scheme.name()));
        allowed.iter().find(is_offered).copied()
    }
}

/// One challenge of `WWW-Authenticate` (RFC 9110 §11.3).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Challenge<'a> {
    pub(crate) scheme: &'a str,
    /// What follows the name: a token68, the first parameter, or nothing.
    pub(crate) rest: &'a str,
}

impl Challenge<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(name)
    }
}

/// The challenges of all `WWW-Authenticate` headers, in their order. Exchange sends one in each header; others
/// put several into one, with commas between.
pub(crate) fn challenges(headers: &HeaderMap) -> Vec<Challenge<'_>> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(parts).filter_map(challenge).take(MOST).collect()
}

/// Cuts at the commas outside of quoted strings.
fn parts(value: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let split = value.split(move |sign: char| {
        let ends = sign == ',' && !quoted;
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        ends
    });
    split.collect()
}

/// The challenge that starts in `part`; `None` for a further parameter of the one before.
fn challenge(part: &str) -> Option<Challenge<'_>> {
    let part = part.trim();
    let (scheme, rest) = part.split_once([' ', '\t']).unwrap_or((part, ""));
    let is_name =
        !scheme.is_empty() && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    // White space may stand before the sign of equality: then this was a parameter too.
    (is_name && !rest.trim_start().starts_with('=')).then(|| Challenge { scheme, rest: rest.trim() })
}

/// The names of what the answer offers, for a message: known in form, short, each once.
pub(crate) fn offered(headers: &HeaderMap) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for Challenge { scheme, .. } in challenges(headers) {
        if scheme.len() <= 16 && !names.iter().any(|name| name.eq_ignore_ascii_case(scheme)) {
            names.push(scheme.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Scheme, challenges, offered};
    use http::HeaderMap;
    use http::header::{HeaderValue, WWW_AUTHENTICATE};

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn the_first_allowed_that_is_offered_is_chosen() {
        use Scheme::{Basic, Ntlm};
        for (offer, allowed, expected) in [
            (&["Negotiate", "NTLM"][..], &[Ntlm][..], Some(Ntlm)),
            (&["Negotiate", "NTLM", "Basic realm=\"x\""], &[Ntlm, Basic], Some(Ntlm)),
            (&["NTLM", "Basic realm=\"x\""], &[Basic, Ntlm], Some(Basic)),
            (&["Negotiate, ntlm"], &[Ntlm], Some(Ntlm)),
            (&["Basic realm=\"a, NTLM\", charset=\"UTF-8\""], &[Ntlm], None),
            (&["Basic realm=\"a\\\", NTLM\""], &[Ntlm], None),
            (&["Bearer client_id=\"1\", NTLM = \"no\""], &[Ntlm], None),
            (&["Basic realm=\"a\", NTLM"], &[Ntlm], Some(Ntlm)),
            (&["Negotiate"], &[Ntlm, Basic], None),
            (&["NTLM"], &[Basic], None),
            (&["NTLM"], &[], None),
            (&[], &[Ntlm], None),
        ] {
            assert_eq!(Scheme::choose(allowed, &headers(offer)), expected, "{offer:?}");
        }
    }

    #[test]
    fn a_token_is_kept_whole() {
        let headers = headers(&["NTLM TlRMTVNTUAACAAAA=="]);
        let found = challenges(&headers);
        assert_eq!((found[0].scheme, found[0].rest), ("NTLM", "TlRMTVNTUAACAAAA=="));
    }

    #[test]
    fn what_a_hostile_server_offers_stays_short() {
        let long = "x".repeat(100);
        let many = vec!["Basic"; 100];
        assert!(offered(&headers(&[&long, "<script>"])).is_empty());
        assert_eq!(offered(&headers(&many)), ["Basic"]);
        assert_eq!(challenges(&headers(&many)).len(), super::MOST);
    }
}
