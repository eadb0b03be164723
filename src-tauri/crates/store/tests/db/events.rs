//! Rounds of events: what each part of a delta does.

use crate::fixture::{
    agenda, all_day, at, calendar, content, counts, date, exception, full, incremental, listed, round,
    series, single, store, timed, window,
};
use convoke_model::meeting::AttendeeKind;
use convoke_model::record::{EventContent, EventDelta, EventKind, EventRecord, SeriesDelta};
use convoke_model::service::Service;
use convoke_store::{Collection, CommitMode, EventCommit};

fn week() -> EventDelta {
    EventDelta {
        events: vec![
            single("s1", "2026-03-10T08:00", "Single"),
            exception("x1", "m", "2026-03-11T15:00", "Moved"),
        ],
        series: vec![series("m", "Daily", &[("o1", "2026-03-10T09:00"), ("o2", "2026-03-12T09:00")])],
        ..EventDelta::default()
    }
}

const WEEK: [&str; 4] = ["s1 Single", "o1 Daily", "x1 Moved", "o2 Daily"];

#[test]
fn slim_occurrences_show_their_masters_content_and_masters_are_not_listed() {
    let (_dir, store) = store();
    assert_eq!(full(&store, week()), counts(4, 0, 0));
    assert_eq!(listed(&store), WEEK);
    let reader = store.reader().unwrap();
    let meeting = reader.meeting("o1").unwrap().unwrap();
    assert_eq!(meeting.series_id.as_deref(), Some("m"));
    assert_eq!((meeting.start, meeting.end), (at("2026-03-10T09:00"), at("2026-03-10T09:30")));
    assert_eq!((meeting.attendees.len(), meeting.rooms.as_slice()), (2, ["Room 5".to_owned()].as_slice()));
    assert_eq!(meeting.calendar.name, "WORK");
    assert_eq!(reader.meeting("m").unwrap(), None);
    assert_eq!(reader.meeting("nobody").unwrap(), None);
    let row = reader.agenda_rows(&crate::fixture::march()).unwrap().remove(1);
    assert!(row.recurring && row.has_join && !row.cancelled);
    assert_eq!((row.people, row.organizer.as_deref()), (2, Some("Olga")));
}

#[test]
fn the_same_again_changes_nothing() {
    let (_dir, store) = store();
    full(&store, week());
    assert_eq!(full(&store, week()), counts(0, 0, 0));
    assert_eq!(incremental(&store, week()), counts(0, 0, 0));
    assert_eq!(listed(&store), WEEK);
}

#[test]
fn a_master_in_a_round_replaces_its_whole_set() {
    let (_dir, store) = store();
    full(&store, week());
    let delta = EventDelta {
        series: vec![series("m", "Daily 2", &[("o2", "2026-03-12T10:00"), ("o3", "2026-03-13T09:00")])],
        ..EventDelta::default()
    };
    assert_eq!(incremental(&store, delta), counts(1, 1, 2));
    assert_eq!(listed(&store), ["s1 Single", "o2 Daily 2", "o3 Daily 2"]);
}

#[test]
fn an_occurrence_can_become_an_exception_and_back() {
    let (_dir, store) = store();
    full(&store, week());
    let changed = EventDelta {
        events: vec![exception("o1", "m", "2026-03-10T11:00", "Other")],
        ..EventDelta::default()
    };
    assert_eq!(incremental(&store, changed), counts(0, 1, 0));
    assert_eq!(listed(&store)[1], "o1 Other");
    assert_eq!(incremental(&store, week()), counts(0, 1, 0));
    assert_eq!(listed(&store), WEEK);
}

#[test]
fn removed_takes_a_series_along_and_ignores_what_is_not_known() {
    let (_dir, store) = store();
    full(&store, week());
    let removed = |ids: &[&str]| EventDelta {
        removed: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..EventDelta::default()
    };
    assert_eq!(incremental(&store, removed(&["nobody", "o2"])), counts(0, 0, 1));
    assert_eq!(incremental(&store, removed(&["m"])), counts(0, 0, 2));
    assert_eq!(listed(&store), ["s1 Single"]);
}

#[test]
fn a_full_round_deletes_what_it_does_not_name_in_its_calendar_only() {
    let (_dir, store) = store();
    full(&store, week());
    let home = EventCommit {
        calendar_id: "home".to_owned(),
        ..round(
            CommitMode::Full,
            EventDelta { events: vec![single("h", "2026-03-09T08:00", "H")], ..Default::default() },
        )
    };
    store.writer().unwrap().commit_events(&home).unwrap();
    let other = EventDelta { events: vec![single("s2", "2026-03-10T08:00", "Two")], ..EventDelta::default() };
    assert_eq!(full(&store, other), counts(1, 0, 4));
    assert_eq!(listed(&store), ["h H", "s2 Two"]);
    // Gone from this calendar, but it lies in the other one.
    let removed = EventDelta { removed: vec!["h".to_owned()], ..EventDelta::default() };
    assert_eq!(incremental(&store, removed), counts(0, 0, 0));
    let hidden =
        convoke_store::AgendaQuery { hidden_calendars: vec!["work".to_owned()], ..crate::fixture::march() };
    assert_eq!(store.reader().unwrap().agenda_rows(&hidden).unwrap().len(), 1);
    // It moves to this one.
    let moved = EventDelta { events: vec![single("h", "2026-03-09T08:00", "H")], ..EventDelta::default() };
    assert_eq!(incremental(&store, moved), counts(0, 1, 0));
    assert_eq!(agenda(&store)[0].calendar.id, "work");
}

#[test]
fn occurrences_of_an_all_day_series_are_dates() {
    let (_dir, store) = store();
    let mut days = series("m", "Fair", &[]);
    days.master.content.all_day = true;
    days.master.when = all_day("2020-01-01", "2020-01-02");
    days.occurrences = vec![("o".to_owned(), timed("2026-03-10T00:00", 24 * 60))];
    full(&store, EventDelta { series: vec![days], ..EventDelta::default() });
    let meeting = agenda(&store).remove(0);
    assert!(meeting.all_day);
    assert_eq!((meeting.start_date, meeting.end_date), (Some(date("2026-03-10")), Some(date("2026-03-11"))));
    assert_eq!(meeting.start, at("2026-03-10T00:00"));
}

#[test]
fn occurrences_without_a_master_wait_for_it() {
    let (_dir, store) = store();
    let orphan = ("o".to_owned(), "m".to_owned(), timed("2026-03-10T09:00", 30));
    let delta = EventDelta { orphans: vec![orphan.clone()], ..EventDelta::default() };
    assert_eq!(incremental(&store, delta.clone()), counts(1, 0, 0));
    assert_eq!(listed(&store), ["o "]);
    let missing = || store.reader().unwrap().masters_missing("work").unwrap();
    assert_eq!(missing(), ["m"]);
    let master = series("m", "Daily", &[]).master;
    let fetched = EventDelta { masters: vec![master], ..EventDelta::default() };
    assert_eq!(incremental(&store, fetched.clone()), counts(0, 1, 0));
    assert_eq!(incremental(&store, fetched), counts(0, 0, 0));
    assert_eq!((listed(&store), missing()), (vec!["o Daily".to_owned()], Vec::new()));
    // Another round without the master finds the stored one.
    assert_eq!(incremental(&store, delta), counts(0, 0, 0));
    let gone = EventDelta { removed: vec!["o".to_owned()], ..EventDelta::default() };
    assert_eq!(incremental(&store, gone), counts(0, 0, 1));
    let late = EventDelta { orphans: vec![(orphan.0, "m2".to_owned(), orphan.2)], ..EventDelta::default() };
    incremental(&store, late);
    assert_eq!(missing(), ["m2"]);
    full(&store, EventDelta::default());
    assert!(missing().is_empty() && store.reader().unwrap().counts().unwrap().meetings == 0);
}

#[test]
fn ids_of_a_calendar_are_those_of_its_meetings() {
    let (_dir, store) = store();
    let ids = |calendar: &str| {
        let mut ids = store.reader().unwrap().meeting_ids(calendar).unwrap();
        ids.sort();
        ids
    };
    let weekly = series("m", "Daily", &[("o", "2026-03-10T09:00")]);
    let lone = vec![exception("x", "m", "2026-03-11T09:00", "Moved")];
    full(&store, EventDelta { series: vec![weekly], events: lone, ..EventDelta::default() });
    assert_eq!(ids("work"), ["o", "x"]);
    assert!(ids("nowhere").is_empty());
}

#[test]
fn an_exception_of_an_unknown_series_needs_no_master() {
    let (_dir, store) = store();
    let lone =
        EventDelta { events: vec![exception("x", "m", "2026-03-10T09:00", "Lone")], ..EventDelta::default() };
    full(&store, lone.clone());
    assert_eq!(full(&store, lone), counts(0, 0, 0));
    assert_eq!(agenda(&store)[0].series_id.as_deref(), Some("m"));
    assert!(store.reader().unwrap().masters_missing("work").unwrap().is_empty());
}

#[test]
fn a_single_meeting_becomes_a_series_and_back() {
    let (_dir, store) = store();
    let one = EventDelta { events: vec![single("m", "2026-03-10T09:00", "One")], ..EventDelta::default() };
    full(&store, one.clone());
    let many = EventDelta {
        series: vec![series("m", "Many", &[("o", "2026-03-11T09:00")])],
        ..EventDelta::default()
    };
    incremental(&store, many);
    assert_eq!(listed(&store), ["o Many"]);
    incremental(&store, one);
    assert_eq!(listed(&store), ["m One"]);
}

#[test]
fn a_full_occurrence_keeps_its_own_content() {
    let (_dir, store) = store();
    let record =
        EventRecord { kind: EventKind::Occurrence, ..exception("o", "m", "2026-03-10T09:00", "Own") };
    full(&store, EventDelta { events: vec![record], ..EventDelta::default() });
    assert_eq!(listed(&store), ["o Own"]);
    assert!(store.reader().unwrap().agenda_rows(&crate::fixture::march()).unwrap()[0].recurring);
}

#[test]
fn b56_names_are_never_sql_and_long_ones_are_cut_in_the_list_only() {
    let (_dir, store) = store();
    let nasty = "'); DROP TABLE event; -- \u{0} \u{202e}";
    let long = "ü".repeat(5_000);
    let events = vec![single(nasty, "2026-03-10T08:00", nasty), single("long", "2026-03-10T09:00", &long)];
    full(&store, EventDelta { events, ..EventDelta::default() });
    let meetings = agenda(&store);
    assert_eq!((meetings[0].id.as_str(), meetings[0].subject.as_str()), (nasty, nasty));
    assert_eq!(meetings[1].subject, long);
    let rows = store.reader().unwrap().agenda_rows(&crate::fixture::march()).unwrap();
    assert_eq!(rows[1].subject, "ü".repeat(300));
    assert!(store.reader().unwrap().meeting("' OR 1=1 --").unwrap().is_none());
}

#[test]
fn a_vanished_calendar_takes_everything_along_and_a_renamed_one_keeps_it() {
    let (_dir, store) = store();
    full(&store, week());
    assert!(store.writer().unwrap().rename_calendar("work", "w2").unwrap());
    assert!(!store.writer().unwrap().rename_calendar("work", "w3").unwrap());
    assert!(!store.writer().unwrap().rename_calendar("w2", "home").unwrap());
    let reader = store.reader().unwrap();
    assert_eq!(reader.cursor(Collection::Calendar("w2")).unwrap().unwrap().window, Some(window()));
    assert_eq!(listed(&store).len(), 4);
    drop(reader);
    store.writer().unwrap().put_calendars(&[calendar("home")]).unwrap();
    let reader = store.reader().unwrap();
    assert_eq!((reader.counts().unwrap().meetings, reader.counts().unwrap().calendars), (0, 1));
    assert_eq!(reader.cursor(Collection::Calendar("w2")).unwrap(), None);
    assert!(reader.meetings_with("anna@example.org", at("2026-03-10T00:00"), 9).unwrap().next.is_empty());
}

#[test]
fn cursor_and_time_are_committed_with_the_rows() {
    let (_dir, store) = store();
    assert_eq!(store.reader().unwrap().as_of(Service::Calendar).unwrap(), None);
    full(&store, week());
    let later = EventCommit {
        calendar_id: "home".to_owned(),
        cursor: None,
        at: at("2026-03-12T11:00"),
        ..round(CommitMode::Full, EventDelta::default())
    };
    store.writer().unwrap().commit_events(&later).unwrap();
    let reader = store.reader().unwrap();
    let cursor = reader.cursor(Collection::Calendar("work")).unwrap().unwrap();
    assert_eq!((cursor.link.as_deref(), cursor.at), (Some("https://graph/delta?1"), at("2026-03-12T09:42")));
    assert_eq!(reader.cursor(Collection::Calendar("home")).unwrap().unwrap().link, None);
    assert_eq!(reader.as_of(Service::Calendar).unwrap(), Some(at("2026-03-12T09:42")));
    drop(reader);
    store.writer().unwrap().forget_service(Service::Calendar).unwrap();
    assert_eq!(store.reader().unwrap().as_of(Service::Calendar).unwrap(), None);
}

#[test]
fn meetings_with_a_person_by_any_role_but_not_with_a_room() {
    let (_dir, store) = store();
    let mut delta = week();
    delta.events[0].content = EventContent {
        attendees: vec![crate::fixture::guest("Bob", AttendeeKind::Optional)],
        ..content("With Bob")
    };
    delta.series.push(SeriesDelta { occurrences: Vec::new(), ..series("m9", "Never here", &[]) });
    full(&store, delta);
    let reader = store.reader().unwrap();
    let with = |address: &str| {
        let found = reader.meetings_with(address, at("2026-03-11T00:00"), 2).unwrap();
        let ids =
            |rows: Vec<convoke_store::MeetingRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        (ids(found.past), ids(found.next))
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(with("ANNA@example.org"), (ids(&["o1"]), ids(&["x1", "o2"])));
    assert_eq!(with("olga@example.org"), (ids(&["o1", "s1"]), ids(&["x1", "o2"])));
    assert_eq!(with("bob@example.org"), (ids(&["s1"]), ids(&[])));
    assert_eq!(with("room5@example.org"), (ids(&[]), ids(&[])));
}
