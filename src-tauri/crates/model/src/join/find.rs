//! Which link of an event is the one to join.

use url::Url;

use super::providers::{self, meeting_id};
use super::scan::{bare_links, links, links_in_html};
use super::{open::openable, unwrap::unwrap};

/// Where a link to join may stand, best first. Texts are as the server sent them.
#[derive(Clone, Copy, Debug, Default)]
pub struct JoinSources<'a> {
    /// Conference data: Graph `onlineMeeting.joinUrl`, EWS `JoinOnlineMeetingUrl`.
    pub conference: Option<&'a str>,
    /// The older field for the same: Graph `onlineMeetingUrl`.
    pub conference_fallback: Option<&'a str>,
    /// The place, which many providers' add-ins fill with the link.
    pub location: Option<&'a str>,
    /// The body as HTML.
    pub html: Option<&'a str>,
    /// The body as plain text, or its preview (which may end in the middle of a link).
    pub text: Option<&'a str>,
}

/// A link that leads into a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinLink {
    /// The link, unwrapped, always https.
    pub url: String,
    /// The provider, such as `teams` or `zoom`; `None` where the host is not known.
    pub provider: Option<&'static str>,
    /// The number or code that the provider's path names (Zoom, Meet, Teams `/meet/`).
    pub meeting_id: Option<String>,
}

/// The link to join, or `None`.
///
/// Conference data are trusted to be a meeting on any https host. In the location and the body only links of
/// known providers count, since an invitation's text is full of other links.
#[must_use]
pub fn find(sources: &JoinSources<'_>) -> Option<JoinLink> {
    let conference = [sources.conference, sources.conference_fallback];
    conference
        .into_iter()
        .flatten()
        .find_map(from_conference)
        .or_else(|| sources.location.and_then(from_location))
        .or_else(|| sources.html.and_then(|html| links_in_html(html).find_map(|link| from_text(&link))))
        .or_else(|| sources.text.and_then(|text| links(text).find_map(|link| from_text(&link))))
}

fn from_conference(text: &str) -> Option<JoinLink> {
    let url = unwrap(openable(text.trim()).ok()?);
    Some(join_link(&url, providers::by_host(&url)))
}

fn from_location(text: &str) -> Option<JoinLink> {
    links(text).chain(bare_links(text)).find_map(|link| from_text(&link))
}

fn from_text(link: &str) -> Option<JoinLink> {
    let url = unwrap(openable(link).ok()?);
    providers::by_path(&url).map(|provider| join_link(&url, Some(provider)))
}

fn join_link(url: &Url, provider: Option<&'static str>) -> JoinLink {
    let meeting_id = provider.and_then(|provider| meeting_id(provider, url));
    JoinLink { url: url.to_string(), provider, meeting_id }
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
