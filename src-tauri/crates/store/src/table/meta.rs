//! Table `meta`: small values by name.

use crate::error::StoreError;
use rusqlite::{Connection, OptionalExtension};

/// Counts the commits that changed contacts, so that a search index knows whether it is stale.
pub(crate) const CONTACTS_GENERATION: &str = "contacts.generation";

pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn put(connection: &Connection, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", [name, value])?
        }
        None => connection.execute("DELETE FROM meta WHERE name = ?1", [name])?,
    };
    Ok(())
}

pub(crate) fn contacts_generation(connection: &Connection) -> Result<u64, StoreError> {
    Ok(get(connection, CONTACTS_GENERATION)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

pub(crate) fn next_contacts_generation(connection: &Connection) -> Result<(), StoreError> {
    let next = contacts_generation(connection)? + 1;
    put(connection, CONTACTS_GENERATION, Some(&next.to_string()))
}
