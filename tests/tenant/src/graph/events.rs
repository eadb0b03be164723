//! Single events, masters, and single dates of series.

use serde_json::Value;

use super::call::Call;
use super::event_json::Renderer;
use super::prefer::Prefer;
use super::reply::{Failure, Reply};
use super::{Graph, lists, view};
use crate::world::MailboxData;
use crate::world::event::Event;
use crate::world::id::{ItemId, Kind};

/// A page of the calendar's single events and masters.
pub fn list(graph: &Graph, call: &Call, user: usize, calendar: Option<&str>) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let key = lists::find_calendar(mailbox, calendar)?;
    let renderer = Renderer::new(mailbox, &prefer, world.options.now);
    let found: Vec<&Event> = mailbox.live_events().filter(|event| event.calendar == key).collect();
    let context = format!("{}/$metadata#me/events", graph.shared.urls.graph());
    Ok(view::page(graph, call, &prefer, &context, &found, |event| renderer.item(event)))
}

/// One event. What lies in a shared calendar is found through that calendar only.
pub fn one(
    graph: &Graph,
    call: &Call,
    user: usize,
    calendar: Option<&str>,
    id: &str,
) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let (event, read) = find(mailbox, id)?;
    let place = mailbox.calendar(event.calendar).ok_or_else(Failure::item_not_found)?;
    let is_reachable = match calendar {
        Some(calendar) => lists::find_calendar(mailbox, Some(calendar))? == place.key,
        None => !place.is_shared,
    };
    if !is_reachable {
        return Err(Failure::item_not_found());
    }
    let renderer = Renderer::new(mailbox, &prefer, world.options.now);
    let value = value_of(&renderer, event, read).ok_or_else(Failure::item_not_found)?;
    let mut value = view::selected(value, call.query.get("select"));
    value["@odata.context"] = format!("{}/$metadata#me/events/$entity", graph.shared.urls.graph()).into();
    Ok(Reply::json(value).honouring(&prefer))
}

fn value_of(renderer: &Renderer<'_>, event: &Event, read: ItemId) -> Option<Value> {
    match read.date {
        None => Some(renderer.item(event)),
        Some(date) => event.instance_on(date).map(|instance| renderer.full(&instance)),
    }
}

/// The event that an id of either kind names.
pub fn find<'a>(mailbox: &'a MailboxData, id: &str) -> Result<(&'a Event, ItemId), Failure> {
    let read =
        mailbox.ids.read(id).filter(|read| read.kind == Kind::Event).ok_or_else(Failure::malformed_id)?;
    let event = mailbox.events.get(&read.key).filter(|event| event.gone.is_none());
    event.map(|event| (event, read)).ok_or_else(Failure::item_not_found)
}
