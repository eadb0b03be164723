//! The change log.

use crate::fixture::{at, full, incremental, round, series, single, store};
use chrono::TimeDelta;
use convoke_model::record::EventDelta;
use convoke_model::window::TimeWindow;
use convoke_store::{Change, ChangeKind, CommitMode, EventCommit, Store};

fn base() -> EventDelta {
    EventDelta {
        events: vec![single("a", "2026-03-10T08:00", "A"), single("b", "2026-03-20T08:00", "B")],
        series: vec![series("m", "Daily", &[("o1", "2026-03-10T09:00"), ("o2", "2026-03-12T09:00")])],
        ..EventDelta::default()
    }
}

/// Kinds and ids, oldest first.
fn log(store: &Store) -> Vec<(ChangeKind, String)> {
    let changes = store.reader().unwrap().changes(None, 100).unwrap();
    changes.into_iter().rev().map(|change| (change.kind, change.meeting_id)).collect()
}

fn check(store: &Store, expected: &[(ChangeKind, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(kind, id)| (*kind, (*id).to_owned())).collect();
    assert_eq!(log(store), expected);
}

#[test]
fn the_first_round_is_no_news() {
    let (_dir, store) = store();
    full(&store, base());
    check(&store, &[]);
    full(&store, base());
    check(&store, &[]);
}

#[test]
fn each_kind_of_change_is_named() {
    let (_dir, store) = store();
    full(&store, base());
    let mut moved = single("a", "2026-03-10T10:00", "A");
    moved.content.location = Some("There".to_owned());
    moved.content.join_url = None;
    let mut cancelled = single("b", "2026-03-20T08:00", "B");
    cancelled.content.cancelled = true;
    let delta = EventDelta {
        events: vec![moved, cancelled, single("c", "2026-03-21T08:00", "C")],
        removed: vec!["o2".to_owned()],
        ..EventDelta::default()
    };
    incremental(&store, delta);
    check(
        &store,
        &[
            (ChangeKind::Removed, "o2"),
            (ChangeKind::Moved, "a"),
            (ChangeKind::Room, "a"),
            (ChangeKind::Link, "a"),
            (ChangeKind::Cancelled, "b"),
            (ChangeKind::New, "c"),
        ],
    );
    let changes = store.reader().unwrap().changes(Some(at("2026-03-12T09:42")), 100).unwrap();
    let Change { before, after, .. } =
        changes.into_iter().find(|change| change.kind == ChangeKind::Moved).unwrap();
    let (before, after) = (before.unwrap(), after.unwrap());
    assert_eq!((before.start, after.start), (at("2026-03-10T08:00"), at("2026-03-10T10:00")));
    assert_eq!((before.location.as_deref(), after.location.as_deref()), (Some("Here"), Some("There")));
    assert!(store.reader().unwrap().changes(Some(at("2026-03-12T09:43")), 100).unwrap().is_empty());
}

#[test]
fn a_change_of_a_series_is_one_of_each_occurrence() {
    let (_dir, store) = store();
    full(&store, base());
    let mut changed = series("m", "Daily", &[("o1", "2026-03-10T09:00"), ("o2", "2026-03-12T09:00")]);
    changed.master.content.location = Some("There".to_owned());
    incremental(&store, EventDelta { series: vec![changed], ..EventDelta::default() });
    check(&store, &[(ChangeKind::Room, "o1"), (ChangeKind::Room, "o2")]);
    let before = store.reader().unwrap().changes(None, 1).unwrap().remove(0).before.unwrap();
    assert_eq!(before.location.as_deref(), Some("Here"));
}

#[test]
fn another_subject_alone_is_an_update_but_no_change_of_note() {
    let (_dir, store) = store();
    full(&store, base());
    let renamed = EventDelta { events: vec![single("a", "2026-03-10T08:00", "AA")], ..EventDelta::default() };
    assert_eq!(incremental(&store, renamed).updated, 1);
    check(&store, &[]);
}

#[test]
fn what_the_sliding_window_brings_and_drops_is_no_news() {
    let (_dir, store) = store();
    full(&store, base());
    let by = TimeDelta::days(15);
    let old = crate::fixture::window();
    let next = EventCommit {
        window: TimeWindow { start: old.start + by, end: old.end + by },
        ..round(
            CommitMode::Full,
            EventDelta {
                events: vec![
                    single("b", "2026-03-20T08:00", "B"),
                    single("c", "2026-03-25T08:00", "C"),
                    single("d", "2026-04-05T08:00", "D"),
                ],
                ..EventDelta::default()
            },
        )
    };
    store.writer().unwrap().commit_events(&next).unwrap();
    check(&store, &[(ChangeKind::New, "c")]);
}

#[test]
fn an_occurrence_is_new_when_its_series_is_known() {
    let (_dir, store) = store();
    full(&store, base());
    let orphan = ("o9".to_owned(), "m9".to_owned(), crate::fixture::timed("2026-03-15T09:00", 30));
    incremental(&store, EventDelta { orphans: vec![orphan], ..EventDelta::default() });
    check(&store, &[]);
    let master = series("m9", "Late", &[]).master;
    incremental(&store, EventDelta { masters: vec![master], ..EventDelta::default() });
    check(&store, &[(ChangeKind::New, "o9")]);
}
