//! The events of a window, as `FindItem` lists them.

use std::collections::BTreeMap;

use convoke_ews::operation::{CalendarView, View};
use convoke_ews::view::{bisect, split};
use convoke_ews::{Folder, ItemRef};
use convoke_model::record::{EventKind, EventRecord};
use convoke_model::window::TimeWindow;
use convoke_net::NetError;

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Requests for one window at most, halves included.
const MOST_REQUESTS: usize = 250;

/// Events of one window at most; the heaviest calendars of research have 20,000.
const MOST_EVENTS: usize = 50_000;

/// An event without what only `GetItem` gives.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub item: ItemRef,
    pub event: EventRecord,
}

/// The events of a calendar that touch the window, by id.
pub(super) async fn read(
    mailbox: &Mailbox,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
) -> Result<BTreeMap<String, Listed>, RoundError> {
    let folder = Folder::Id(calendar_id.to_owned());
    let mut events = BTreeMap::new();
    // The part that is next comes last.
    let mut parts: Vec<TimeWindow> = split(window).into_iter().rev().collect();
    for _ in 0..MOST_REQUESTS {
        let Some(part) = parts.pop() else {
            return Ok(events);
        };
        if events.len() > MOST_EVENTS {
            break;
        }
        let view = CalendarView { folder: folder.clone(), window: part };
        match mailbox.ask(view, meter).await {
            Ok(View::Whole(items)) => {
                let listed = items.into_iter().map(|item| listed(item, calendar_id));
                // What touches two parts is listed in both.
                events.extend(listed.filter(is_shown).map(|one| (one.event.id.clone(), one)));
            }
            Ok(View::Overflow) | Err(RoundError::Net(NetError::BodyTooLarge { .. })) => {
                let [first, second] = bisect(part)?;
                parts.extend([second, first]);
            }
            Err(error) => return Err(error),
        }
    }
    Err(RoundError::Endless)
}

fn listed(item: convoke_ews::Item<EventRecord>, calendar_id: &str) -> Listed {
    let reference = item.reference().clone();
    let event = item.resolve(|_| None);
    // The iCalendar UID; a copy of the series in another calendar has the same one.
    let series_id = event.series_id.map(|uid| format!("{uid} {calendar_id}"));
    Listed { item: reference, event: EventRecord { series_id, ..event } }
}

/// Views have no masters, and a master is not to be listed.
fn is_shown(listed: &Listed) -> bool {
    listed.event.kind != EventKind::Master
}
