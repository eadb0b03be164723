//! The item that a request means.

use chrono::NaiveDate;

use super::calendar::CalendarItem;
use super::item::{self, Item};
use crate::ews::soap::Problem;
use crate::world::MailboxData;
use crate::world::event::Event;
use crate::world::id::{ItemId, Kind};
use crate::world::series::{Range, Series};
use crate::xml::Node;

/// Finds a `t:ItemId`, `t:OccurrenceItemId` or `t:RecurringMasterItemId`.
///
/// # Errors
/// When there is no such item, or the id is none.
pub fn resolve<'a>(mailbox: &'a MailboxData, node: &Node) -> Result<Item<'a>, Problem> {
    let id = |name: &str| read(mailbox, node.attribute(name).unwrap_or_default());
    match node.name.as_str() {
        "OccurrenceItemId" => {
            let (event, series) = series_of(mailbox, id("RecurringMasterId")?)?;
            let index = node.attribute("InstanceIndex").and_then(|text| text.parse().ok()).unwrap_or(0);
            by_index(event, series, index).map(Item::Calendar)
        }
        "RecurringMasterItemId" => {
            let read = id("OccurrenceId")?;
            if read.kind == Kind::Event && read.date.is_none() {
                let text = "The id is that of a recurring master item, not of an occurrence.";
                return Err(Problem::new("ErrorCalendarCannotUseIdForOccurrenceId", text));
            }
            series_of(mailbox, read).map(|(event, _)| Item::Calendar(CalendarItem::whole(event)))
        }
        _ => by_id(mailbox, id("Id")?),
    }
}

/// Reads an item's id.
fn read(mailbox: &MailboxData, id: &str) -> Result<ItemId, Problem> {
    let Some(read) = mailbox.ids.read(id) else {
        return Err(if mailbox.ids.is_foreign(id) {
            Problem::item_not_found()
        } else {
            Problem::malformed_id()
        });
    };
    match read.kind {
        Kind::Event | Kind::Contact => Ok(read),
        Kind::Calendar | Kind::Folder => {
            Err(Problem::new("ErrorCannotUseFolderIdForItemId", "Id is a folder id, not an item id."))
        }
    }
}

fn by_id(mailbox: &MailboxData, read: ItemId) -> Result<Item<'_>, Problem> {
    if read.kind == Kind::Contact {
        return item::contact(mailbox, read.key, read.moves).ok_or_else(Problem::item_not_found);
    }
    let event = event(mailbox, read)?;
    let found = match read.date {
        None => Some(CalendarItem::whole(event)),
        Some(date) => event.instance_on(date).map(CalendarItem),
    };
    found.map(Item::Calendar).ok_or_else(Problem::item_not_found)
}

/// An event of a calendar of this mailbox; what somebody else shared is in the other's.
fn event(mailbox: &MailboxData, read: ItemId) -> Result<&Event, Problem> {
    let live = mailbox.events.get(&read.key).filter(|event| event.gone.is_none());
    let own = live.filter(|event| mailbox.calendar(event.calendar).is_some_and(|place| !place.is_shared));
    own.filter(|_| read.kind == Kind::Event).ok_or_else(Problem::item_not_found)
}

fn series_of(mailbox: &MailboxData, read: ItemId) -> Result<(&Event, &Series), Problem> {
    let event = event(mailbox, read)?;
    let text = "The id is not that of a recurring master item.";
    let problem = || Problem::new("ErrorCalendarCannotUseIdForRecurringMasterId", text);
    event.series().map(|series| (event, series)).ok_or_else(problem)
}

/// The date of that index, counted from 1; dates taken out are counted.
fn by_index<'a>(event: &'a Event, series: &'a Series, index: usize) -> Result<CalendarItem<'a>, Problem> {
    let out_of_range = || {
        let text = "Occurrence index is out of recurrence range.";
        Problem::new("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", text)
    };
    // A century of dates is enough for any index that a client comes by.
    let horizon = match series.range {
        Range::EndDate(end) => end,
        Range::NoEnd => NaiveDate::from_ymd_opt(2100, 1, 1).unwrap_or(series.first),
    };
    let dates = series.dates(series.first, horizon);
    let date = index.checked_sub(1).and_then(|index| dates.get(index)).ok_or_else(out_of_range)?;
    event.instance_on(*date).map(CalendarItem).ok_or_else(|| {
        let text = "Occurrence with this index was previously deleted from the recurrence.";
        Problem::new("ErrorCalendarOccurrenceIsDeletedFromRecurrence", text)
    })
}
