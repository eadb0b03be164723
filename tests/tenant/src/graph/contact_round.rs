//! What delta rounds of contacts and of their folders hold.

use super::book::Entry;
use super::quirks::Quirk;
use crate::state::TenantState;
use crate::world::MailboxData;
use crate::world::contact::Contact;

/// The entries of a folder's round.
pub fn entries(state: &TenantState, mailbox: &MailboxData, folder: u64, since: Option<u64>) -> Vec<Entry> {
    let wipe = since.is_some() && state.has(Quirk::RemovedEverything);
    let mut entries: Vec<Entry> = Vec::new();
    for contact in mailbox.contacts.values() {
        if wipe && contact.folder == folder && contact.gone.is_none() {
            entries.push(Entry::ContactGone(contact.key));
        } else if !wipe {
            entries.extend(of_contact(contact, folder, since));
        }
    }
    if since.is_none() && state.has(Quirk::UnknownRemoved) {
        entries.push(Entry::ContactGone(u64::MAX - folder));
    }
    if state.has(Quirk::RepeatedIds) {
        let again: Vec<Entry> = entries.iter().copied().step_by(41).skip(1).collect();
        entries.extend(again);
    }
    entries
}

/// A contact that moved is removed from the folder it left, even though its immutable id lives on elsewhere.
fn of_contact(contact: &Contact, folder: u64, since: Option<u64>) -> Option<Entry> {
    let after = since.unwrap_or(0);
    if contact.folder == folder && contact.gone.is_none() {
        let news = contact.changed.max(contact.arrived) > after;
        return news.then_some(Entry::Contact(contact.key));
    }
    let went = contact.left.iter().any(|(left, at)| *left == folder && *at > after);
    let died = contact.folder == folder && contact.gone.is_some_and(|gone| gone > after);
    (since.is_some() && (went || died)).then_some(Entry::ContactGone(contact.key))
}

/// The entries of the folders' round: all folders but the default one, which no list names.
pub fn folder_entries(mailbox: &MailboxData, since: Option<u64>) -> Vec<Entry> {
    let after = since.unwrap_or(0);
    let named = mailbox.folders.iter().filter(|folder| folder.parent.is_some());
    let entry = |folder: &crate::world::contact::ContactFolder| match folder.gone {
        None => (folder.changed > after).then_some(Entry::Folder(folder.key)),
        Some(gone) => (since.is_some() && gone > after).then_some(Entry::FolderGone(folder.key)),
    };
    named.filter_map(entry).collect()
}
