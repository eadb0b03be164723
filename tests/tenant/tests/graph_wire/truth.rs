//! The truth against cases worked out by hand, and the world against itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use convoke_tenant::truth;
use convoke_tenant::world::event::{Content, Shape};
use convoke_tenant::world::generate::draft::{self, Cast};
use convoke_tenant::world::join::{Join, LinkPlace, Provider};
use convoke_tenant::world::series::{Exception, Range, Rule, Series};
use convoke_tenant::world::span::Span;
use convoke_tenant::world::zone::{HOME, NEW_YORK, Zone};
use convoke_tenant::world::{World, WorldOptions};
use serde_json::{Value, json};

fn world(events: usize) -> World {
    let now: DateTime<Utc> = crate::client::NOW.parse().unwrap();
    World::generate(&WorldOptions { events, ..WorldOptions::new(1, now) })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn content(world: &World, subject: &str, zone: Zone) -> Content {
    let owner = world.mailboxes[0].owner.clone();
    let cast =
        Cast { owner: &owner, owner_id: "o", zone, directory: &world.directory, domain: "contoso.example" };
    draft::plain(cast, subject)
}

fn rows(world: &World, from: &str, to: &str) -> Vec<(String, String, String)> {
    let agenda = truth::agenda(world, 0, day(from), day(to));
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let rows = agenda.as_array().unwrap().iter();
    rows.map(|row| (text(row, "start"), text(row, "end"), text(row, "subject"))).collect()
}

#[test]
fn a_series_keeps_its_organizers_clock_over_the_change() {
    let mut world = world(0);
    let new_york = content(&world, "Sync", NEW_YORK);
    let mut moved = new_york.clone();
    moved.subject = "Sync, later".into();
    let exception = Exception {
        span: Span::Timed { start: "2026-03-17T15:00:00".parse().unwrap(), minutes: 60 },
        content: moved,
        changed: 1,
    };
    let series = Series {
        rule: Rule::Weekly(vec![Weekday::Mon]),
        interval: 1,
        first: day("2026-02-23"),
        range: Range::EndDate(day("2026-03-30")),
        time: "09:00:00".parse().ok(),
        length: 30,
        exceptions: BTreeMap::from([(day("2026-03-16"), exception)]),
        deleted: BTreeSet::from([day("2026-03-23")]),
    };
    let calendar = world.mailboxes[0].calendars[0].key;
    world.mailboxes[0].add_event(calendar, new_york, Shape::Series(Box::new(series)));
    // New York: UTC-5 until 8 March, then UTC-4.
    let expected = [
        ("2026-03-02T14:00:00Z", "2026-03-02T14:30:00Z", "Sync"),
        ("2026-03-09T13:00:00Z", "2026-03-09T13:30:00Z", "Sync"),
        ("2026-03-17T19:00:00Z", "2026-03-17T20:00:00Z", "Sync, later"),
        ("2026-03-30T13:00:00Z", "2026-03-30T13:30:00Z", "Sync"),
    ];
    let expected =
        expected.map(|(start, end, subject)| (start.to_owned(), end.to_owned(), subject.to_owned()));
    assert_eq!(rows(&world, "2026-03-01", "2026-04-30"), expected);
}

#[test]
fn days_are_inclusive_and_whole_days_do_not_drift() {
    let mut world = world(0);
    let calendar = world.mailboxes[0].calendars[0].key;
    let entries = [
        ("Offsite", Span::AllDay { first: day("2026-03-10"), days: 3 }),
        ("Night", Span::Timed { start: "2026-03-12T23:30:00".parse().unwrap(), minutes: 120 }),
        ("Moment", Span::Timed { start: "2026-03-12T01:00:00".parse().unwrap(), minutes: 0 }),
        ("After", Span::Timed { start: "2026-03-13T01:00:00".parse().unwrap(), minutes: 30 }),
    ];
    for (subject, span) in entries {
        let content = content(&world, subject, HOME);
        world.mailboxes[0].add_event(calendar, content, Shape::Single(span));
    }
    // Paris is UTC+1: the moment is midnight UTC of the 12th, the last one midnight UTC of the 13th.
    let subjects: Vec<String> =
        rows(&world, "2026-03-12", "2026-03-12").into_iter().map(|row| row.2).collect();
    assert_eq!(subjects, ["Offsite", "Moment", "Night"]);
    let offsite = &truth::agenda(&world, 0, day("2026-03-12"), day("2026-03-12"))[0];
    assert_eq!(
        (&offsite["start"], &offsite["end"]),
        (&json!("2026-03-10T00:00:00Z"), &json!("2026-03-13T00:00:00Z"))
    );
    assert_eq!((&offsite["startDate"], &offsite["endDate"]), (&json!("2026-03-10"), &json!("2026-03-13")));
}

#[test]
fn a_wrapped_link_is_shown_unwrapped() {
    let mut world = world(0);
    let calendar = world.mailboxes[0].calendars[0].key;
    let url = "https://contoso.zoom.us/j/91234567890?pwd=abc.1";
    let mut content = content(&world, "Call", HOME);
    content.join = Some(Join {
        provider: Provider::Zoom,
        url: url.into(),
        place: LinkPlace::Location,
        wrapped: true,
        number: Some("91234567890".into()),
        passcode: Some("482913".into()),
        toll: None,
        toll_free: Vec::new(),
    });
    let span = Span::Timed { start: "2026-03-12T10:00:00".parse().unwrap(), minutes: 30 };
    world.mailboxes[0].add_event(calendar, content, Shape::Single(span));
    let row = &truth::agenda(&world, 0, day("2026-03-12"), day("2026-03-12"))[0];
    assert_eq!((&row["joinUrl"], &row["joinProvider"]), (&json!(url), &json!("zoom")));
    assert_eq!((&row["onlineMeetingId"], &row["passcode"]), (&json!("91234567890"), &json!("482913")));
    assert!(
        row["location"]
            .as_str()
            .unwrap()
            .starts_with("https://eur01.safelinks.protection.outlook.com/?url=https%3A")
    );
    assert_eq!(row["timeZone"], "Europe/Paris");
    assert!(row["preview"].as_str().unwrap().contains("Passcode: 482913"));
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let (one, two) = (format!("{:?}", world(400)), format!("{:?}", world(400)));
    assert!(one == two, "two worlds of one seed differ");
    let now: DateTime<Utc> = crate::client::NOW.parse().unwrap();
    let other = format!("{:?}", World::generate(&WorldOptions::new(2, now)));
    assert!(one != other, "two seeds give the same world");
}

#[test]
fn the_world_has_everything_that_lists_must_bear() {
    let world = world(400);
    let agenda = truth::agenda(&world, 0, day("2026-02-10"), day("2026-09-08"));
    let rows = agenda.as_array().unwrap();
    let has =
        |what: &str, check: &dyn Fn(&Value) -> bool| assert!(rows.iter().any(check), "nothing is {what}");
    for provider in ["teams", "zoom", "meet", "webex"] {
        has(provider, &|row| row["joinProvider"] == provider);
    }
    has("without a link", &|row| row["joinUrl"].is_null());
    has("without a subject", &|row| row["subject"] == "");
    has("cancelled", &|row| row["cancelled"] == true);
    has("private", &|row| row["sensitivity"] == "private");
    has("all day in a series", &|row| row["allDay"] == true && !row["seriesId"].is_null());
    has("of forty people", &|row| row["attendees"].as_array().unwrap().len() >= 40);
    has("without a colour", &|row| row["calendar"]["colour"].is_null());
    has("in a wrapped location", &|row| {
        row["location"].as_str().is_some_and(|place| place.contains("safelinks"))
    });
    has("of a room", &|row| !row["rooms"].as_array().unwrap().is_empty());
    let calendars: BTreeSet<&str> =
        rows.iter().map(|row| row["calendar"]["name"].as_str().unwrap()).collect();
    assert_eq!(calendars.len(), 3);
    assert!((300..560).contains(&rows.len()), "{} rows for 400 asked", rows.len());
    let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *starts.entry(row["start"].as_str().unwrap()).or_default() += 1);
    assert!(starts.values().any(|count| *count >= 9));
}

#[test]
fn large_worlds_have_the_size_asked() {
    let now: DateTime<Utc> = crate::client::NOW.parse().unwrap();
    let options =
        WorldOptions { events: 10_000, contacts: 10_000, directory: 10_000, ..WorldOptions::new(1, now) };
    let world = World::generate(&options);
    let agenda = truth::agenda(&world, 0, day("2026-02-10"), day("2026-09-08"));
    let count = agenda.as_array().unwrap().len();
    assert!((8_500..12_500).contains(&count), "{count} entries");
    assert_eq!((world.mailboxes[0].contacts.len(), world.directory.len()), (10_000, 10_000));
}
