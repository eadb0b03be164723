//! Events.

use convoke_model::clean::{self, LIST, LONG};
use convoke_model::meeting::{Attendee, AttendeeKind, MeetingSource, Response, Sensitivity, ShowAs};
use convoke_model::record::{EventContent, EventKind, EventRecord};

use super::online::online;
use super::person::{attendee, person, response};
use super::time::when;
use super::zone;
use crate::error::EwsError;
use crate::item::Item;
use crate::wire::time_zone::TimeZoneDefinition;
use crate::xml::Element;

/// Characters of a body that are kept: as many as Graph's `bodyPreview` has.
const PREVIEW: usize = 255;

/// A `t:CalendarItem`.
///
/// The id of its series is its iCalendar `UID`, which all dates of a series share with their master: neither
/// FindItem nor GetItem names the master's id.
pub(crate) fn event(item: &Element) -> Result<Item<EventRecord>, EwsError> {
    let kind = kind(item.word("CalendarItemType"));
    let all_day = boolean(item, "IsAllDayEvent");
    let series = || item.word("UID").filter(|uid| clean::is_id(uid)).map(str::to_owned);
    let reference = super::reference(item)?;
    let record = EventRecord {
        id: reference.id.clone(),
        series_id: matches!(kind, EventKind::Occurrence | EventKind::Exception).then(series).flatten(),
        kind,
        when: when(item, all_day)?,
        content: content(item, all_day),
    };
    Ok(Item::new(reference, record))
}

fn kind(text: Option<&str>) -> EventKind {
    match text {
        Some("Occurrence") => EventKind::Occurrence,
        Some("Exception") => EventKind::Exception,
        Some("RecurringMaster") => EventKind::Master,
        _ => EventKind::Single,
    }
}

fn content(item: &Element, all_day: bool) -> EventContent {
    let online = online(item);
    let response = response(item.word("MyResponseType"));
    // An entry that is no meeting has nobody else to organize it.
    let is_own = item.word("IsMeeting").is_some_and(|text| !is_true(text));
    EventContent {
        subject: item.value("Subject").map(|subject| clean::line(subject, LONG)).unwrap_or_default(),
        all_day,
        time_zone: item.typed("StartTimeZone").and_then(|zone| zone::shown(&TimeZoneDefinition::of(zone))),
        show_as: ShowAs::parse(item.word("LegacyFreeBusyStatus").unwrap_or_default()),
        sensitivity: Sensitivity::parse(item.word("Sensitivity").unwrap_or_default()),
        is_organizer: response == Response::Organizer || is_own,
        organizer: item.typed("Organizer").and_then(|organizer| person(organizer.typed("Mailbox")?)),
        response,
        cancelled: boolean(item, "IsCancelled"),
        location: clean::optional(item.value("Location"), LONG),
        attendees: attendees(item),
        join_provider: online.link.as_ref().and_then(|link| link.provider).map(str::to_owned),
        online_meeting_id: online.meeting_id,
        join_url: online.link.map(|link| link.url),
        passcode: online.passcode,
        dial_in: Vec::new(),
        web_link: web_link(item),
        // Before Exchange 2013 there is only the text itself.
        preview: item.value("Preview").or(online.text.as_deref()).and_then(preview),
        source: MeetingSource::Ews,
    }
}

fn attendees(item: &Element) -> Vec<Attendee> {
    let lists = [
        ("RequiredAttendees", AttendeeKind::Required),
        ("OptionalAttendees", AttendeeKind::Optional),
        ("Resources", AttendeeKind::Resource),
    ];
    let all = lists.into_iter().flat_map(|(name, kind)| {
        let list = item.typed(name).map(Element::children).unwrap_or_default();
        list.iter().filter_map(move |element| attendee(element, kind))
    });
    all.take(LIST).collect()
}

/// Since Exchange 2013 a whole link, before that only its query.
fn web_link(item: &Element) -> Option<String> {
    let link = clean::optional(item.value("WebClientReadFormQueryString"), LONG)?;
    link.starts_with("https://").then_some(link)
}

fn preview(text: &str) -> Option<String> {
    let start: String = text.trim_start().chars().take(PREVIEW).collect();
    Some(clean::text(&start, LONG)).filter(|text| !text.trim().is_empty())
}

fn boolean(item: &Element, name: &str) -> bool {
    item.word(name).is_some_and(is_true)
}

fn is_true(text: &str) -> bool {
    matches!(text, "true" | "1")
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
