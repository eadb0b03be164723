//! The tree of contact folders.

use std::collections::HashSet;
use std::sync::Arc;

use convoke_graph::operation::ListContactFolders;
use convoke_model::record::ContactFolderRecord;
use futures_util::future::join_all;

use super::fetch::fetch;
use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Levels below the top that are looked into.
const DEEPEST: usize = 4;

/// Folders that are synced at most.
const MOST: usize = 300;

/// Every folder but the default one, parents before children. A level that can't be listed fails the list.
pub(crate) async fn list_folders(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
) -> Result<Vec<ContactFolderRecord>, RoundError> {
    let mut found: Vec<ContactFolderRecord> = Vec::new();
    let mut seen = HashSet::new();
    let mut level = vec![ListContactFolders::Top];
    for _ in 0..DEEPEST {
        let lists =
            join_all(level.into_iter().map(|first| fetch(mailbox, meter, first, ListContactFolders::Next)));
        level = Vec::new();
        for list in lists.await {
            // A tree that loops, or a folder that is listed twice, is passed over.
            for folder in list?.items.into_iter().filter(|folder| seen.insert(folder.record.id.clone())) {
                level.push(ListContactFolders::Below(folder.record.id.clone()));
                found.push(folder.record);
            }
        }
        if level.is_empty() || found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    Ok(found)
}
