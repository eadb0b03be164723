//! `FindItem`: a calendar's view, or a folder's items by pages (sources: "FindItem operation", `CalendarView`, "EWS
//! throttling in Exchange").

use chrono::{DateTime, TimeDelta, Utc};

use super::call::Call;
use super::folders::{self, Folder, Key};
use super::items::{CalendarItem, Reading, Rendering, contents};
use super::page::{LIMIT, Page};
use super::quirks::Quirk;
use super::soap::{Message, Problem};
use super::time;
use crate::world::MailboxData;
use crate::world::event::Instance;
use crate::xml::{Element, Node, element};

/// Longest view (source: `ErrorCalendarViewRangeTooBig`: "greater than two years").
const LONGEST: TimeDelta = TimeDelta::days(2 * 366);

/// Answers each folder.
pub fn find(call: &Call<'_>) -> Vec<Message> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Find);
    call.each("ParentFolderIds", |reference| {
        let folder = folders::resolve(call, &world, reference)?;
        CalendarItem::check(&how)?;
        match call.body.child("CalendarView") {
            Some(view) => calendar_view(call, &how, &folder, view),
            None => paged(call, &how, &folder),
        }
    })
}

fn calendar_view(
    call: &Call<'_>,
    how: &Rendering<'_>,
    folder: &Folder<'_>,
    view: &Node,
) -> Result<Vec<Element>, Problem> {
    let Key::Calendar(calendar) = folder.key else {
        let text = "The calendar view can only be used with a calendar folder.";
        return Err(Problem::new("ErrorCalendarFolderIsInvalidForCalendarView", text));
    };
    let others = ["Restriction", "SortOrder", "GroupBy", "DistinguishedGroupBy", "QueryString"];
    if others.iter().any(|name| call.body.child(name).is_some()) {
        let text = "Restrictions and sort order may not be specified for a CalendarView.";
        return Err(Problem::new("ErrorInvalidRestriction", text));
    }
    let window = window(call, view)?;
    let mut found = instances(how.mailbox, calendar, window);
    found.sort_by_cached_key(|instance| (instance.instants(), instance.event.key));
    let asked = view.attribute("MaxEntriesReturned").and_then(|text| text.parse().ok());
    let most = asked.unwrap_or(usize::MAX).min(LIMIT);
    if found.len() > most && most == LIMIT && call.state.exchange_has(Quirk::FindLimitError) {
        let text = "You have exceeded the maximum number of objects that can be returned for the find operation. \
                    Use paging to reduce the result size and try your request again.";
        return Err(Problem::new("ErrorExceededFindCountLimit", text));
    }
    let taken = &found[..found.len().min(most)];
    let root = element("m:RootFolder")
        .with("TotalItemsInView", taken.len().to_string())
        .with("IncludesLastItemInRange", (taken.len() == found.len()).to_string());
    let items = taken.iter().map(|instance| CalendarItem(*instance).render(how));
    Ok(vec![root.child(element("t:Items").children(items))])
}

fn window(call: &Call<'_>, view: &Node) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
    let instant = |name: &str| {
        view.attribute(name).and_then(time::parse).map(|moment| call.zone.instant(moment)).unwrap_or_default()
    };
    let (start, end) = (instant("StartDate"), instant("EndDate"));
    if end < start {
        let text = "EndDate is earlier than StartDate";
        return Err(Problem::new("ErrorCalendarEndDateIsEarlierThanStartDate", text));
    }
    if end - start > LONGEST {
        let text = "The specified view range exceeds the maximum range of two years.";
        return Err(Problem::new("ErrorCalendarViewRangeTooBig", text));
    }
    Ok((start, end))
}

/// All that takes place in a window of a calendar. The server judges by the instants it stored, of whole days too.
fn instances(
    mailbox: &MailboxData,
    calendar: u64,
    window: (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Instance<'_>> {
    let events = mailbox.live_events().filter(|event| event.calendar == calendar);
    let near = events.flat_map(|event| event.instances_near(window.0.date_naive(), window.1.date_naive()));
    near.filter(|instance| {
        let (start, end) = instance.instants();
        start < window.1 && (end > window.0 || (start == end && start >= window.0))
    })
    .collect()
}

/// Single items and masters, contacts and groups, in the order of the store.
fn paged(call: &Call<'_>, how: &Rendering<'_>, folder: &Folder<'_>) -> Result<Vec<Element>, Problem> {
    for (name, what) in [("Restriction", "restrictions"), ("QueryString", "searches"), ("GroupBy", "groups")]
    {
        if call.body.child(name).is_some() {
            return Err(Problem::not_simulated(what));
        }
    }
    let found = if call.body.attribute("Traversal") == Some("Shallow") {
        contents(how.mailbox, folder.key)
    } else {
        Vec::new()
    };
    let page = Page::read(call.body.child("IndexedPageItemView"), found.len());
    let items = found[page.range()].iter().map(|item| item.render(how));
    Ok(vec![page.root("m:RootFolder").child(element("t:Items").children(items))])
}
