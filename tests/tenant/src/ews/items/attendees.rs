//! Who is invited, and how they answered (source: "AttendeeType").

use super::rendering::Rendering;
use crate::world::event::Content;
use crate::xml::{Element, element};

/// Attendees of a kind in an element of that name; nothing if there are none.
#[must_use]
pub fn list(name: &'static str, content: &Content, kind: &str, how: &Rendering<'_>) -> Option<Element> {
    let invited = content.attendees.iter().filter(|attendee| attendee.kind == kind);
    let written: Vec<Element> = invited
        .map(|attendee| {
            element("t:Attendee")
                .child(how.people.mailbox(&attendee.person, true))
                .leaf("t:ResponseType", response(attendee.response))
        })
        .collect();
    (!written.is_empty()).then(|| element(name).children(written))
}

/// Names of attendees of a kind, as a list shows them.
#[must_use]
pub fn names(content: &Content, kind: &str, how: &Rendering<'_>) -> String {
    let invited = content.attendees.iter().filter(|attendee| attendee.kind == kind);
    invited.map(|attendee| how.people.name(&attendee.person)).collect::<Vec<_>>().join("; ")
}

/// Exchange's word for an answer.
#[must_use]
pub fn response(response: &str) -> &'static str {
    match response {
        "organizer" => "Organizer",
        "tentativelyAccepted" => "Tentative",
        "accepted" => "Accept",
        "declined" => "Decline",
        "notResponded" => "NoResponseReceived",
        _ => "Unknown",
    }
}
