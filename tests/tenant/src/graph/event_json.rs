//! Events as Graph writes them (source: "event resource type").

use chrono::{DateTime, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::book::Entry;
use super::prefer::Prefer;
use super::recurrence_json::recurrence;
use crate::world::MailboxData;
use crate::world::event::{Attendee, Content, Event, Instance, Shape};
use crate::world::id::change_key;
use crate::world::join::{Join, LinkPlace};
use crate::world::person::Person;
use crate::world::span::Span;
use crate::world::text;

/// The moment that stands for "never" and "no end".
const SENTINEL: &str = "0001-01-01T00:00:00Z";
const TYPE: &str = "#microsoft.graph.event";

/// Writes the events of one mailbox as one request prefers.
#[derive(Debug, Clone, Copy)]
pub struct Renderer<'a> {
    mailbox: &'a MailboxData,
    prefer: &'a Prefer,
    made: DateTime<Utc>,
}

impl<'a> Renderer<'a> {
    /// A writer; `made` is the moment the world was made.
    #[must_use]
    pub fn new(mailbox: &'a MailboxData, prefer: &'a Prefer, made: DateTime<Utc>) -> Self {
        Self { mailbox, prefer, made }
    }

    /// An entry of a delta round; nothing if it is gone by now.
    #[must_use]
    pub fn entry(&self, entry: Entry, slim: bool) -> Option<Value> {
        let live = |key: u64| self.mailbox.events.get(&key).filter(|event| event.gone.is_none());
        match entry {
            Entry::Event(key) => live(key).map(|event| typed(self.item(event))),
            Entry::Stale(key) => live(key).map(|event| typed(stale(self.item(event)))),
            Entry::Date(key, date) => {
                let instance = live(key)?.instance_on(date)?;
                let is_slim = slim && !instance.is_exception;
                Some(typed(if is_slim { self.slim(&instance) } else { self.full(&instance) }))
            }
            Entry::EventGone(key, date) => Some(json!({
                "@odata.type": TYPE,
                "id": self.mailbox.event_id(key, date, self.prefer.immutable),
                "@removed": { "reason": "deleted" },
            })),
            _ => None,
        }
    }

    /// A single event, or a series' master.
    #[must_use]
    pub fn item(&self, event: &Event) -> Value {
        let span = match &event.shape {
            Shape::Single(span) => *span,
            Shape::Series(series) => series.span_on(series.first),
        };
        self.full(&Instance { event, date: None, is_exception: false, span, content: &event.content })
    }

    /// What a delta round says of an unchanged date.
    fn slim(&self, instance: &Instance<'_>) -> Value {
        let event = instance.event;
        json!({
            "@odata.etag": etag(event.key, event.changed),
            "id": self.mailbox.instance_id(instance, self.prefer.immutable),
            "seriesMasterId": self.mailbox.event_id(event.key, None, self.prefer.immutable),
            "type": "occurrence",
            "start": self.moment(instance, false),
            "end": self.moment(instance, true),
        })
    }

    /// All properties.
    #[must_use]
    pub fn full(&self, instance: &Instance<'_>) -> Value {
        let (event, content) = (instance.event, instance.content);
        let changed = instance.changed();
        let master = instance.date.map(|_| self.mailbox.event_id(event.key, None, self.prefer.immutable));
        let mut value = json!({
            "@odata.etag": etag(event.key, changed),
            "id": self.mailbox.instance_id(instance, self.prefer.immutable),
            "createdDateTime": stamp(self.made, event.created),
            "lastModifiedDateTime": stamp(self.made, changed),
            "changeKey": change_key(event.key, changed),
            "categories": content.categories,
            "transactionId": null,
            "originalStartTimeZone": content.zone.wire,
            "originalEndTimeZone": content.zone.wire,
            "iCalUId": event.uid(),
            "reminderMinutesBeforeStart": 15,
            "isReminderOn": !instance.span.is_all_day(),
            "hasAttachments": false,
            "importance": "normal",
            "isAllDay": instance.span.is_all_day(),
            "responseRequested": true,
            "seriesMasterId": master,
            "type": kind(instance),
            "webLink": self.mailbox.web_link(instance),
            "isDraft": false,
            "hideAttendees": false,
            "allowNewTimeProposals": true,
            "recurrence": event.series().filter(|_| instance.date.is_none()).map(|series| recurrence(series, content)),
            "start": self.moment(instance, false),
            "end": self.moment(instance, true),
        });
        if instance.date.is_some() {
            // Not the date of whole days: it carries the hour of the creator's midnight.
            value["originalStart"] =
                json!(event.slot(instance).map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)));
        }
        if let Value::Object(map) = &mut value {
            self.describe(map, event.key, content);
        }
        value
    }

    fn describe(&self, map: &mut Map<String, Value>, key: u64, content: &Content) {
        let (kind, body) = if self.prefer.text_bodies {
            ("text", text::plain(content))
        } else {
            ("html", text::html(content))
        };
        // An empty subject comes as an empty text or as null.
        let subject = if content.subject.is_empty() && key.is_multiple_of(2) {
            Value::Null
        } else {
            json!(content.subject)
        };
        let online = content.join.as_ref().filter(|join| join.place == LinkPlace::Conference);
        let place = location(content);
        let fields = json!({
            "subject": subject,
            "bodyPreview": text::preview(content),
            "body": { "contentType": kind, "content": body },
            "sensitivity": content.sensitivity,
            "showAs": content.show_as,
            "isCancelled": content.cancelled,
            "isOrganizer": content.is_organizer,
            "responseStatus": { "response": content.response, "time": SENTINEL },
            "locations": if place["displayName"] == "" { json!([]) } else { json!([place]) },
            "location": place,
            "attendees": content.attendees.iter().map(attendee).collect::<Value>(),
            "organizer": { "emailAddress": person(&content.organizer) },
            "isOnlineMeeting": online.is_some(),
            "onlineMeetingProvider": if online.is_some() { "teamsForBusiness" } else { "unknown" },
            "onlineMeetingUrl": null,
            "onlineMeeting": online.map(conference),
        });
        if let Value::Object(fields) = fields {
            map.extend(fields);
        }
    }

    /// Start or end in the preferred zone. Whole days are midnights of that zone, whatever the creator's was.
    fn moment(&self, instance: &Instance<'_>, is_end: bool) -> Value {
        let local = match instance.span {
            Span::AllDay { first, days } => {
                (first + TimeDelta::days(if is_end { days } else { 0 })).and_time(NaiveTime::MIN)
            }
            Span::Timed { .. } => {
                let (start, end) = instance.instants();
                (if is_end { end } else { start }).with_timezone(&self.prefer.zone).naive_local()
            }
        };
        json!({ "dateTime": seven_digits(local), "timeZone": self.prefer.zone_name })
    }
}

fn typed(mut value: Value) -> Value {
    value["@odata.type"] = TYPE.into();
    value
}

/// The item as it might have been a moment ago.
fn stale(mut value: Value) -> Value {
    value["subject"] = "(older text of this event)".into();
    value["location"]["displayName"] = "(older place)".into();
    value
}

fn kind(instance: &Instance<'_>) -> &'static str {
    match (instance.date, instance.event.series(), instance.is_exception) {
        (Some(_), _, true) => "exception",
        (Some(_), _, false) => "occurrence",
        (None, Some(_), _) => "seriesMaster",
        (None, None, _) => "singleInstance",
    }
}

fn location(content: &Content) -> Value {
    let name = text::location(content);
    let room = content.place_is_room && name == content.place;
    let resource = content.attendees.iter().find(|attendee| attendee.kind == "resource").filter(|_| room);
    match resource {
        Some(resource) => json!({
            "displayName": name,
            "locationType": "conferenceRoom",
            "locationUri": resource.person.address,
            "uniqueId": resource.person.address,
            "uniqueIdType": "directory",
            "address": {},
            "coordinates": {},
        }),
        None if name.is_empty() => {
            json!({ "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": {}, "coordinates": {} })
        }
        None => {
            json!({ "displayName": name, "locationType": "default", "uniqueId": name, "uniqueIdType": "private" })
        }
    }
}

fn person(person: &Person) -> Value {
    json!({ "name": person.name, "address": person.address })
}

fn attendee(attendee: &Attendee) -> Value {
    json!({
        "type": attendee.kind,
        "status": { "response": attendee.response, "time": SENTINEL },
        "emailAddress": person(&attendee.person),
    })
}

fn conference(join: &Join) -> Value {
    let mut value = json!({ "joinUrl": join.url });
    if let Some(number) = &join.number {
        value["conferenceId"] = number.as_str().into();
    }
    if let Some(toll) = &join.toll {
        value["tollNumber"] = toll.as_str().into();
    }
    if !join.toll_free.is_empty() {
        value["tollFreeNumbers"] = json!(join.toll_free);
    }
    value
}

/// `@odata.etag`.
#[must_use]
pub fn etag(key: u64, version: u64) -> String {
    format!("W/\"{}\"", change_key(key, version))
}

/// A moment for a version: later versions are later.
#[must_use]
pub fn stamp(made: DateTime<Utc>, version: u64) -> String {
    let at = made - TimeDelta::days(40) + TimeDelta::seconds(i64::try_from(version).unwrap_or(0));
    format!("{}Z", seven_digits(at.naive_utc()))
}

/// Seven digits of fraction, as Exchange counts time.
fn seven_digits(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S.0000000").to_string()
}
