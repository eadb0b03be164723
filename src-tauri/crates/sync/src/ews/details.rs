//! Details of events: what only `GetItem` gives (body, attendees, addresses).

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use convoke_ews::Item;
use convoke_ews::operation::{BATCH, GetEvents};
use convoke_model::record::{EventContent, EventKind, EventRecord};

use super::batch::Got;
use super::mailbox::Mailbox;
use super::position::Versions;
use super::view::Listed;
use super::{addresses, batch};
use crate::cache::Cache;
use crate::error::RoundError;
use crate::meter::Meter;

/// How soon an event is asked for again whose details can't be read: it may be damaged for good.
const UNREAD_AGAIN: TimeDelta = TimeDelta::minutes(15);

/// Events with their details.
#[derive(Debug, Default)]
pub(super) struct Detailed {
    /// The events. One whose details can't be read has those that the cache has; one that is gone is missing.
    pub events: Vec<EventRecord>,
    /// The versions of those that are complete.
    pub seen: Versions,
    /// When the others are worth another try; `None` where all are complete.
    pub again: Option<DateTime<Utc>>,
}

/// Events that have their details in common: one, or several dates of a series that are unchanged by themselves.
struct Group {
    first: Listed,
    others: VecDeque<Listed>,
}

impl Group {
    fn of(mut members: VecDeque<Listed>) -> Option<Self> {
        let first = members.pop_front()?;
        Some(Self { first, others: members })
    }

    fn members(&self) -> impl Iterator<Item = &Listed> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

/// Reads the details of events that were listed.
pub(super) async fn read(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    listed: Vec<Listed>,
) -> Result<Detailed, RoundError> {
    let (read, unread) = ask(mailbox, meter, groups(listed)).await?;
    let legacy = read.iter().flat_map(|(item, _)| item.legacy_addresses());
    let known = addresses::look_up(mailbox, meter, legacy).await?;
    let mut detailed = Detailed::default();
    for (item, group) in read {
        if item.legacy_addresses().iter().all(|address| known.is_asked(address)) {
            // The first one may have changed since it was listed; what was read is no older than either version.
            detailed.seen.add(item.reference());
            group.members().for_each(|member| detailed.seen.add(&member.item));
        } else {
            detailed.again = Some(mailbox.now());
        }
        let details = item.resolve(|address| known.mail_address(address));
        detailed.events.extend(group.members().map(|member| with_details(member, &details)));
    }
    if !unread.is_empty() {
        detailed.again = detailed.again.or_else(|| Some(mailbox.now() + UNREAD_AGAIN));
        let unread = unread.iter().flat_map(Group::members).map(|member| member.event.clone()).collect();
        detailed.events.extend(with_cached_details(cache, unread).await?);
    }
    Ok(detailed)
}

/// Events as they were listed, with the details that the cache has of them: nobody loses a link or the attendees over a
/// server that stumbles.
async fn with_cached_details(
    cache: &Cache,
    listed: Vec<EventRecord>,
) -> Result<Vec<EventRecord>, RoundError> {
    let kept = cache.read(move |reader| {
        let kept = listed.into_iter().map(|event| {
            let content = match reader.event_content(&event.id)? {
                Some(cached) => with_listed(cached, event.content),
                None => event.content,
            };
            Ok(EventRecord { content, ..event })
        });
        kept.collect::<Result<Vec<_>, _>>()
    });
    kept.await
}

/// What was listed of an event, over what is known of it.
fn with_listed(cached: EventContent, listed: EventContent) -> EventContent {
    EventContent {
        subject: listed.subject,
        all_day: listed.all_day,
        time_zone: listed.time_zone,
        show_as: listed.show_as,
        sensitivity: listed.sensitivity,
        is_organizer: listed.is_organizer,
        response: listed.response,
        cancelled: listed.cancelled,
        location: listed.location,
        ..cached
    }
}

/// Reads the first event of each group; where it is gone, the next. Answers the groups that were read and those that
/// can't be.
async fn ask(
    mailbox: &Mailbox,
    meter: &Meter,
    groups: Vec<Group>,
) -> Result<(Vec<(Item<EventRecord>, Group)>, Vec<Group>), RoundError> {
    let mut pending = VecDeque::from(groups);
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    while !pending.is_empty() {
        let asked: Vec<Group> = pending.drain(..pending.len().min(BATCH)).collect();
        let items: Vec<_> = asked.iter().map(|group| group.first.item.clone()).collect();
        let items = batch::get(mailbox, meter, &items, |items| GetEvents { items }).await?;
        for (mut group, got) in asked.into_iter().zip(items) {
            match got {
                Got::Present(item) => {
                    if !is_unchanged_date(&item) {
                        pending.extend(Group::of(std::mem::take(&mut group.others)));
                    }
                    read.push((item, group));
                }
                Got::Gone => pending.extend(Group::of(group.others)),
                // When nothing at all can be read, it is not the items.
                Got::Unreadable(error) if read.is_empty() && unread.len() >= BATCH => return Err(error),
                Got::Unreadable(error) => {
                    tracing::info!(code = error.code(), "an event can't be read");
                    unread.push(group);
                }
            }
        }
    }
    Ok((read, unread))
}

/// Unchanged dates of a series have body and attendees in common: what differs in anything makes an exception. To be
/// safe, only those whose listed properties and version are the same share what is read.
fn groups(listed: Vec<Listed>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_series: HashMap<String, Vec<usize>> = HashMap::new();
    for one in listed {
        let series = one.event.series_id.clone().filter(|_| one.event.kind == EventKind::Occurrence);
        let mut alone = Vec::new();
        let known = series.map_or(&mut alone, |series| by_series.entry(series).or_default());
        let same = known.iter().find(|at| groups.get(**at).is_some_and(|group| is_same(&group.first, &one)));
        match same.and_then(|at| groups.get_mut(*at)) {
            Some(group) => group.others.push_back(one),
            None => {
                known.push(groups.len());
                groups.push(Group { first: one, others: VecDeque::new() });
            }
        }
    }
    groups
}

fn is_same(one: &Listed, other: &Listed) -> bool {
    one.item.change_key == other.item.change_key && one.event.content == other.event.content
}

/// Whether what was read of an event holds for the other dates of its series as well: it may have become an exception
/// since it was listed.
fn is_unchanged_date(item: &Item<EventRecord>) -> bool {
    item.clone().resolve(|_| None).kind == EventKind::Occurrence
}

/// A listed event with the details that were read of it, or of another date of its series.
fn with_details(listed: &Listed, details: &EventRecord) -> EventRecord {
    let event = &listed.event;
    let is_own = event.id == details.id;
    let mut content = details.content.clone();
    if !is_own {
        content.web_link = content.web_link.and_then(|link| link_to(&link, &details.id, &event.id));
    }
    EventRecord {
        id: event.id.clone(),
        series_id: event.series_id.clone(),
        kind: event.kind,
        when: if is_own { details.when } else { event.when },
        content,
    }
}

/// The link to an event, from that to another one: Outlook on the web takes the id in the query. None where it does not
/// stand there.
fn link_to(link: &str, from: &str, to: &str) -> Option<String> {
    let encoded = |id: &str| format!("={}", id.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"));
    let from = encoded(from);
    link.contains(&from).then(|| link.replace(&from, &encoded(to)))
}

#[cfg(test)]
#[path = "details_tests.rs"]
mod tests;
