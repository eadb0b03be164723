//! The files: made for the user only, encrypted, refused where they are not ours to touch.

use crate::fixture::{at, calendar, contact, content, full, key, listed, present, round, single, store};
use convoke_model::record::{EventDelta, EventRecord};
use convoke_store::{CacheKey, CommitMode, Opened, RebuildReason, Store, StoreError};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

fn put_one(store: &Store) {
    full(store, EventDelta { events: vec![single("a", "2026-03-12T09:00", "One")], ..EventDelta::default() });
}

fn reason(dir: &Path, key: &CacheKey) -> (RebuildReason, Store) {
    match Store::open(dir, key).unwrap() {
        (store, Opened::Rebuilt { set_aside, reason }) => {
            assert!(set_aside.exists());
            (reason, store)
        }
        (_, other) => panic!("{other:?}"),
    }
}

#[test]
fn created_once_then_existing_with_its_rows() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("account/one");
    let (store, opened) = Store::open(&path, &key()).unwrap();
    assert_eq!(opened, Opened::Created);
    store.writer().unwrap().put_calendars(&[calendar("work")]).unwrap();
    put_one(&store);
    drop(store);
    let (store, opened) = Store::open(&path, &key()).unwrap();
    assert_eq!((opened, listed(&store)), (Opened::Existing, vec!["a One".to_owned()]));
    drop(store);
    Store::destroy(&path).unwrap();
    assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
    Store::destroy(&path).unwrap();
    Store::destroy(&path.join("never/there")).unwrap();
}

#[test]
fn f08_empty_file_is_not_an_empty_calendar() {
    let (dir, store) = store();
    put_one(&store);
    drop(store);
    for name in ["cache.db-wal", "cache.db-shm"] {
        let _ = fs::remove_file(dir.path().join(name));
    }
    fs::write(dir.path().join("cache.db"), "").unwrap();
    assert_eq!(reason(dir.path(), &key()).0, RebuildReason::Empty);
    assert_eq!(Store::open(dir.path(), &key()).unwrap().1, Opened::Existing);
}

#[test]
fn f11_f12_another_key_is_told_from_damage_and_the_file_is_kept() {
    let (dir, store) = store();
    put_one(&store);
    drop(store);
    let before = fs::read(dir.path().join("cache.db")).unwrap();
    let (reason, store) = reason(dir.path(), &CacheKey::new([8; 32]));
    assert_eq!(reason, RebuildReason::KeyChanged);
    assert_eq!(fs::read(dir.path().join("cache.damaged-1")).unwrap(), before);
    drop(store);
    assert_eq!(Store::open(dir.path(), &CacheKey::new([8; 32])).unwrap().1, Opened::Existing);
}

#[test]
fn lost_key_check_is_written_again() {
    let (dir, store) = store();
    drop(store);
    fs::remove_file(dir.path().join("cache.key-check")).unwrap();
    assert_eq!(Store::open(dir.path(), &key()).unwrap().1, Opened::Existing);
    assert!(dir.path().join("cache.key-check").exists());
    fs::write(dir.path().join("cache.key-check"), [0xff, 0]).unwrap();
    assert_eq!(Store::open(dir.path(), &key()).unwrap().1, Opened::Existing);
}

fn raw(dir: &Path) -> Connection {
    let connection = Connection::open(dir.join("cache.db")).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32))).unwrap();
    connection
}

#[test]
fn f14_newer_schema_is_refused_and_kept() {
    let (dir, store) = store();
    put_one(&store);
    drop(store);
    raw(dir.path()).execute_batch("PRAGMA user_version = 99").unwrap();
    for _ in 0..2 {
        assert!(matches!(Store::open(dir.path(), &key()), Err(StoreError::Newer { found: 99, .. })));
    }
    raw(dir.path()).execute_batch("PRAGMA user_version = 1").unwrap();
    assert_eq!(listed(&Store::open(dir.path(), &key()).unwrap().0), ["a One"]);
}

#[test]
fn readable_file_of_somebody_else_is_set_aside() {
    let (dir, store) = store();
    drop(store);
    raw(dir.path()).execute_batch("PRAGMA application_id = 1").unwrap();
    assert_eq!(reason(dir.path(), &key()).0, RebuildReason::Foreign);
}

#[test]
fn one_set_aside_file_is_kept() {
    let (dir, store) = store();
    drop(store);
    for _ in 0..3 {
        fs::write(dir.path().join("cache.db"), "junk".repeat(4096)).unwrap();
        assert_eq!(reason(dir.path(), &key()).0, RebuildReason::Damaged);
    }
    let names =
        fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(
        names.filter(|name| name.starts_with("cache.damaged")).collect::<Vec<_>>(),
        ["cache.damaged-3"]
    );
}

#[test]
fn nothing_readable_lies_in_the_folder() {
    let (dir, store) = store();
    let canary = "Zebrafink-Quartalsplan";
    let event = EventRecord { content: content(canary), ..single(canary, "2026-03-12T09:00", "") };
    full(&store, EventDelta { events: vec![event], ..EventDelta::default() });
    let contacts = vec![present(contact("1", canary))];
    crate::fixture::commit_contacts(&store, None, CommitMode::Full, contacts);
    store.refresh_search().unwrap();
    let mut files = 0;
    for entry in fs::read_dir(dir.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        files += 1;
        for secret in [canary.as_bytes(), b"0707070707070707", &[7; 16]] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
    assert!(files >= 3, "database, log and key check");
}

#[cfg(unix)]
#[test]
fn b76_only_the_user_may_read_and_links_are_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (dir, store) = store();
    put_one(&store);
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(mode(dir.path()), 0o700);
    drop(store);
    let database = dir.path().join("cache.db");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).unwrap();
    drop(Store::open(dir.path(), &key()).unwrap());
    assert_eq!((mode(&database), mode(dir.path())), (0o600, 0o700));
    let elsewhere = dir.path().join("elsewhere");
    fs::rename(&database, &elsewhere).unwrap();
    symlink(&elsewhere, &database).unwrap();
    assert!(matches!(Store::open(dir.path(), &key()), Err(StoreError::NotAFile)));
}

#[test]
fn folder_in_the_place_of_the_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("cache.db")).unwrap();
    assert!(matches!(Store::open(dir.path(), &key()), Err(StoreError::NotAFile)));
}

#[test]
fn b75_errors_and_debug_name_no_key() {
    let (_dir, store) = store();
    let error = store.writer().unwrap().commit_events(&convoke_store::EventCommit {
        calendar_id: "unknown".to_owned(),
        at: at("2026-03-12T09:42"),
        ..round(CommitMode::Full, EventDelta::default())
    });
    assert!(matches!(error, Err(StoreError::UnknownCalendar)));
    let shown = format!("{store:?}");
    assert!(shown.contains("CacheKey(…)") && !shown.contains("0707") && !shown.contains("7, 7"), "{shown}");
}
