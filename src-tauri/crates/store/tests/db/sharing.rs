//! Several handles and several processes on one file.

use crate::fixture::{full, key, listed, single, store};
use convoke_model::record::EventDelta;
use convoke_model::service::{Service, ServiceState};
use convoke_store::{ChangeToken, Store};
use std::sync::Arc;

fn one() -> EventDelta {
    EventDelta { events: vec![single("a", "2026-03-12T09:00", "One")], ..EventDelta::default() }
}

#[test]
fn another_process_sees_commits_and_that_there_were_some() {
    let (dir, store) = store();
    let (other, _) = Store::open(dir.path(), &key()).unwrap();
    let (mut here, mut there) = (ChangeToken::default(), ChangeToken::default());
    assert!(store.changed_since(&mut here).unwrap() && other.changed_since(&mut there).unwrap());
    assert!(!store.changed_since(&mut here).unwrap() && !other.changed_since(&mut there).unwrap());
    full(&store, one());
    assert!(store.changed_since(&mut here).unwrap() && other.changed_since(&mut there).unwrap());
    assert_eq!(listed(&other), ["a One"]);
    let state = ServiceState::Connected.into();
    other.writer().unwrap().set_service_status(Service::Calendar, &state).unwrap();
    assert!(store.changed_since(&mut here).unwrap());
    assert_eq!(store.reader().unwrap().service_statuses().unwrap()[0], (Service::Calendar, state));
}

#[test]
fn a_reader_sees_one_state() {
    let (_dir, store) = store();
    let reader = store.reader().unwrap();
    assert_eq!(reader.counts().unwrap().meetings, 0);
    full(&store, one());
    assert_eq!(reader.counts().unwrap().meetings, 0);
    drop(reader);
    assert_eq!(store.reader().unwrap().counts().unwrap().meetings, 1);
}

#[test]
fn many_threads_read_while_one_writes() {
    let (_dir, store) = store();
    let store = Arc::new(store);
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let store = Arc::clone(&store);
            std::thread::spawn(move || {
                for _ in 0..20 {
                    let seen = listed(&store);
                    assert!(seen.is_empty() || seen == ["a One"], "{seen:?}");
                }
            })
        })
        .collect();
    for _ in 0..10 {
        full(&store, one());
        full(&store, EventDelta::default());
    }
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn a_writer_that_dies_leaves_the_store_usable() {
    let (_dir, store) = store();
    let store = Arc::new(store);
    let inner = Arc::clone(&store);
    let died = std::thread::spawn(move || {
        let _writer = inner.writer().unwrap();
        panic!("on purpose");
    });
    assert!(died.join().is_err());
    full(&store, one());
    assert_eq!(listed(&store), ["a One"]);
}
