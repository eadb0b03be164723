//! The meetings of some days.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::text;
use crate::world::event::{Attendee, Content, Instance};
use crate::world::join::{Join, LinkPlace};
use crate::world::person::Person;
use crate::world::span::Span;
use crate::world::text as body;
use crate::world::{MailboxData, World};

/// The meetings of a user that touch the days from `from` to `to`, inclusive and in UTC, ordered by start, end, id.
#[must_use]
pub fn agenda(world: &World, user: usize, from: NaiveDate, to: NaiveDate) -> Value {
    let Some(mailbox) = world.mailboxes.get(user) else {
        return json!([]);
    };
    let window = (midnight(from), midnight(to + TimeDelta::days(1)));
    let mut rows = Vec::new();
    for event in mailbox.live_events() {
        for instance in event.instances_near(from, to) {
            let span = instants(&instance);
            if touches(window, span) {
                rows.push((span, mailbox.instance_id(&instance, true), instance));
            }
        }
    }
    rows.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
    rows.iter().map(|(span, id, instance)| meeting(mailbox, instance, id, *span)).collect()
}

/// The instants shown: whole days run from midnight to midnight UTC of their dates, whoever made them wherever.
fn instants(instance: &Instance<'_>) -> (DateTime<Utc>, DateTime<Utc>) {
    match instance.span {
        Span::AllDay { first, days } => (midnight(first), midnight(first + TimeDelta::days(days))),
        Span::Timed { .. } => instance.instants(),
    }
}

/// An entry without length counts as its start.
fn touches(window: (DateTime<Utc>, DateTime<Utc>), span: (DateTime<Utc>, DateTime<Utc>)) -> bool {
    span.0 < window.1 && (span.1 > window.0 || (span.0 == span.1 && span.0 >= window.0))
}

fn meeting(
    mailbox: &MailboxData,
    instance: &Instance<'_>,
    id: &str,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Value {
    let content = instance.content;
    let all_day = instance.span.is_all_day();
    let date = |at: DateTime<Utc>| {
        if all_day { json!(at.date_naive()) } else { Value::Null }
    };
    let series = instance.event.series().map(|_| mailbox.event_id(instance.event.key, None, true));
    let calendar = mailbox.calendar(instance.event.calendar);
    let join = content.join.as_ref();
    json!({
        "id": id,
        "seriesId": series,
        "subject": content.subject,
        "start": instant(span.0),
        "end": instant(span.1),
        "startDate": date(span.0),
        "endDate": date(span.1),
        "allDay": all_day,
        "timeZone": content.zone.iana.name(),
        "showAs": content.show_as,
        "sensitivity": content.sensitivity,
        "isOrganizer": content.is_organizer,
        "organizer": person(&content.organizer),
        "response": content.response,
        "cancelled": content.cancelled,
        "location": text(&body::location(content)),
        "rooms": rooms(content),
        "attendees": content.attendees.iter().map(attendee).collect::<Value>(),
        "joinUrl": join.map(|join| join.url.as_str()),
        "joinProvider": join.map(|join| join.provider.name()),
        "onlineMeetingId": join.and_then(|join| join.number.as_deref()),
        "passcode": join.and_then(|join| join.passcode.as_deref()),
        "dialIn": join.map(dial_in).unwrap_or_default(),
        "calendar": calendar.map(|calendar| json!({
            "id": mailbox.calendar_id(calendar),
            "name": calendar.name,
            "colour": text(calendar.hex_color),
        })),
        "webLink": mailbox.web_link(instance),
        "preview": text(&body::preview(content)),
        "source": "graph",
    })
}

fn person(person: &Person) -> Value {
    json!({ "name": shown_name(person), "address": person.address })
}

fn attendee(attendee: &Attendee) -> Value {
    json!({
        "name": shown_name(&attendee.person),
        "address": attendee.person.address,
        "kind": attendee.kind,
        "response": attendee.response,
    })
}

fn shown_name(person: &Person) -> &str {
    if person.name.is_empty() { &person.address } else { &person.name }
}

fn rooms(content: &Content) -> Vec<&str> {
    let resources = content.attendees.iter().filter(|attendee| attendee.kind == "resource");
    resources.map(|attendee| shown_name(&attendee.person)).collect()
}

/// Only the mailbox server's own conference data name numbers to dial.
fn dial_in(join: &Join) -> Vec<&str> {
    if join.place != LinkPlace::Conference {
        return Vec::new();
    }
    join.toll.iter().chain(&join.toll_free).map(String::as_str).collect()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
