//! What can go wrong with the cache. No message holds a key, or what a row says.

use rusqlite::ErrorCode;

/// An error of the cache.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is damaged: open the store again, which sets it aside and starts an empty one.
    #[error("the cache is damaged")]
    Damaged,
    /// The file was made by a newer version; it is left alone.
    #[error("the cache was made by a newer version (schema {found}, this version knows {known})")]
    Newer {
        /// Schema of the file.
        found: u32,
        /// Newest schema that this version knows.
        known: u32,
    },
    /// No space left; nothing was written.
    #[error("there is no space left for the cache")]
    DiskFull,
    /// The file or its folder may not be written.
    #[error("the cache may not be written")]
    ReadOnly,
    /// Another process holds the file longer than the time limit.
    #[error("the cache is in use by another process")]
    Busy,
    /// `cache.db` is a link, a folder or something else that is not a plain file.
    #[error("the cache's place is taken by something that is not a plain file")]
    NotAFile,
    /// The calendar of a commit has not been put before.
    #[error("the calendar is not known to the cache")]
    UnknownCalendar,
    /// A stored value does not read back; treated like damage by whoever opens next.
    #[error("a stored value does not read back")]
    Content,
    /// A thread ended in the middle of a write; nothing was committed.
    #[error("a writer ended unexpectedly")]
    WriterLost,
    /// The file system refused.
    #[error("the cache's folder: {0}")]
    Io(#[source] std::io::Error),
    /// Anything else of SQLite.
    #[error("the cache: {0}")]
    Sql(#[source] rusqlite::Error),
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sql(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        // The parser's message can quote what it read, which is somebody's meeting.
        Self::Content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i32, expected: &str) {
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        assert_eq!(format!("{:?}", StoreError::from(error)), expected);
    }

    #[test]
    fn f04_f06_f09_f16_results_of_sqlite_are_told_apart() {
        check(rusqlite::ffi::SQLITE_FULL, "DiskFull");
        check(rusqlite::ffi::SQLITE_READONLY, "ReadOnly");
        check(rusqlite::ffi::SQLITE_CORRUPT, "Damaged");
        check(rusqlite::ffi::SQLITE_NOTADB, "Damaged");
        check(rusqlite::ffi::SQLITE_BUSY, "Busy");
    }
}
