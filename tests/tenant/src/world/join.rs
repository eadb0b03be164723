//! How to join a meeting, and where its invitation says so.

use url::form_urlencoded::byte_serialize;

/// Where the link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPlace {
    /// In Graph's `onlineMeeting`: the mailbox server knows the meeting.
    Conference,
    /// As the event's location.
    Location,
    /// In the text only.
    Text,
}

/// The service that a link belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Microsoft Teams.
    Teams,
    /// Zoom.
    Zoom,
    /// Google Meet.
    Meet,
    /// Webex.
    Webex,
}

impl Provider {
    /// The provider's name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Teams => "teams",
            Self::Zoom => "zoom",
            Self::Meet => "meet",
            Self::Webex => "webex",
        }
    }

    /// The provider's name as invitations write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Teams => "Microsoft Teams",
            Self::Zoom => "Zoom",
            Self::Meet => "Google Meet",
            Self::Webex => "Webex",
        }
    }
}

/// A link to join with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Whose.
    pub provider: Provider,
    /// The link itself, never wrapped.
    pub url: String,
    /// Where it stands.
    pub place: LinkPlace,
    /// Whether a mail scanner (Microsoft Safe Links) wrapped it.
    pub wrapped: bool,
    /// The number of the meeting: Teams' conference id, the id in Zoom's and Meet's link.
    pub number: Option<String>,
    /// The passcode that the text names.
    pub passcode: Option<String>,
    /// Number to dial for a fee.
    pub toll: Option<String>,
    /// Numbers to dial for free.
    pub toll_free: Vec<String>,
}

impl Join {
    /// The link as the invitation carries it, maybe wrapped.
    #[must_use]
    pub fn sent_url(&self) -> String {
        if !self.wrapped {
            return self.url.clone();
        }
        let inner: String = byte_serialize(self.url.as_bytes()).collect();
        format!(
            "https://eur01.safelinks.protection.outlook.com/?url={inner}&data=05%7C02%7Cteam%40contoso.example%7C0&sdata=1ab%2BZ%3D&reserved=0"
        )
    }

    /// Lines of the invitation's text that follow the link.
    #[must_use]
    pub fn details(&self) -> Vec<String> {
        let mut lines = Vec::new();
        match (self.provider, &self.number) {
            (Provider::Teams, Some(number)) => {
                lines.extend(self.toll.iter().map(|toll| format!("{toll}   Spain, Madrid (Toll)")));
                lines.push(format!("Conference ID: {}#", grouped(number)));
            }
            (Provider::Zoom, Some(number)) => lines.push(format!("Meeting ID: {}", grouped(number))),
            _ => {}
        }
        lines.extend(self.passcode.iter().map(|passcode| format!("Passcode: {passcode}")));
        lines
    }
}

/// Digits in groups of three, as invitations print them.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_link_holds_the_link_in_its_query() {
        let join = Join {
            provider: Provider::Zoom,
            url: "https://contoso.zoom.us/j/91234567890?pwd=aB%2B1".into(),
            place: LinkPlace::Text,
            wrapped: true,
            number: Some("91234567890".into()),
            passcode: Some("482913".into()),
            toll: None,
            toll_free: Vec::new(),
        };
        let sent = url::Url::parse(&join.sent_url()).unwrap();
        let inner = sent.query_pairs().find(|(key, _)| key == "url").unwrap().1;
        assert_eq!(inner, join.url);
        assert_eq!(join.details(), ["Meeting ID: 912 345 678 90", "Passcode: 482913"]);
    }
}
