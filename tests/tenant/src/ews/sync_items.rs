//! `SyncFolderItems`: what changed in a folder since the last time (source: "SyncFolderItems operation").
//!
//! Dates of series are never named: a changed one is a change of its master. A change that comes between two pages of
//! a first round is told as one more creation.

use std::collections::BTreeSet;

use super::call::Call;
use super::folders::{self, Key};
use super::items::{Item, Reading, Rendering, contents};
use super::soap::{Message, Problem};
use super::sync_state::{self, ItemsState};
use crate::world::MailboxData;
use crate::world::id::change_key;
use crate::xml::{Element, element};

/// One thing that happened, in the order of versions.
#[derive(Debug)]
enum Change<'a> {
    There(Item<'a>, bool),
    Gone(String),
    Read(Item<'a>, bool),
}

/// Answers the folder.
pub fn sync(call: &Call<'_>) -> Vec<Message> {
    vec![Message::of(call.operation, changes(call))]
}

/// Why a state is not taken.
pub fn invalid_state() -> Problem {
    Problem::new("ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.")
}

fn changes(call: &Call<'_>) -> Result<Vec<Element>, Problem> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Sync);
    let reference = call.body.child("SyncFolderId").and_then(|id| id.children.first());
    let reference = reference.ok_or_else(Problem::folder_not_found)?;
    let folder =
        folders::resolve(call, &world, reference).map_err(|problem| match problem.code.as_str() {
            "ErrorFolderNotFound" => Problem { code: "ErrorSyncFolderNotFound".into(), ..problem },
            _ => problem,
        })?;
    let state = state(call, &folders::id(how.mailbox, folder.key))?;
    let ignored = ignored(call);
    let mut all = since(&how, folder.key, &state);
    all.retain(|(_, change)| !ignored.contains(&id_of(change, &how)));
    all.sort_by_key(|(at, _)| *at);
    let most = call.body.child_text("MaxChangesReturned").and_then(|text| text.parse().ok()).unwrap_or(512);
    let is_last = all.len() <= most;
    all.truncate(most);
    let version = how.mailbox.version;
    let next = match all.last() {
        Some((at, _)) if !is_last => ItemsState { cursor: *at, ..state },
        _ => ItemsState { base: version, cursor: (version, u64::MAX), ..state },
    };
    let written = all.iter().map(|(_, change)| render(change, &how));
    Ok(vec![
        element("m:SyncState").text(sync_state::write(&next)),
        element("m:IncludesLastItemInRange").text(is_last.to_string()),
        element("m:Changes").children(written),
    ])
}

/// The state that the request carries, or that of a client which knows nothing.
fn state(call: &Call<'_>, folder: &str) -> Result<ItemsState, Problem> {
    let generation = call.state.exchange.data().sync_generation;
    let first = ItemsState { folder: folder.to_owned(), generation, base: 0, cursor: (0, 0) };
    let Some(text) = call.body.child_text("SyncState").filter(|text| !text.is_empty()) else {
        return Ok(first);
    };
    let state: ItemsState = sync_state::read(text).ok_or_else(invalid_state)?;
    let is_ours = state.folder == first.folder && state.generation == generation;
    if is_ours { Ok(state) } else { Err(invalid_state()) }
}

fn ignored(call: &Call<'_>) -> BTreeSet<String> {
    let ids = call.body.child("Ignore").map(|ids| ids.children.as_slice()).unwrap_or_default();
    ids.iter().filter_map(|id| id.attribute("Id")).map(str::to_owned).collect()
}

/// Everything later than a state, with its version and number.
fn since<'a>(how: &Rendering<'a>, folder: Key, state: &ItemsState) -> Vec<((u64, u64), Change<'a>)> {
    let mailbox = how.mailbox;
    let mut all = Vec::new();
    for item in contents(mailbox, folder) {
        let (created, changed, key) = item.versions();
        let read = mailbox.read_flags.get(&key).filter(|(_, at)| *at > changed);
        if (changed, key) > state.cursor {
            all.push(((changed, key), Change::There(item, created > state.base)));
        } else if let Some((is_read, at)) = read.filter(|(_, at)| (*at, key) > state.cursor) {
            all.push(((*at, key), Change::Read(item, *is_read)));
        }
    }
    let gone = gone(mailbox, folder).into_iter();
    let may_be_known = |created: &u64| *created <= state.cursor.0;
    all.extend(
        gone.filter(|(created, at, ..)| may_be_known(created) && *at > state.cursor)
            .map(|(_, at, id)| (at, Change::Gone(id))),
    );
    all
}

/// What has left a folder: the version that brought it, the version and number of its leaving, its id there.
fn gone(mailbox: &MailboxData, folder: Key) -> Vec<(u64, (u64, u64), String)> {
    match folder {
        Key::System(_) => Vec::new(),
        Key::Calendar(calendar) => {
            let events = mailbox.events.values().filter(|event| event.calendar == calendar);
            events
                .filter_map(|event| {
                    let at = (event.gone?, event.key);
                    Some((event.created, at, mailbox.event_id(event.key, None, false)))
                })
                .collect()
        }
        Key::Contacts(folder) => {
            let mut gone = Vec::new();
            for contact in mailbox.contacts.values() {
                // A contact's first arrival is not known once it has moved: it counts as the beginning.
                for (moves, (left, at)) in contact.left.iter().enumerate() {
                    if *left == folder {
                        let id = mailbox.contact_key_id(contact.key, Some(moves));
                        gone.push((0, (*at, contact.key), id));
                    }
                }
                if let Some(at) = contact.gone.filter(|_| contact.folder == folder) {
                    let created = contact.arrived;
                    gone.push((created, (at, contact.key), mailbox.contact_id(contact, false)));
                }
            }
            gone
        }
    }
}

fn id_of(change: &Change<'_>, how: &Rendering<'_>) -> String {
    match change {
        Change::Gone(id) => id.clone(),
        Change::There(item, _) | Change::Read(item, _) => item.id_text(how),
    }
}

fn render(change: &Change<'_>, how: &Rendering<'_>) -> Element {
    match change {
        Change::There(item, true) => element("t:Create").child(item.render(how)),
        Change::There(item, false) => element("t:Update").child(item.render(how)),
        Change::Read(item, is_read) => {
            element("t:ReadFlagChange").child(item.id(how)).leaf("t:IsRead", is_read.to_string())
        }
        Change::Gone(id) => {
            let id = element("t:ItemId").with("Id", id).with("ChangeKey", change_key(0, 0));
            element("t:Delete").child(id)
        }
    }
}
