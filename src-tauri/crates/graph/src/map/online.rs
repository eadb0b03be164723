//! How to join an event: link, number, passcode, telephone.

use convoke_model::join::{self, JoinLink, JoinSources};

use crate::clean;
use crate::wire::event::{EventWire, OnlineMeetingWire};

/// How much of an HTML body is turned into text to look for a passcode.
const MOST_BODY: usize = 512 * 1024;

/// What an event says about joining it.
#[derive(Debug, Default)]
pub(super) struct Online {
    pub link: Option<JoinLink>,
    pub meeting_id: Option<String>,
    pub passcode: Option<String>,
    pub dial_in: Vec<String>,
}

pub(super) fn online(event: &EventWire) -> Online {
    let meeting = event.online_meeting.as_ref();
    let body = event.body.as_ref();
    let content = body.and_then(|body| body.content.as_deref()).filter(|content| !content.is_empty());
    let is_text = body
        .and_then(|body| body.content_type.as_deref())
        .is_some_and(|kind| kind.eq_ignore_ascii_case("text"));
    let html = content.filter(|_| !is_text);
    let text = content.filter(|_| is_text).or(event.body_preview.as_deref());
    let link = join::find(&JoinSources {
        conference: meeting.and_then(|meeting| meeting.join_url.as_deref()),
        conference_fallback: event.online_meeting_url.as_deref(),
        location: event.location.as_ref().and_then(|location| location.display_name.as_deref()),
        html,
        text,
    });
    Online {
        meeting_id: meeting_id(link.as_ref(), meeting),
        passcode: passcode(html, text),
        dial_in: meeting.map(dial_in).unwrap_or_default(),
        link,
    }
}

/// Teams names its meetings by the conference id of the telephone bridge, others in the link's path.
fn meeting_id(link: Option<&JoinLink>, meeting: Option<&OnlineMeetingWire>) -> Option<String> {
    let link = link?;
    let conference =
        meeting.and_then(|meeting| clean::optional(meeting.conference_id.as_deref(), clean::SHORT));
    let conference = conference.filter(|_| matches!(link.provider, Some("teams" | "skype")));
    conference.or_else(|| link.meeting_id.clone())
}

fn passcode(html: Option<&str>, text: Option<&str>) -> Option<String> {
    match html {
        Some(html) => join::passcode(&join::plain(html, MOST_BODY)),
        None => text.and_then(join::passcode),
    }
}

fn dial_in(meeting: &OnlineMeetingWire) -> Vec<String> {
    let free = meeting.toll_free_numbers.iter().flatten().map(String::as_str);
    let numbers = meeting.toll_number.as_deref().into_iter().chain(free);
    numbers.filter_map(|number| clean::optional(Some(number), clean::SHORT)).take(20).collect()
}
