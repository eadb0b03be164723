//! Changes to contacts and their folders.

use crate::world::MailboxData;
use crate::world::contact::{Card, ContactFolder};

/// Changes a contact and stamps it.
pub fn change(mailbox: &mut MailboxData, key: u64, with: impl FnOnce(&mut Card)) {
    let version = mailbox.new_version();
    if let Some(contact) = mailbox.contacts.get_mut(&key) {
        with(&mut contact.card);
        contact.changed = version;
    }
}

/// Deletes a contact.
pub fn delete(mailbox: &mut MailboxData, key: u64) {
    let version = mailbox.new_version();
    if let Some(contact) = mailbox.contacts.get_mut(&key) {
        contact.gone = Some(version);
    }
}

/// Moves a contact to another folder; its immutable id stays.
pub fn move_to(mailbox: &mut MailboxData, key: u64, folder: u64) {
    let version = mailbox.new_version();
    if let Some(contact) = mailbox.contacts.get_mut(&key).filter(|contact| contact.folder != folder) {
        contact.left.push((contact.folder, version));
        contact.folder = folder;
        contact.arrived = version;
    }
}

/// Renames a folder.
pub fn rename_folder(mailbox: &mut MailboxData, key: u64, name: &str) {
    let version = mailbox.new_version();
    if let Some(folder) = mailbox.folders.iter_mut().find(|folder| folder.key == key) {
        folder.name = name.into();
        folder.changed = version;
    }
}

/// Makes a folder and gives its number.
pub fn add_folder(mailbox: &mut MailboxData, name: &str) -> Option<u64> {
    let parent = mailbox.folders.first()?.key;
    let (key, changed) = (mailbox.new_key(), mailbox.new_version());
    mailbox.folders.push(ContactFolder { key, name: name.into(), parent: Some(parent), changed, gone: None });
    Some(key)
}

/// Deletes a folder with its contacts; folders below it go as well.
pub fn delete_folder(mailbox: &mut MailboxData, key: u64) {
    let below: Vec<u64> =
        mailbox.folders.iter().filter(|folder| folder.parent == Some(key)).map(|folder| folder.key).collect();
    for key in below {
        delete_folder(mailbox, key);
    }
    let contacts: Vec<u64> =
        mailbox.live_contacts().filter(|contact| contact.folder == key).map(|contact| contact.key).collect();
    for contact in contacts {
        delete(mailbox, contact);
    }
    let version = mailbox.new_version();
    if let Some(folder) = mailbox.folders.iter_mut().find(|folder| folder.key == key) {
        folder.gone = Some(version);
    }
}
