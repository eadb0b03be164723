//! The payloads that Microsoft's documentation prints are read and mean what the documentation says.
//!
//! They lie beside the repository; where that folder is absent the tests say so and pass.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // A test, functions beside the tests too.

use std::path::PathBuf;

use bytes::Bytes;
use convoke_graph::operation::{
    CalendarView, GetEvent, ListCalendars, ListContactFolders, ListContacts, Operation,
};
use convoke_graph::{Endpoint, GraphError, RefusalKind};
use convoke_model::meeting::Response as Answer;
use convoke_model::record::{EventKind, EventRecord};
use convoke_model::window::TimeWindow;
use http::Response;

fn payload(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/graph-examples");
    if !folder.is_dir() {
        println!("left out: {name} (the folder of documentation payloads is absent)");
        return None;
    }
    Some(std::fs::read_to_string(folder.join(name)).unwrap())
}

fn endpoint() -> Endpoint {
    Endpoint::new("https://graph.microsoft.com/v1.0").unwrap()
}

fn answer(status: u16, body: String) -> Response<Bytes> {
    Response::builder().status(status).body(Bytes::from(body)).unwrap()
}

fn event(name: &str) -> Option<Result<EventRecord, GraphError>> {
    let operation = GetEvent { calendar_id: "C".to_owned(), event_id: "E".to_owned() };
    payload(name).map(|body| operation.parse(&answer(200, body), &endpoint()))
}

fn view() -> CalendarView {
    let window = TimeWindow { start: chrono::DateTime::UNIX_EPOCH, end: chrono::DateTime::UNIX_EPOCH };
    CalendarView::First { calendar_id: "C".to_owned(), window }
}

fn contacts() -> ListContacts {
    ListContacts { folder_id: None, folder_name: None, link: None }
}

#[test]
fn an_event_in_another_zone() {
    let Some(event) = event("event-get-3.json") else {
        return;
    };
    let event = event.unwrap();
    assert_eq!(event.content.subject, "Orientation ");
    assert_eq!(event.when.start().to_rfc3339(), "2017-04-21T17:00:00+00:00");
    assert_eq!(event.content.location.as_deref(), Some("Assembly Hall"));
    assert_eq!(event.content.attendees.len(), 2);
    assert_eq!(event.content.attendees[1].response, Answer::TentativelyAccepted);
}

#[test]
fn an_event_in_three_places() {
    let Some(event) = event("event-get-5.json") else {
        return;
    };
    let event = event.unwrap();
    assert_eq!(event.content.location.as_deref(), Some("Conf Room 3; Fourth Coffee; Home Office"));
    assert_eq!(
        event.content.organizer.map(|person| person.address).as_deref(),
        Some("AdeleV@contoso.onmicrosoft.com")
    );
}

#[test]
fn teams_meetings() {
    for (name, id, start) in [
        ("outlook-calendar-online-meetings-3.json", "291633251", "2019-11-20T21:00:00+00:00"),
        ("outlook-calendar-online-meetings-7.json", "275984951", "2019-11-18T23:00:00+00:00"),
    ] {
        let Some(event) = event(name) else { return };
        let event = event.unwrap();
        assert_eq!(event.when.start().to_rfc3339(), start);
        assert_eq!(event.content.join_provider.as_deref(), Some("teams"));
        let link = event.content.join_url.unwrap();
        assert!(
            link.starts_with("https://teams.microsoft.com/l/meetup-join/19%3ameeting_")
                && link.ends_with("%22%7d")
        );
        assert_eq!(event.content.online_meeting_id.as_deref(), Some(id));
        assert_eq!(event.content.dial_in, ["+1 323-555-0166"]);
        assert_eq!(event.content.time_zone.as_deref(), Some("America/Los_Angeles"));
        assert!(event.content.is_organizer && event.content.response == Answer::Organizer);
    }
}

#[test]
fn f43_abridged_events_without_id_or_time_are_refused() {
    let Some(event) = event("outlook-calendar-online-meetings-5.json") else {
        return;
    };
    assert!(matches!(event, Err(GraphError::Missing { field: "start" })), "{event:?}");
    let list = payload("calendar-list-calendarview-4.json").unwrap();
    let list = view().parse(&answer(200, list), &endpoint());
    assert!(matches!(list, Err(GraphError::Missing { .. })), "{list:?}");
}

#[test]
fn instances_of_a_series() {
    let Some(body) = payload("event-list-instances-2.json") else {
        return;
    };
    let page = view().parse(&answer(200, body), &endpoint()).unwrap();
    let kinds: Vec<_> = page.items.iter().map(|event| event.kind).collect();
    assert_eq!(kinds[0], EventKind::Exception);
    assert!(kinds[1..].iter().all(|kind| *kind == EventKind::Occurrence) && kinds.len() == 4);
    assert!(page.items.iter().all(|event| event.series_id.as_deref() == Some("AAMkAGUzYRgWAAA=")));
}

#[test]
fn calendars() {
    let Some(body) = payload("user-list-calendars-3.json") else {
        return;
    };
    let page = ListCalendars::First.parse(&answer(200, body), &endpoint()).unwrap();
    assert_eq!(page.items.len(), 1);
    let calendar = &page.items[0];
    assert_eq!((calendar.name.as_str(), calendar.colour.as_deref()), ("Calendar", None));
    assert_eq!(calendar.owner.as_deref(), Some("samanthab@adatum.onmicrosoft.com"));
    let single = payload("outlook-calendar-online-meetings-1.json").unwrap();
    let page =
        ListCalendars::First.parse(&answer(200, format!(r#"{{"value":[{single}]}}"#)), &endpoint()).unwrap();
    assert_eq!(page.items[0].id, "AQMkADAwAGVAAAJfygAAAA==");
}

#[test]
fn contacts_and_folders() {
    let Some(body) = payload("contact-get-4.json") else {
        return;
    };
    let page = contacts().parse(&answer(200, format!(r#"{{"value":[{body}]}}"#)), &endpoint()).unwrap();
    let contact = &page.items[0];
    assert_eq!(contact.name, "Garth Fort");
    assert_eq!(contact.phones.len(), 1);
    assert_eq!(contact.addresses.len(), 1);
    assert_eq!(contact.addresses[0].country.as_deref(), Some("USA"));
    assert_eq!(contact.birthday, chrono::NaiveDate::from_ymd_opt(1974, 7, 22));
    let abridged = contacts().parse(&answer(200, payload("user-list-contacts-4.json").unwrap()), &endpoint());
    assert!(matches!(abridged, Err(GraphError::Missing { field: "id" })), "{abridged:?}");
    let folders = payload("user-list-contactfolders-2.json").unwrap();
    let folders = ListContactFolders::Top.parse(&answer(200, folders), &endpoint()).unwrap();
    assert_eq!(folders.items[0].record.name, "Contacts");
}

#[test]
fn errors() {
    for (name, status, code, kind) in [
        ("errors-0.json", 416, "invalidRange", RefusalKind::Other),
        ("errors-1.json", 403, "", RefusalKind::Forbidden),
        ("throttling-0.json", 429, "TooManyRequests", RefusalKind::Throttled),
    ] {
        let Some(body) = payload(name) else { return };
        let GraphError::Refused(refusal) = GraphError::of(&answer(status, body)) else { panic!("{name}") };
        assert_eq!((refusal.code.as_str(), &refusal.kind), (code, &kind), "{name}");
    }
}
