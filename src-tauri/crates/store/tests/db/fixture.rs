//! Shorthand for records and commits.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use convoke_model::contact::{Contact, Email};
use convoke_model::meeting::{Attendee, AttendeeKind, Meeting, Person, Response};
use convoke_model::record::{
    CalendarRecord, ContactChange, EventContent, EventDelta, EventKind, EventRecord, SeriesDelta, When,
};
use convoke_model::window::TimeWindow;
use convoke_store::{AgendaQuery, CacheKey, CommitMode, ContactCommit, Counts, EventCommit, Store};
use tempfile::TempDir;

pub fn key() -> CacheKey {
    CacheKey::new([7; 32])
}

/// A fresh store with the calendars `work` and `home`.
pub fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &key()).unwrap();
    store.writer().unwrap().put_calendars(&[calendar("work"), calendar("home")]).unwrap();
    (dir, store)
}

pub fn calendar(id: &str) -> CalendarRecord {
    CalendarRecord {
        id: id.to_owned(),
        name: id.to_uppercase(),
        colour: Some("#336699".to_owned()),
        is_default: id == "work",
        owner: None,
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 16 { format!("{text}:00Z") } else { text.to_owned() };
    text.parse().unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn timed(start: &str, minutes: i64) -> When {
    When::Timed { start: at(start), end: at(start) + TimeDelta::minutes(minutes) }
}

pub fn all_day(start: &str, end: &str) -> When {
    When::AllDay { start: date(start), end: date(end) }
}

pub fn content(subject: &str) -> EventContent {
    EventContent {
        subject: subject.to_owned(),
        organizer: Some(person("Olga")),
        attendees: vec![guest("Anna", AttendeeKind::Required), guest("Room 5", AttendeeKind::Resource)],
        location: Some("Here".to_owned()),
        join_url: Some("https://teams.microsoft.com/l/1".to_owned()),
        join_provider: Some("teams".to_owned()),
        response: Response::Accepted,
        ..EventContent::default()
    }
}

pub fn person(name: &str) -> Person {
    Person { name: name.to_owned(), address: format!("{}@example.org", name.to_lowercase().replace(' ', "")) }
}

pub fn guest(name: &str, kind: AttendeeKind) -> Attendee {
    let Person { name, address } = person(name);
    Attendee { name, address, kind, response: Response::Accepted }
}

pub fn single(id: &str, start: &str, subject: &str) -> EventRecord {
    EventRecord {
        id: id.to_owned(),
        series_id: None,
        kind: EventKind::Single,
        when: timed(start, 30),
        content: content(subject),
    }
}

pub fn exception(id: &str, series: &str, start: &str, subject: &str) -> EventRecord {
    EventRecord {
        series_id: Some(series.to_owned()),
        kind: EventKind::Exception,
        ..single(id, start, subject)
    }
}

pub fn series(id: &str, subject: &str, occurrences: &[(&str, &str)]) -> SeriesDelta {
    let master = EventRecord { kind: EventKind::Master, ..single(id, "2020-01-01T09:00", subject) };
    let occurrences = occurrences.iter().map(|(id, start)| ((*id).to_owned(), timed(start, 30))).collect();
    SeriesDelta { master, occurrences }
}

pub fn window() -> TimeWindow {
    TimeWindow { start: at("2026-03-01T00:00"), end: at("2026-04-01T00:00") }
}

pub fn round(mode: CommitMode, reconciled: EventDelta) -> EventCommit {
    EventCommit {
        calendar_id: "work".to_owned(),
        window: window(),
        mode,
        reconciled,
        cursor: Some("https://graph/delta?1".to_owned()),
        at: at("2026-03-12T09:42"),
    }
}

pub fn full(store: &Store, delta: EventDelta) -> Counts {
    store.writer().unwrap().commit_events(&round(CommitMode::Full, delta)).unwrap()
}

pub fn incremental(store: &Store, delta: EventDelta) -> Counts {
    store.writer().unwrap().commit_events(&round(CommitMode::Incremental, delta)).unwrap()
}

pub fn counts(added: u64, updated: u64, removed: u64) -> Counts {
    Counts { added, updated, removed }
}

/// All of March 2026.
pub fn march() -> AgendaQuery {
    AgendaQuery {
        window: window(),
        dates: (date("2026-03-01"), date("2026-03-31")),
        limit: 0,
        hidden_calendars: Vec::new(),
    }
}

pub fn agenda(store: &Store) -> Vec<Meeting> {
    store.reader().unwrap().agenda(&march()).unwrap()
}

/// `id subject` of the meetings of March, in order.
pub fn listed(store: &Store) -> Vec<String> {
    // One reader for both: another thread may commit in between.
    let reader = store.reader().unwrap();
    let meetings = reader.agenda(&march()).unwrap().into_iter().map(|meeting| (meeting.id, meeting.subject));
    let rows = reader.agenda_rows(&march()).unwrap();
    let rows: Vec<_> = rows.into_iter().map(|row| (row.id, row.subject)).collect();
    let meetings: Vec<_> = meetings.collect();
    assert_eq!(meetings, rows, "the list and the meetings differ");
    meetings.into_iter().map(|(id, subject)| format!("{id} {subject}")).collect()
}

pub fn contact(id: &str, name: &str) -> Contact {
    let mut words = name.split_whitespace();
    Contact {
        id: id.to_owned(),
        name: name.to_owned(),
        given_name: words.next().map(str::to_owned),
        surname: words.next().map(str::to_owned),
        emails: vec![Email { kind: "email".to_owned(), address: format!("{id}@example.org") }],
        ..Contact::default()
    }
}

pub fn present(contact: Contact) -> ContactChange {
    ContactChange::Present(Box::new(contact))
}

pub fn folder_round(folder: Option<&str>, mode: CommitMode, changes: Vec<ContactChange>) -> ContactCommit {
    ContactCommit {
        folder_id: folder.map(str::to_owned),
        folder_name: folder.map(str::to_uppercase),
        mode,
        changes,
        cursor: Some("https://graph/contacts/delta".to_owned()),
        at: at("2026-03-12T09:42"),
    }
}

pub fn commit_contacts(
    store: &Store,
    folder: Option<&str>,
    mode: CommitMode,
    changes: Vec<ContactChange>,
) -> Counts {
    store.writer().unwrap().commit_contacts(&folder_round(folder, mode, changes)).unwrap()
}
