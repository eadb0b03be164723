//! Calendars, and how ids of calendars and folders are found.

use serde_json::{Value, json};

use super::call::Call;
use super::prefer::Prefer;
use super::reply::{Failure, Reply};
use super::{Graph, view};
use crate::world::MailboxData;
use crate::world::id::{Kind, change_key};
use crate::world::mailbox::Calendar;

/// A page of the calendars.
pub fn calendars(graph: &Graph, call: &Call, user: usize) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let context = format!("{}/$metadata#me/calendars", graph.shared.urls.graph());
    Ok(view::page(graph, call, &prefer, &context, &mailbox.calendars, |calendar| value(mailbox, calendar)))
}

/// One calendar.
pub fn calendar(graph: &Graph, call: &Call, user: usize, id: Option<&str>) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let calendar = mailbox.calendar(find_calendar(mailbox, id)?).ok_or_else(Failure::item_not_found)?;
    let mut value = view::selected(value(mailbox, calendar), call.query.get("select"));
    value["@odata.context"] = format!("{}/$metadata#me/calendars/$entity", graph.shared.urls.graph()).into();
    Ok(Reply::json(value))
}

/// The number of the calendar with that id; the default one where no id is given. An id from before a change of ids
/// is not found.
pub fn find_calendar(mailbox: &MailboxData, id: Option<&str>) -> Result<u64, Failure> {
    let Some(id) = id else {
        return mailbox.calendars.first().map(|calendar| calendar.key).ok_or_else(Failure::item_not_found);
    };
    let read =
        mailbox.ids.read(id).filter(|read| read.kind == Kind::Calendar).ok_or_else(Failure::malformed_id)?;
    let calendar = mailbox.calendar(read.key).filter(|calendar| Some(calendar.moves) == read.moves);
    calendar.map(|calendar| calendar.key).ok_or_else(Failure::item_not_found)
}

/// The number of the folder with that id; the default one where no id, or its well-known name, is given.
pub fn find_folder(mailbox: &MailboxData, id: Option<&str>) -> Result<u64, Failure> {
    let default = || mailbox.folders.first().map(|folder| folder.key).ok_or_else(Failure::item_not_found);
    let Some(id) = id.filter(|id| !id.eq_ignore_ascii_case("contacts")) else {
        return default();
    };
    let read =
        mailbox.ids.read(id).filter(|read| read.kind == Kind::Folder).ok_or_else(Failure::malformed_id)?;
    mailbox.folder(read.key).map(|folder| folder.key).ok_or_else(Failure::item_not_found)
}

fn value(mailbox: &MailboxData, calendar: &Calendar) -> Value {
    json!({
        "id": mailbox.calendar_id(calendar),
        "name": calendar.name,
        "color": calendar.color,
        "hexColor": calendar.hex_color,
        "isDefaultCalendar": calendar.is_default,
        "changeKey": change_key(calendar.key, calendar.changed),
        "canShare": !calendar.is_shared,
        "canViewPrivateItems": !calendar.is_shared,
        "canEdit": !calendar.is_shared,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "isTallyingResponses": calendar.is_default,
        "isRemovable": !calendar.is_default,
        "owner": { "name": calendar.owner.name, "address": calendar.owner.address },
    })
}
