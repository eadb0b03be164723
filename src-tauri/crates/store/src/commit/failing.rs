//! Every change of a row fails once: the commit then leaves no trace, and the next one converges.

use super::{CommitMode, ContactCommit, Counts, EventCommit};
use crate::{CacheKey, Collection, Store, StoreError, Writer};
use convoke_model::contact::Contact;
use convoke_model::meeting::Person;
use convoke_model::record::{
    CalendarRecord, ContactChange, EventContent, EventDelta, EventKind, EventRecord, SeriesDelta, When,
};
use convoke_model::window::TimeWindow;

const TABLES: [&str; 8] =
    ["event", "occurrence", "participant", "cursor", "change", "contact", "contact_detail", "meta"];

/// Lets the connection change `left` rows of our tables and refuse the next.
fn arm(writer: &Writer<'_>, left: i64) {
    let mut sql = format!("CREATE TEMP TABLE fuse AS SELECT {left} AS left;");
    for table in TABLES {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            sql += &format!(
                "CREATE TEMP TRIGGER fuse_{table}_{event} BEFORE {event} ON main.{table} BEGIN
                   UPDATE fuse SET left = left - 1;
                   SELECT RAISE(ABORT, 'fuse') FROM fuse WHERE left < 0;
                 END;"
            );
        }
    }
    writer.connection().execute_batch(&sql).unwrap();
}

fn disarm(writer: &Writer<'_>) {
    let mut sql = "DROP TABLE temp.fuse;".to_owned();
    for table in TABLES {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            sql += &format!("DROP TRIGGER IF EXISTS temp.fuse_{table}_{event};");
        }
    }
    writer.connection().execute_batch(&sql).unwrap();
}

fn timed(day: u32) -> When {
    let start = format!("2026-03-{day:02}T09:00:00Z").parse().unwrap();
    When::Timed { start, end: start + chrono::TimeDelta::hours(1) }
}

fn event(id: &str, day: u32, subject: &str) -> EventRecord {
    let organizer = Some(Person { name: "Olga".to_owned(), address: "olga@example.org".to_owned() });
    let content = EventContent { subject: subject.to_owned(), organizer, ..EventContent::default() };
    EventRecord { id: id.to_owned(), series_id: None, kind: EventKind::Single, when: timed(day), content }
}

fn round(link: &str, subject: &str, days: &[u32]) -> EventCommit {
    let master = EventRecord { kind: EventKind::Master, ..event("m", 1, subject) };
    let occurrences = days.iter().map(|day| (format!("o{day}"), timed(*day))).collect();
    EventCommit {
        calendar_id: "work".to_owned(),
        window: TimeWindow {
            start: "2026-03-01T00:00:00Z".parse().unwrap(),
            end: "2026-04-01T00:00:00Z".parse().unwrap(),
        },
        mode: CommitMode::Full,
        reconciled: EventDelta {
            events: days.iter().map(|day| event(&format!("s{day}"), *day, subject)).collect(),
            series: vec![SeriesDelta { master, occurrences }],
            ..EventDelta::default()
        },
        cursor: Some(link.to_owned()),
        at: "2026-03-12T09:42:00Z".parse().unwrap(),
    }
}

fn contacts(link: &str, names: &[&str]) -> ContactCommit {
    let contact =
        |name: &&str| Contact { id: (*name).to_owned(), name: (*name).to_owned(), ..Contact::default() };
    ContactCommit {
        folder_id: None,
        folder_name: None,
        mode: CommitMode::Full,
        changes: names.iter().map(|name| ContactChange::Present(Box::new(contact(name)))).collect(),
        cursor: Some(link.to_owned()),
        at: "2026-03-12T09:42:00Z".parse().unwrap(),
    }
}

fn opened() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &CacheKey::new([1; 32])).unwrap();
    let calendar = CalendarRecord {
        id: "work".to_owned(),
        name: "Work".to_owned(),
        colour: None,
        is_default: true,
        owner: None,
    };
    store.writer().unwrap().put_calendars(&[calendar]).unwrap();
    (dir, store)
}

/// Everything that the cache says, as one text.
fn state(store: &Store) -> String {
    let reader = store.reader().unwrap();
    let window =
        TimeWindow { start: chrono::DateTime::UNIX_EPOCH, end: "2100-01-01T00:00:00Z".parse().unwrap() };
    let dates = (window.start.date_naive(), window.end.date_naive());
    let query = crate::AgendaQuery { window, dates, limit: 0, hidden_calendars: Vec::new() };
    let person = reader.meetings_with("olga@example.org", window.start, 100).unwrap();
    format!(
        "{:?}{:?}{:?}{:?}{:?}{:?}",
        reader.agenda(&query).unwrap(),
        reader.cursor(Collection::Calendar("work")).unwrap(),
        reader.cursor(Collection::Contacts(None)).unwrap(),
        reader.contacts_full("", 0).unwrap(),
        reader.contacts_full("a", 0).unwrap(),
        person,
    )
}

/// Fails the i-th row of `second` for every i, each time from the state after `first`.
fn fail_each(
    first: impl Fn(&mut Writer<'_>) -> Result<Counts, StoreError>,
    second: impl Fn(&mut Writer<'_>) -> Result<Counts, StoreError>,
) {
    let (_dir, store) = opened();
    let commit =
        |change: &dyn Fn(&mut Writer<'_>) -> Result<Counts, StoreError>| change(&mut store.writer().unwrap());
    commit(&second).unwrap();
    let aim = state(&store);
    commit(&first).unwrap();
    let begin = state(&store);
    let mut failures = 0;
    loop {
        let mut writer = store.writer().unwrap();
        arm(&writer, failures);
        let outcome = second(&mut writer);
        disarm(&writer);
        drop(writer);
        if outcome.is_ok() {
            break;
        }
        assert_eq!(state(&store), begin, "after the failure of row {failures}");
        commit(&second).unwrap();
        assert_eq!(state(&store), aim, "after the failure of row {failures}");
        commit(&first).unwrap();
        assert_eq!(state(&store), begin);
        failures += 1;
    }
    assert!(failures > 5, "{failures} failures");
    assert_eq!(state(&store), aim);
}

#[test]
fn f02_each_row_of_a_round_of_events_fails_once() {
    let (first, second) = (round("link-1", "Before", &[3, 4, 5]), round("link-2", "After", &[4, 5, 6]));
    fail_each(|writer| writer.commit_events(&first), |writer| writer.commit_events(&second));
}

#[test]
fn f02_each_row_of_a_round_of_contacts_fails_once() {
    let (first, second) =
        (contacts("link-1", &["Anna", "Ben", "Cem"]), contacts("link-2", &["Anna", "Dora", "Ann"]));
    fail_each(|writer| writer.commit_contacts(&first), |writer| writer.commit_contacts(&second));
}

#[test]
fn f04_a_full_disk_keeps_the_old_state_and_heals_when_there_is_space() {
    let (_dir, store) = opened();
    let small = round("link-1", "Before", &[3]);
    store.writer().unwrap().commit_events(&small).unwrap();
    let begin = state(&store);
    let large = round("link-2", &"x".repeat(20_000), &[3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    let limit = |pages: &str| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        store.writer().unwrap().connection().query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    limit("1");
    let outcome = store.writer().unwrap().commit_events(&large);
    assert!(matches!(outcome, Err(StoreError::DiskFull)), "{outcome:?}");
    assert_eq!(state(&store), begin);
    limit("4294967294");
    store.writer().unwrap().commit_events(&large).unwrap();
    assert_ne!(state(&store), begin);
}

#[test]
fn f06_a_cache_that_may_not_be_written_still_reads() {
    let (_dir, store) = opened();
    store.writer().unwrap().commit_events(&round("link-1", "Before", &[3])).unwrap();
    let begin = state(&store);
    store.writer().unwrap().connection().execute_batch("PRAGMA query_only = ON").unwrap();
    let outcome = store.writer().unwrap().commit_events(&round("link-2", "After", &[4]));
    assert!(matches!(outcome, Err(StoreError::ReadOnly)), "{outcome:?}");
    assert_eq!(state(&store), begin);
}
