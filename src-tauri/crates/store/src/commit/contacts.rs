//! One round of one contact folder.

use super::{CommitMode, ContactCommit, Counts};
use crate::error::StoreError;
use crate::hash::hash;
use crate::rows::{Collection, Cursor};
use crate::store::Writer;
use crate::table::{contact, contact_folder, contact_text, cursor, meta};
use convoke_model::contact::Contact;
use convoke_model::record::ContactChange;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

impl Writer<'_> {
    /// Commits a round of a contact folder: contacts, search index and cursor together, or nothing. Committing the
    /// same again changes nothing.
    ///
    /// A contact that moved here from another folder is taken over; one that this folder reports gone stays if
    /// another folder has it meanwhile.
    ///
    /// # Errors
    /// Where nothing could be written; the cache is then as before.
    pub fn commit_contacts(&mut self, commit: &ContactCommit) -> Result<Counts, StoreError> {
        self.transact(|connection| apply(connection, commit))
    }
}

fn apply(connection: &Connection, commit: &ContactCommit) -> Result<Counts, StoreError> {
    let id = commit.folder_id.as_deref();
    let name = if id.is_some() { commit.folder_name.as_deref() } else { None };
    let folder = contact_folder::put(connection, id.unwrap_or_default(), name)?;
    let mut counts = Counts::default();
    let mut seen = HashSet::new();
    for change in last_of_each(&commit.changes) {
        match change {
            ContactChange::Present(contact) => {
                seen.insert(put(connection, folder, contact, &mut counts)?);
            }
            ContactChange::Removed { id } => {
                if let Some(stored) = contact::find(connection, id)?.filter(|stored| stored.folder == folder)
                {
                    delete(connection, stored.key)?;
                    counts.removed += 1;
                }
            }
        }
    }
    if commit.mode == CommitMode::Full {
        for key in contact::keys_in(connection, folder)?.into_iter().filter(|key| !seen.contains(key)) {
            delete(connection, key)?;
            counts.removed += 1;
        }
    }
    let next = Cursor { link: commit.cursor.clone(), window: None, at: commit.at };
    cursor::put(connection, Collection::Contacts(id), &next)?;
    if !counts.is_empty() {
        meta::next_contacts_generation(connection)?;
    }
    Ok(counts)
}

/// The last change of each id, in order.
fn last_of_each(changes: &[ContactChange]) -> impl Iterator<Item = &ContactChange> {
    let id_of = |change: &ContactChange| match change {
        ContactChange::Removed { id } => id.clone(),
        ContactChange::Present(contact) => contact.id.clone(),
    };
    let last: HashMap<String, usize> =
        changes.iter().enumerate().map(|(at, change)| (id_of(change), at)).collect();
    changes
        .iter()
        .enumerate()
        .filter(move |(at, change)| last.get(&id_of(change)) == Some(at))
        .map(|(_, change)| change)
}

fn put(
    connection: &Connection,
    folder: i64,
    contact: &Contact,
    counts: &mut Counts,
) -> Result<i64, StoreError> {
    // The folder's name is kept with the folder, where it can change.
    let contact = Contact { folder: None, ..contact.clone() };
    let json = serde_json::to_string(&contact)?;
    let stored = contact::find(connection, &contact.id)?;
    match stored {
        Some(stored) if stored.folder == folder && stored.digest == hash(json.as_bytes()) => {
            return Ok(stored.key);
        }
        Some(stored) => {
            contact_text::delete(connection, stored.key)?;
            counts.updated += 1;
        }
        None => counts.added += 1,
    }
    let key = contact::put(connection, stored.map(|stored| stored.key), folder, &contact, &json)?;
    contact_text::insert(connection, key, &contact)?;
    Ok(key)
}

pub(super) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    contact_text::delete(connection, key)?;
    contact::delete(connection, key)
}
