//! What changed in a folder, to its last page.

use std::collections::BTreeMap;

use convoke_ews::operation::SyncItems;
use convoke_ews::{Folder, ItemRef};

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Most pages of a round: a million changes, as pages come.
const MOST_PAGES: usize = 2_000;

/// How many pages may bring nothing.
const MOST_EMPTY: usize = 100;

/// Most items that a folder is believed to have.
const MOST_ITEMS: usize = 200_000;

/// The changes of a folder since a state.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// By id what became of it at last: the item, or `None` where it is gone.
    pub items: BTreeMap<String, Option<ItemRef>>,
    /// Where the next round goes on.
    pub state: String,
}

/// Reads the changes since `state`; all that the folder has where there is none.
pub(super) async fn read(
    mailbox: &Mailbox,
    meter: &Meter,
    folder: &Folder,
    mut state: Option<String>,
) -> Result<Changes, RoundError> {
    let mut changes = Changes::default();
    let mut empty = 0;
    for _ in 0..MOST_PAGES {
        let page = mailbox.ask(SyncItems { folder: folder.clone(), state }, meter).await?;
        empty += usize::from(!page.is_dirty());
        let present = page.created.into_iter().chain(page.updated).map(|item| (item.id.clone(), Some(item)));
        changes.items.extend(present);
        changes.items.extend(page.deleted.into_iter().map(|id| (id, None)));
        if page.is_last {
            changes.state = page.state;
            return Ok(changes);
        }
        if empty > MOST_EMPTY || changes.items.len() > MOST_ITEMS {
            break;
        }
        state = Some(page.state);
    }
    Err(RoundError::Endless)
}
