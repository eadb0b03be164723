//! How to join an event: link, number, passcode.

use convoke_model::join::{self, JoinLink, JoinSources};

use crate::xml::Element;

/// How much of an HTML body is turned into text to look for a passcode.
const MOST_BODY: usize = 512 * 1024;

/// What an event says about joining it.
#[derive(Debug, Default)]
pub(super) struct Online {
    pub link: Option<JoinLink>,
    /// As Graph has it: the number of the telephone bridge, which EWS has in the text alone, or that in the link.
    pub meeting_id: Option<String>,
    pub passcode: Option<String>,
    /// The body as plain text.
    pub text: Option<String>,
}

/// `JoinOnlineMeetingUrl` is trusted to be a meeting. `MeetingWorkspaceUrl` and `NetShowUrl` may be any site,
/// so like the place and the body they count only where they lead to a known provider.
pub(super) fn online(item: &Element) -> Online {
    let body = item.typed("Body").filter(|body| !body.text().is_empty());
    let is_html =
        |body: &&Element| body.attribute("BodyType").is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let html = body.filter(is_html).map(Element::text);
    let text = match html {
        Some(html) => Some(join::plain(html, MOST_BODY)),
        None => body.map(|body| body.text().to_owned()),
    };
    let places =
        ["Location", "MeetingWorkspaceUrl", "NetShowUrl"].map(|name| item.value(name).unwrap_or_default());
    let link = join::find(&JoinSources {
        conference: item.value("JoinOnlineMeetingUrl"),
        conference_fallback: None,
        location: Some(&places.join("\n")),
        html,
        text: text.as_deref(),
    });
    let is_bridged = link.as_ref().is_some_and(|link| matches!(link.provider, Some("teams" | "skype")));
    let conference = text.as_deref().filter(|_| is_bridged).and_then(join::conference_id);
    let meeting_id = conference.or_else(|| link.as_ref().and_then(|link| link.meeting_id.clone()));
    Online { link, meeting_id, passcode: text.as_deref().and_then(join::passcode), text }
}
