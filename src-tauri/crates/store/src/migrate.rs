//! The schema's versions.

use crate::connection::APPLICATION_ID;
use crate::error::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// One entry per version, in order; `PRAGMA user_version` counts how many a file has had.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/001_initial.sql")];

/// Brings the file to the newest schema. Each step commits for itself, so that a kill leaves one version or the next.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    apply(connection, &MIGRATIONS)
}

fn apply(connection: &mut Connection, migrations: &[&str]) -> Result<(), StoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let done = usize::try_from(found).unwrap_or(usize::MAX);
        if done > migrations.len() {
            return Err(StoreError::Newer {
                found,
                known: u32::try_from(migrations.len()).unwrap_or(u32::MAX),
            });
        }
        let Some(sql) = migrations.get(done) else {
            return Ok(());
        };
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
        transaction.commit()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(connection: &Connection) -> u32 {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn f14_newer_schema_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 9).unwrap();
        assert!(matches!(
            apply(&mut connection, &["SELECT 1"]),
            Err(StoreError::Newer { found: 9, known: 1 })
        ));
    }

    #[test]
    fn f15_failed_step_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        let broken = ["CREATE TABLE a (x)", "CREATE TABLE b (x); SELECT nonsense"];
        assert!(apply(&mut connection, &broken).is_err());
        assert_eq!(version(&connection), 1);
        apply(&mut connection, &["CREATE TABLE a (x)", "CREATE TABLE b (x)"]).unwrap();
        assert_eq!(version(&connection), 2);
    }
}
