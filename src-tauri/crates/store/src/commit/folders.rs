//! The list of contact folders.

use super::contacts;
use crate::error::StoreError;
use crate::rows::Collection;
use crate::store::Writer;
use crate::table::{contact, contact_folder, cursor, meta};
use convoke_model::record::ContactFolderRecord;
use rusqlite::Connection;

impl Writer<'_> {
    /// Takes over the list of contact folders (the default folder is never in it and stays). One that is not in it
    /// is deleted with its contacts and its cursor.
    ///
    /// # Errors
    /// Where nothing could be written.
    pub fn put_contact_folders(&mut self, folders: &[ContactFolderRecord]) -> Result<(), StoreError> {
        self.transact(|connection| {
            let mut deleted = false;
            for (key, old) in contact_folder::all(connection)? {
                if !folders.iter().any(|folder| folder.id == old.id) {
                    delete(connection, key, Some(&old.id))?;
                    deleted = true;
                }
            }
            for folder in folders {
                contact_folder::put(connection, &folder.id, Some(&folder.name))?;
            }
            if deleted { meta::next_contacts_generation(connection) } else { Ok(()) }
        })
    }
}

/// Deletes a folder with everything in it.
pub(super) fn delete(connection: &Connection, key: i64, id: Option<&str>) -> Result<(), StoreError> {
    for contact in contact::keys_in(connection, key)? {
        contacts::delete(connection, contact)?;
    }
    cursor::delete(connection, Collection::Contacts(id))?;
    contact_folder::delete(connection, key)
}
