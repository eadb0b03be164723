//! The file: one table each, contacts in a full-text index too.

use super::wire::{Contact, Event};
use crate::error::BenchError;
use rusqlite::{Connection, params};
use std::path::Path;

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE event (id TEXT PRIMARY KEY, kind TEXT, series TEXT, start TEXT, \"end\" TEXT, subject TEXT, json TEXT);
    CREATE INDEX event_start ON event (start);
    CREATE TABLE contact (key INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, json TEXT);
    CREATE VIRTUAL TABLE contact_text USING fts5 (name, company, emails, content = '', contentless_delete = 1);";

/// The database of the reference.
pub struct Cache(Connection);

/// Opens a file that SQLCipher encrypts with a raw key.
///
/// # Errors
/// When it does not open.
pub fn open_encrypted(file: &Path) -> Result<Connection, BenchError> {
    let connection = Connection::open(file)?;
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32)))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

impl Cache {
    /// A new file.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn create(file: &Path) -> Result<Self, BenchError> {
        let connection = open_encrypted(file)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(connection))
    }

    /// Keeps a page of events.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn insert_events(&mut self, events: &[Event]) -> Result<(), BenchError> {
        let page = self.0.transaction()?;
        for event in events {
            if event.removed.is_some() {
                page.prepare_cached("DELETE FROM event WHERE id = ?1")?.execute([&event.id])?;
                continue;
            }
            let time = |time: &Option<super::wire::Time>| time.as_ref().map(|time| time.date_time.clone());
            page.prepare_cached("INSERT OR REPLACE INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![
                    event.id,
                    event.kind,
                    event.series_master_id,
                    time(&event.start),
                    time(&event.end),
                    event.subject,
                    serde_json::to_string(event)?,
                ])?;
        }
        Ok(page.commit()?)
    }

    /// Keeps a page of contacts.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn insert_contacts(&mut self, contacts: &[Contact]) -> Result<(), BenchError> {
        let page = self.0.transaction()?;
        for contact in contacts {
            if contact.removed.is_some() {
                page.prepare_cached("DELETE FROM contact WHERE id = ?1")?.execute([&contact.id])?;
                continue;
            }
            let emails =
                contact.email_addresses.iter().flatten().filter_map(|email| email.address.as_deref());
            let emails = emails.collect::<Vec<_>>().join(" ");
            let key: i64 = page
                .prepare_cached(
                    "INSERT INTO contact (id, name, json) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, json = excluded.json RETURNING key",
                )?
                .query_row(
                    params![contact.id, contact.display_name, serde_json::to_string(contact)?],
                    |row| row.get(0),
                )?;
            page.prepare_cached(
                "INSERT OR REPLACE INTO contact_text (rowid, name, company, emails) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![key, contact.display_name, contact.company_name, emails])?;
        }
        Ok(page.commit()?)
    }

    /// Closes the file, its log folded in.
    ///
    /// # Errors
    /// When that fails.
    pub fn close(self) -> Result<(), BenchError> {
        Ok(self.0.close().map_err(|(_, error)| error)?)
    }
}
