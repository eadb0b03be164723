//! Opening: which file is ours, whole and readable, and what to do with one that is not.

use crate::connection::{APPLICATION_ID, Access, connect};
use crate::error::StoreError;
use crate::key::CacheKey;
use crate::key_check::{self, KeyCheck};
use crate::migrate;
use crate::paths::{Paths, remove};
use rusqlite::Connection;
use std::path::PathBuf;

/// How the cache was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// As it was left.
    Existing,
    /// There was none; an empty one was made.
    Created,
    /// It could not be used; an empty one was made.
    Rebuilt {
        /// Where the old file is kept.
        set_aside: PathBuf,
        /// Why.
        reason: RebuildReason,
    },
}

/// Why a cache was started anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RebuildReason {
    /// It does not read, though the key is right.
    Damaged,
    /// It had no content: SQLite would have opened it as a healthy, empty database.
    Empty,
    /// It was encrypted with another key.
    KeyChanged,
    /// It reads, but is not ours.
    Foreign,
}

/// Written into the mark of damage where no check of pages would find it: a value did not read back.
pub(crate) const SURE: &str = "sure\n";

/// Opens the writing connection.
pub(crate) fn open(paths: &Paths, key: &CacheKey) -> Result<(Connection, Opened), StoreError> {
    paths.make_dir()?;
    let _lock = paths.lock()?;
    let Some(size) = paths.database_size()? else {
        return Ok((create(paths, key)?, Opened::Created));
    };
    let reason = match inspect(paths, key, size)? {
        Ok(connection) => return Ok((connection, Opened::Existing)),
        Err(reason) => reason,
    };
    let set_aside = paths.set_aside()?;
    tracing::warn!(?reason, "the cache is started anew");
    Ok((create(paths, key)?, Opened::Rebuilt { set_aside, reason }))
}

fn create(paths: &Paths, key: &CacheKey) -> Result<Connection, StoreError> {
    key_check::write(paths, key)?;
    paths.protect_database()?;
    let mut connection = connect(&paths.database(), key, Access::Write)?;
    migrate::migrate(&mut connection)?;
    use_wal(&connection)?;
    Ok(connection)
}

/// The inner error says why the file can't be used; the outer one, that it must be left alone.
fn inspect(
    paths: &Paths,
    key: &CacheKey,
    size: u64,
) -> Result<Result<Connection, RebuildReason>, StoreError> {
    if size == 0 {
        return Ok(Err(RebuildReason::Empty));
    }
    let check = key_check::read(paths, key)?;
    if check == KeyCheck::Changed {
        return Ok(Err(RebuildReason::KeyChanged));
    }
    paths.protect_database()?;
    match open_existing(paths, key) {
        Ok(Some(connection)) => {
            if check == KeyCheck::Missing {
                key_check::write(paths, key)?;
            }
            Ok(Ok(connection))
        }
        Ok(None) => Ok(Err(RebuildReason::Foreign)),
        Err(StoreError::Damaged) => Ok(Err(RebuildReason::Damaged)),
        Err(error) => Err(error),
    }
}

/// `None` where the file reads but is not a cache of ours.
fn open_existing(paths: &Paths, key: &CacheKey) -> Result<Option<Connection>, StoreError> {
    let mut connection = connect(&paths.database(), key, Access::Write)?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Ok(None);
    }
    migrate::migrate(&mut connection)?;
    use_wal(&connection)?;
    check_suspect(paths, &connection)?;
    Ok(Some(connection))
}

/// Reads the whole file where damage was seen before: checking each time would cost every start.
fn check_suspect(paths: &Paths, connection: &Connection) -> Result<(), StoreError> {
    match std::fs::read(paths.suspect()) {
        Ok(mark) if mark == SURE.as_bytes() => return Err(StoreError::Damaged),
        Ok(_) => {}
        Err(_) => return Ok(()),
    }
    let mut pages = connection.prepare("PRAGMA cipher_integrity_check")?;
    if pages.query([])?.next()?.is_some() {
        return Err(StoreError::Damaged);
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged);
    }
    remove(&paths.suspect())
}

/// A file system that can't share memory (some network drives) answers with another mode, which works too.
fn use_wal(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    Ok(())
}
