//! The handles: one writer, some readers, for as many threads as there are.

use crate::connection::{Access, connect};
use crate::error::StoreError;
use crate::key::CacheKey;
use crate::open::{self, Opened, SURE};
use crate::paths::Paths;
use crate::search::SearchIndex;
use crate::watch::ChangeToken;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Idle reading connections that are kept.
const KEPT_READERS: usize = 4;

/// The cache of one account. Share it in an `Arc`.
#[derive(Debug)]
pub struct Store {
    paths: Paths,
    key: CacheKey,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    watch: Mutex<Connection>,
    pub(crate) index: RwLock<Option<Arc<SearchIndex>>>,
    /// Held by whoever builds the index.
    pub(crate) building: Mutex<()>,
}

impl Store {
    /// Opens the cache in the account's folder, making folder and file where they are missing. A file that is
    /// empty, damaged, encrypted with another key or not ours is set aside and replaced.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for a file of a newer version, which is left alone; [`StoreError::ReadOnly`],
    /// [`StoreError::DiskFull`], [`StoreError::Busy`], [`StoreError::NotAFile`].
    pub fn open(dir: &Path, key: &CacheKey) -> Result<(Self, Opened), StoreError> {
        let paths = Paths::new(dir);
        let (writer, opened) = open::open(&paths, key)?;
        let watch = connect(&paths.database(), key, Access::Read)?;
        let store = Self {
            paths,
            key: key.clone(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            watch: Mutex::new(watch),
            index: RwLock::default(),
            building: Mutex::default(),
        };
        Ok((store, opened))
    }

    /// Deletes the cache of an account with everything that was set aside.
    ///
    /// # Errors
    /// Where a file can't be deleted.
    pub fn destroy(dir: &Path) -> Result<(), StoreError> {
        Paths::new(dir).destroy()
    }

    /// A handle that reads one unchanging state of the cache. Keep it for one answer only: while it lives, the
    /// log of writes can't be folded back into the file.
    ///
    /// # Errors
    /// Where no further connection can be opened.
    pub fn reader(&self) -> Result<Reader<'_>, StoreError> {
        let idle = lock(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.paths.database(), &self.key, Access::Read)?,
        };
        connection.execute_batch("BEGIN").map_err(|error| self.noted(error.into()))?;
        Ok(Reader { store: self, connection: Some(connection) })
    }

    /// The one handle that writes; waits for whoever has it.
    ///
    /// # Errors
    /// [`StoreError::WriterLost`] where a transaction of a thread that died could not be undone.
    pub fn writer(&self) -> Result<Writer<'_>, StoreError> {
        let connection = lock(&self.writer);
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").map_err(|_| StoreError::WriterLost)?;
        }
        Ok(Writer { store: self, connection })
    }

    /// Whether somebody, this process or another, committed since the token was last asked about.
    ///
    /// # Errors
    /// Where the file can't be read.
    pub fn changed_since(&self, token: &mut ChangeToken) -> Result<bool, StoreError> {
        let version: i64 = lock(&self.watch)
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|error| self.noted(error.into()))?;
        let changed = token.0 != Some(version);
        token.0 = Some(version);
        Ok(changed)
    }

    /// Leaves a mark where damage was seen, so that the next [`Store::open`] checks the whole file.
    pub(crate) fn noted(&self, error: StoreError) -> StoreError {
        if matches!(error, StoreError::Damaged | StoreError::Content) {
            let certain = matches!(error, StoreError::Content);
            let marked = crate::paths::write_private(&self.paths.suspect(), if certain { SURE } else { "" });
            tracing::error!(marked = marked.is_ok(), "the cache is damaged");
        }
        error
    }
}

/// A lock whose data stays sound when a thread dies holding it: connections undo what was begun.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads; its methods are in `query/`.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(crate) store: &'a Store,
    connection: Option<Connection>,
}

impl Reader<'_> {
    /// Runs a query, and takes note of damage.
    pub(crate) fn run<T>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.connection.as_ref().ok_or(StoreError::WriterLost)?;
        query(connection).map_err(|error| self.store.noted(error))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if connection.execute_batch("COMMIT").is_err() {
            return;
        }
        let mut idle = lock(&self.store.readers);
        if idle.len() < KEPT_READERS {
            idle.push(connection);
        }
    }
}

/// Writes; its methods are in `commit/`.
#[derive(Debug)]
pub struct Writer<'a> {
    store: &'a Store,
    connection: MutexGuard<'a, Connection>,
}

impl Writer<'_> {
    /// Runs a change in one transaction: all of it is kept, or nothing.
    pub(crate) fn transact<T>(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let outcome = (|| {
            let transaction =
                self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })();
        outcome.map_err(|error| self.store.noted(error))
    }

    /// The connection, for tests that make it fail.
    #[cfg(test)]
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }
}
