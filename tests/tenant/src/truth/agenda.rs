//! The meetings of some days.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{mailbox_of, text};
use crate::world::event::{Attendee, Content, Event, Instance};
use crate::world::join::{Join, LinkPlace};
use crate::world::person::Person;
use crate::world::span::Span;
use crate::world::text as body;
use crate::world::{MailboxData, World};

/// The meetings of a user that touch the days from `from` to `to`, inclusive and in UTC, ordered by start, end, id.
#[must_use]
pub fn agenda(world: &World, user: usize, from: NaiveDate, to: NaiveDate) -> Value {
    let Some((mailbox, on_premises)) = mailbox_of(world, user) else {
        return json!([]);
    };
    let seen = Seen { mailbox, on_premises };
    let window = (midnight(from), midnight(to + TimeDelta::days(1)));
    let mut rows = Vec::new();
    for event in mailbox.live_events().filter(|event| seen.has(event)) {
        for instance in event.instances_near(from, to) {
            let span = instants(&instance);
            if touches(window, span) {
                rows.push((span, mailbox.instance_id(&instance, !on_premises), instance));
            }
        }
    }
    rows.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
    rows.iter().map(|(span, id, instance)| seen.meeting(instance, id, *span)).collect()
}

/// A mailbox as a client sees it.
#[derive(Debug, Clone, Copy)]
struct Seen<'a> {
    mailbox: &'a MailboxData,
    on_premises: bool,
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

impl Seen<'_> {
    /// What somebody else shared lies in the other's mailbox; only the cloud lists it with one's own.
    fn has(self, event: &Event) -> bool {
        let is_shared = self.mailbox.calendar(event.calendar).is_some_and(|calendar| calendar.is_shared);
        !(self.on_premises && is_shared)
    }

    fn meeting(self, instance: &Instance<'_>, id: &str, span: (DateTime<Utc>, DateTime<Utc>)) -> Value {
        let Self { mailbox, on_premises } = self;
        let content = instance.content;
        let all_day = instance.span.is_all_day();
        let date = |at: DateTime<Utc>| {
            if all_day { json!(at.date_naive()) } else { Value::Null }
        };
        let series = instance.event.series();
        let series = series.map(|_| mailbox.event_id(instance.event.key, None, !on_premises));
        let calendar = mailbox.calendar(instance.event.calendar);
        let join = content.join.as_ref();
        let zone = if on_premises { content.zone.windows() } else { content.zone };
        let colour = |hex: &str| if on_premises { Value::Null } else { text(hex) };
        json!({
            "id": id,
            "seriesId": series,
            "subject": content.subject,
            "start": instant(span.0),
            "end": instant(span.1),
            "startDate": date(span.0),
            "endDate": date(span.1),
            "allDay": all_day,
            "timeZone": zone.iana.name(),
            "showAs": content.show_as,
            "sensitivity": content.sensitivity,
            "isOrganizer": content.is_organizer,
            "organizer": person(&content.organizer),
            "response": content.response,
            "cancelled": content.cancelled,
            "location": text(&body::location(content)),
            "rooms": rooms(content),
            "attendees": self.attendees(content),
            "joinUrl": join.map(|join| join.url.as_str()),
            "joinProvider": join.map(|join| join.provider.name()),
            "onlineMeetingId": join.and_then(|join| join.number.as_deref()),
            "passcode": join.and_then(|join| join.passcode.as_deref()),
            "dialIn": join.filter(|_| !on_premises).map(dial_in).unwrap_or_default(),
            "calendar": calendar.map(|calendar| json!({
                "id": mailbox.calendar_id(calendar),
                "name": calendar.name,
                "colour": colour(calendar.hex_color),
            })),
            "webLink": if on_premises { mailbox.owa_link(instance) } else { mailbox.web_link(instance) },
            "preview": text(&body::preview(content)),
            "source": if on_premises { "ews" } else { "graph" },
        })
    }

    /// The company's own server lists required people, optional ones and rooms one after the other.
    fn attendees(self, content: &Content) -> Value {
        let mut all: Vec<&Attendee> = content.attendees.iter().collect();
        if self.on_premises {
            let place =
                |kind: &str| ["required", "optional", "resource"].iter().position(|known| *known == kind);
            all.sort_by_key(|attendee| place(attendee.kind));
        }
        all.into_iter().map(attendee).collect()
    }
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
