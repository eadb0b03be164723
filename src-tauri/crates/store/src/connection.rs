//! One connection to the file, set up.

use crate::error::StoreError;
use crate::key::CacheKey;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long to wait for another process's write.
const BUSY: Duration = Duration::from_secs(5);

/// `Conv`, in the header of every cache file.
pub(crate) const APPLICATION_ID: i32 = 0x436f_6e76;

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// Opens an existing file and gives it the key. Nothing is read yet: SQLCipher finds out about a wrong key at
/// the first read.
pub(crate) fn connect(path: &Path, key: &CacheKey, access: Access) -> Result<Connection, StoreError> {
    // Also readers open for writing: in WAL mode a reader takes part in the shared index.
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags).map_err(opening)?;
    connection.busy_timeout(BUSY)?;
    // SQLCipher's own log goes to stderr otherwise; what it has to say comes back as an error anyway.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    give_key(&connection, key)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF;
         PRAGMA foreign_keys = ON;
         PRAGMA synchronous = NORMAL;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000;
         PRAGMA journal_size_limit = 16777216;",
    )?;
    if access == Access::Read {
        connection.execute_batch("PRAGMA query_only = ON")?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// The error of this statement would quote it, and with it the key: it is replaced.
fn give_key(connection: &Connection, key: &CacheKey) -> Result<(), StoreError> {
    connection.execute_batch(&key.pragma()).map_err(|_| StoreError::Damaged)
}

fn opening(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) => StoreError::ReadOnly,
        _ => error.into(),
    }
}
