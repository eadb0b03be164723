//! Opening things outside: join links, Outlook on the web, mail, calls. The webview names what it means by
//! its id; the address comes from the cache and is checked here, so no page can make Convoke open anything.

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::query::{ByAddress, ById, ByNumber};
use convoke_model::join;
use url::Url;

impl App {
    /// Opens a meeting's join link in the browser.
    ///
    /// # Errors
    /// When the meeting has no link, the link is no safe web address, or no browser opens.
    pub async fn join(&self, id: ById) -> Result<(), Failure> {
        let link = self.meeting(id).await?.join_url.ok_or_else(|| Failure::new(Code::NotFound))?;
        self.open_checked(&link).await
    }

    /// Opens a meeting in Outlook on the web.
    ///
    /// # Errors
    /// As [`App::join`].
    pub async fn open_in_outlook(&self, id: ById) -> Result<(), Failure> {
        let link = self.meeting(id).await?.web_link.ok_or_else(|| Failure::new(Code::NotFound))?;
        self.open_checked(&link).await
    }

    /// Starts a mail to an address.
    ///
    /// # Errors
    /// When it is no mail address, or nothing opens.
    pub async fn mail(&self, to: ByAddress) -> Result<(), Failure> {
        let address = to.address.trim();
        if !is_mail_address(address) {
            return Err(Failure::new(Code::LinkNotAllowed));
        }
        self.open_outside(opaque("mailto:", address)?).await
    }

    /// Calls a number.
    ///
    /// # Errors
    /// When it is no telephone number, or nothing opens.
    pub async fn call(&self, to: ByNumber) -> Result<(), Failure> {
        let digits: String =
            to.number.chars().filter(|c| c.is_ascii_digit() || "+,;*#".contains(*c)).take(64).collect();
        if digits.chars().filter(char::is_ascii_digit).count() < 3 {
            return Err(Failure::new(Code::LinkNotAllowed));
        }
        self.open_outside(opaque("tel:", &digits)?).await
    }

    async fn open_checked(&self, link: &str) -> Result<(), Failure> {
        let url = join::openable(link)
            .map_err(|refused| Failure::new(Code::LinkNotAllowed).with_detail(refused.to_string()))?;
        self.open_outside(url).await
    }

    /// Opens what the system has a program for.
    pub(crate) async fn open_outside(&self, url: Url) -> Result<(), Failure> {
        let browser = self.environment().browser.clone();
        blocking(move || browser.open(&url).map_err(|error| failure::of_browser(&error))).await
    }
}

/// Whether a text can be a mail address. The server that delivers decides.
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    text.len() <= 320
        && text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "?&,;<>\"".contains(c))
}

/// The address that starts a mail; `to` may be empty (RFC 6068 §5: blanks as %20, lines end with CR LF).
pub(crate) fn mailto(to: &str, subject: &str, body: &str) -> Result<Url, Failure> {
    let mut url = opaque("mailto:", to)?;
    // Some programs take a plus for a blank, as in forms, which would break the link in the body.
    let part =
        |text: &str| opaque("x:", &text.replace('\n', "\r\n")).map(|url| url.path().replace('+', "%2B"));
    url.set_query(Some(&format!("subject={}&body={}", part(subject)?, part(body)?)));
    Ok(url)
}

/// An address such as `mailto:` with everything percent-encoded that could end it early (RFC 3986 §2.1).
fn opaque(scheme: &str, rest: &str) -> Result<Url, Failure> {
    let mut address = scheme.to_owned();
    for byte in rest.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.+-_,;*".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Url::parse(&address).map_err(|_| Failure::new(Code::LinkNotAllowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_addresses_are_percent_encoded() {
        assert_eq!(opaque("mailto:", "ana@contoso.example").unwrap().as_str(), "mailto:ana@contoso.example");
        assert_eq!(opaque("tel:", "+34911,,12#").unwrap().as_str(), "tel:+34911,,12%23");
        let mail = mailto("it@a.example", "Ñ", "a b\nc&d+e").unwrap();
        assert_eq!(mail.as_str(), "mailto:it@a.example?subject=%C3%91&body=a%20b%0D%0Ac%26d%2Be");
    }

    #[test]
    fn what_can_be_a_mail_address() {
        assert!(is_mail_address("ana@contoso.example"));
        for text in
            ["", "ana", "@a.example", "ana@", "a b@c.example", "a@b.example\nBcc:c", "a@b.example?x=y"]
        {
            assert!(!is_mail_address(text), "{text}");
        }
        assert!(!is_mail_address(&format!("{}@a.example", "x".repeat(320))));
    }
}
