//! Damage of every kind: never a crash, never rows that were not written, healed by opening again.

use crate::fixture::{commit_contacts, contact, full, key, listed, march, present, single, store};
use convoke_model::record::EventDelta;
use convoke_store::{CommitMode, ContactQuery, Opened, RebuildReason, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A closed store of some hundred pages, and what it lists.
fn filled() -> (TempDir, PathBuf, Vec<String>) {
    let (dir, store) = store();
    let event =
        |number: usize| single(&format!("id-{number}"), "2026-03-12T09:00", &"long subject ".repeat(20));
    full(&store, EventDelta { events: (0..200).map(event).collect(), ..EventDelta::default() });
    let contacts = (0..200).map(|number| present(contact(&format!("c{number}"), "Anna Kov"))).collect();
    commit_contacts(&store, None, CommitMode::Full, contacts);
    let expected = listed(&store);
    drop(store);
    let database = dir.path().join("cache.db");
    (dir, database, expected)
}

/// Everything that reads, once; the first error is the answer.
fn read_all(store: &Store) -> Result<Vec<String>, StoreError> {
    let reader = store.reader()?;
    let meetings = reader.agenda(&march())?;
    reader.agenda_rows(&march())?;
    reader.contacts(&ContactQuery { text: "ann".to_owned(), offset: 0, limit: 500 })?;
    reader.contacts_full("", 0)?;
    Ok(meetings.into_iter().map(|meeting| format!("{} {}", meeting.id, meeting.subject)).collect())
}

/// The damaged file opens, at the latest the second time, to its own rows or to none.
fn heals(dir: &Path, expected: &[String]) {
    let (store, opened) = Store::open(dir, &key()).unwrap();
    match read_all(&store) {
        Ok(rows) if opened == Opened::Existing => assert_eq!(rows, expected),
        Ok(rows) => assert!(rows.is_empty()),
        Err(StoreError::Damaged | StoreError::Content) => {
            drop(store);
            let (store, opened) = Store::open(dir, &key()).unwrap();
            let damaged = matches!(opened, Opened::Rebuilt { reason: RebuildReason::Damaged, .. });
            assert!(damaged, "{opened:?}");
            assert!(read_all(&store).unwrap().is_empty());
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn f07_truncated_at_twenty_places() {
    let (dir, database, expected) = filled();
    let whole = fs::read(&database).unwrap();
    for part in 1..20 {
        clear(dir.path());
        fs::write(&database, &whole[..whole.len() * part / 20]).unwrap();
        heals(dir.path(), &expected);
    }
}

#[test]
fn f09_garbage_at_the_start() {
    let (dir, database, _) = filled();
    let mut bytes = fs::read(&database).unwrap();
    bytes[..100].fill(0x5a);
    fs::write(&database, bytes).unwrap();
    let (_, opened) = Store::open(dir.path(), &key()).unwrap();
    assert!(matches!(opened, Opened::Rebuilt { reason: RebuildReason::Damaged, .. }));
}

#[test]
fn f10_one_bit_anywhere() {
    let (dir, database, expected) = filled();
    let whole = fs::read(&database).unwrap();
    // A fixed walk over the whole file: a prime step visits every region and never the same place.
    for turn in 0..60_usize {
        clear(dir.path());
        let mut bytes = whole.clone();
        let place = turn * 1_299_709 % bytes.len();
        bytes[place] ^= 1 << (turn % 8);
        fs::write(&database, bytes).unwrap();
        heals(dir.path(), &expected);
    }
}

#[test]
fn f13_old_file_and_lost_log_open_and_the_next_full_round_converges() {
    let (dir, store) = store();
    let one = EventDelta { events: vec![single("a", "2026-03-12T09:00", "One")], ..EventDelta::default() };
    full(&store, one);
    drop(store);
    let database = dir.path().join("cache.db");
    let old = fs::read(&database).unwrap();
    let two = EventDelta { events: vec![single("b", "2026-03-12T09:00", "Two")], ..EventDelta::default() };
    let (store, _) = Store::open(dir.path(), &key()).unwrap();
    full(&store, two.clone());
    drop(store);
    clear(dir.path());
    fs::write(&database, old).unwrap();
    let (store, opened) = Store::open(dir.path(), &key()).unwrap();
    assert_eq!((opened, listed(&store)), (Opened::Existing, vec!["a One".to_owned()]));
    full(&store, two);
    assert_eq!(listed(&store), ["b Two"]);
}

/// Removes what belongs to the file, as a restored backup would.
fn clear(dir: &Path) {
    for name in ["cache.db-wal", "cache.db-shm", "cache.suspect"] {
        let _ = fs::remove_file(dir.join(name));
    }
}
