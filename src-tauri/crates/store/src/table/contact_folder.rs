//! Table `contact_folder`. The default folder has the empty id and no name.

use crate::error::StoreError;
use convoke_model::record::ContactFolderRecord;
use rusqlite::{Connection, OptionalExtension, params};

/// The folder's key; the folder is made or renamed where needed.
pub(crate) fn put(connection: &Connection, id: &str, name: Option<&str>) -> Result<i64, StoreError> {
    connection.execute(
        "INSERT INTO contact_folder (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2",
        params![id, name],
    )?;
    Ok(connection.query_row("SELECT key FROM contact_folder WHERE id = ?1", [id], |row| row.get(0))?)
}

pub(crate) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM contact_folder WHERE key = ?1", [key])?;
    Ok(())
}

pub(crate) fn name(connection: &Connection, key: i64) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT name FROM contact_folder WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?.flatten())
}

/// All folders but the default one, with their keys.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(i64, ContactFolderRecord)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT key, id, coalesce(name, '') FROM contact_folder WHERE id <> '' ORDER BY key",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, ContactFolderRecord { id: row.get(1)?, name: row.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
