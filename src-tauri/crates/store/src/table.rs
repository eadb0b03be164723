//! The tables, one file each with all SQL that names it.

pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod contact;
pub(crate) mod contact_folder;
pub(crate) mod contact_text;
pub(crate) mod cursor;
pub(crate) mod event;
pub(crate) mod meta;
pub(crate) mod occurrence;
pub(crate) mod participant;
pub(crate) mod service_status;

use crate::error::StoreError;
use rusqlite::Connection;

/// A number of rows as SQLite takes it.
pub(crate) fn column(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The one number that a query answers with.
pub(crate) fn count_of(connection: &Connection, sql: &str) -> Result<usize, StoreError> {
    let count: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}
