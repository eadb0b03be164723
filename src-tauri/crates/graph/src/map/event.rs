//! Events.

use convoke_model::meeting::{Attendee, AttendeeKind, MeetingSource, Person, Response, Sensitivity, ShowAs};
use convoke_model::record::{EventChange, EventContent, EventKind, EventRecord};
use convoke_model::zone;

use super::online::online;
use super::time::when;
use crate::clean::{self, LIST, LONG, SHORT};
use crate::error::GraphError;
use crate::wire::event::{AddressWire, AttendeeWire, EventWire, ResponseWire};

/// An entry of a delta round.
pub(crate) fn change(wire: EventWire) -> Result<EventChange, GraphError> {
    if wire.removed.is_some() {
        return Ok(EventChange::Removed { id: super::id(wire.id)? });
    }
    if is_slim(&wire) {
        let when = when(wire.start.as_ref(), wire.end.as_ref(), false)?;
        let series_id = super::id(wire.series_master_id)?;
        return Ok(EventChange::Slim { id: super::id(wire.id)?, series_id, when });
    }
    record(wire).map(|record| EventChange::Full(Box::new(record)))
}

/// A whole event.
pub(crate) fn record(mut wire: EventWire) -> Result<EventRecord, GraphError> {
    let kind = kind(&wire);
    let series_id = match kind {
        EventKind::Occurrence | EventKind::Exception => {
            wire.series_master_id.take().filter(|id| !id.is_empty())
        }
        EventKind::Single | EventKind::Master => None,
    };
    let when = when(wire.start.as_ref(), wire.end.as_ref(), wire.is_all_day.unwrap_or_default())?;
    Ok(EventRecord { id: super::id(wire.id.take())?, series_id, kind, when, content: content(wire) })
}

/// Occurrences of a delta round carry id, series and times and nothing else (microsoft-graph-docs#7632).
fn is_slim(wire: &EventWire) -> bool {
    let occurrence = wire.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("occurrence"));
    occurrence && wire.series_master_id.is_some() && wire.is_all_day.is_none() && wire.show_as.is_none()
}

fn kind(wire: &EventWire) -> EventKind {
    let is = |name: &str| wire.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(name));
    if is("seriesMaster") {
        EventKind::Master
    } else if is("exception") {
        EventKind::Exception
    } else if is("occurrence") || wire.series_master_id.as_deref().is_some_and(|id| !id.is_empty()) {
        EventKind::Occurrence
    } else {
        EventKind::Single
    }
}

pub(crate) fn content(wire: EventWire) -> EventContent {
    let online = online(&wire);
    EventContent {
        subject: wire.subject.as_deref().map(|subject| clean::line(subject, LONG)).unwrap_or_default(),
        all_day: wire.is_all_day.unwrap_or_default(),
        time_zone: clean::optional(wire.original_start_time_zone.as_deref(), SHORT)
            .map(|name| zone::canonical(&name)),
        show_as: ShowAs::parse(wire.show_as.as_deref().unwrap_or_default()),
        sensitivity: Sensitivity::parse(wire.sensitivity.as_deref().unwrap_or_default()),
        is_organizer: wire.is_organizer.unwrap_or_default(),
        organizer: wire.organizer.and_then(|organizer| person(organizer.email_address)),
        response: response(wire.response_status.as_ref()),
        cancelled: wire.is_cancelled.unwrap_or_default(),
        location: wire.location.and_then(|place| clean::optional(place.display_name.as_deref(), LONG)),
        attendees: wire.attendees.into_iter().flatten().take(LIST).filter_map(attendee).collect(),
        join_provider: online.link.as_ref().and_then(|link| link.provider).map(str::to_owned),
        join_url: online.link.map(|link| link.url),
        online_meeting_id: online.meeting_id,
        passcode: online.passcode,
        dial_in: online.dial_in,
        web_link: clean::optional(wire.web_link.as_deref(), LONG),
        preview: wire
            .body_preview
            .map(|text| clean::text(&text, LONG))
            .filter(|text| !text.trim().is_empty()),
        source: MeetingSource::Graph,
    }
}

fn response(wire: Option<&ResponseWire>) -> Response {
    Response::parse(wire.and_then(|status| status.response.as_deref()).unwrap_or_default())
}

fn attendee(wire: AttendeeWire) -> Option<Attendee> {
    let person = person(wire.email_address)?;
    Some(Attendee {
        kind: AttendeeKind::parse(wire.kind.as_deref().unwrap_or_default()),
        response: response(wire.status.as_ref()),
        name: person.name,
        address: person.address,
    })
}

/// A person with a name or an address; the name falls back to the address.
fn person(wire: Option<AddressWire>) -> Option<Person> {
    let wire = wire?;
    let address = clean::optional(wire.address.as_deref(), SHORT);
    let name = clean::optional(wire.name.as_deref(), LONG).or_else(|| address.clone())?;
    Some(Person { name, address: address.unwrap_or_default() })
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
