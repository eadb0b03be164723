use bytes::Bytes;
use convoke_model::record::{ContactChange, EventChange};
use convoke_model::window::TimeWindow;
use http::{Request, Response};

use super::{
    CalendarDelta, CalendarView, ContactsDelta, GetEvent, GetMe, GetPhoto, ListCalendars, ListContactFolders,
    ListContacts, Operation, Photo, PhotoOf, SearchUsers,
};
use crate::{Endpoint, GraphError, Link, Next};

fn endpoint() -> Endpoint {
    Endpoint::new("https://graph.microsoft.com/v1.0").unwrap()
}

fn answer(status: u16, body: impl Into<Bytes>) -> Response<Bytes> {
    Response::builder().status(status).header("content-type", "application/json").body(body.into()).unwrap()
}

fn window() -> TimeWindow {
    TimeWindow {
        start: "2026-03-01T00:00:00Z".parse().unwrap(),
        end: "2026-04-01T00:00:00Z".parse().unwrap(),
    }
}

fn requested(operation: &impl Operation) -> Request<Bytes> {
    operation.request(&endpoint()).unwrap()
}

fn prefer(request: &Request<Bytes>) -> &str {
    request.headers()["prefer"].to_str().unwrap()
}

fn first_delta() -> CalendarDelta {
    CalendarDelta::First { calendar_id: "C/1=".to_owned(), window: window() }
}

#[test]
fn urls_and_preferences() {
    let link =
        Link::checked("https://graph.microsoft.com/v1.0/me/calendarView/delta?$skiptoken=a%2Bb", &endpoint())
            .unwrap();
    let folder = |link| ContactsDelta { folder_id: Some("F1".to_owned()), folder_name: None, link };
    for (request, start, delta) in [
        (requested(&ListCalendars::First), "/v1.0/me/calendars?$top=200", false),
        (
            requested(&first_delta()),
            "/v1.0/me/calendars/C%2F1%3D/calendarView/delta?startDateTime=2026-03-01T00%3A00%3A00Z&endDateTime=2026-04-01T00%3A00%3A00Z",
            true,
        ),
        (requested(&CalendarDelta::Next(link.clone())), "/v1.0/me/calendarView/delta?$skiptoken=a%2Bb", true),
        (
            requested(&CalendarView::First { calendar_id: "C".to_owned(), window: window() }),
            "/v1.0/me/calendars/C/calendarView?startDateTime=2026-03-01T00%3A00%3A00Z&endDateTime=2026-04-01T00%3A00%3A00Z&$top=1000&$select=id%2Ctype",
            false,
        ),
        (
            requested(&GetEvent { calendar_id: "C".to_owned(), event_id: "E+".to_owned() }),
            "/v1.0/me/calendars/C/events/E%2B",
            false,
        ),
        (
            requested(&ListContactFolders::Below("F".to_owned())),
            "/v1.0/me/contactFolders/F/childFolders?$top=200",
            false,
        ),
        (
            requested(&folder(None)),
            "/v1.0/me/contactFolders/F1/contacts/delta?$select=id%2CdisplayName",
            true,
        ),
        (
            requested(&ContactsDelta { folder_id: None, folder_name: None, link: None }),
            "/v1.0/me/contacts/delta?$select=id",
            true,
        ),
        (
            requested(&ListContacts { folder_id: None, folder_name: None, link: None }),
            "/v1.0/me/contacts?$top=1000&$select=id",
            false,
        ),
        (requested(&GetMe), "/v1.0/me?$select=id", false),
    ] {
        let uri = request.uri().to_string();
        assert!(uri.starts_with(&format!("https://graph.microsoft.com{start}")), "{uri}");
        assert!(prefer(&request).starts_with(r#"IdType="ImmutableId", outlook.timezone="UTC""#), "{uri}");
        assert_eq!(prefer(&request).contains("odata.maxpagesize=1000"), delta, "{uri}");
        // Delta of events refuses $select and the like.
        assert!(!uri.contains("calendarView/delta") || !uri.contains("$select"), "{uri}");
    }
}

#[test]
fn people_are_searched_without_a_way_out_of_the_clause() {
    let request = requested(&SearchUsers { text: "an\" OR \"mail:x\\".to_owned(), limit: 0 });
    assert_eq!(request.headers()["consistencylevel"], "eventual");
    let uri = url::Url::parse(&request.uri().to_string()).unwrap();
    let search = uri.query_pairs().find(|(name, _)| name == "$search").unwrap().1.into_owned();
    assert_eq!(search, r#""displayName:an  OR  mail:x " OR "mail:an  OR  mail:x ""#);
    assert!(uri.query_pairs().any(|(name, value)| name == "$top" && value == "1"));
}

#[test]
fn a_page_of_changes() {
    let body = r##"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#Collection(event)","value":[
        {"@odata.type":"#microsoft.graph.event","id":"O7","seriesMasterId":"M1","type":"occurrence",
         "start":{"dateTime":"2026-03-02T09:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T10:00:00.0000000","timeZone":"UTC"}},
        {"id":"GONE","@removed":{"reason":"deleted"}}],
        "@odata.deltaLink":"https://graph.microsoft.com/v1.0/me/calendar/calendarView/delta?$deltatoken=x"}"##;
    let page = first_delta().parse(&answer(200, body), &endpoint()).unwrap();
    assert!(matches!(page.next, Next::DeltaLink(link) if link.as_str().ends_with("$deltatoken=x")));
    assert!(matches!(page.items[0], EventChange::Slim { .. }));
    assert!(matches!(page.items[1], EventChange::Removed { .. }));
}

#[test]
fn an_empty_page_may_have_a_next_one() {
    let body = r#"{"value":[],"@odata.nextLink":"https://graph.microsoft.com/v1.0/x?$skiptoken=1"}"#;
    let page = first_delta().parse(&answer(200, body), &endpoint()).unwrap();
    assert!(page.items.is_empty() && matches!(page.next, Next::NextLink(_)));
}

#[test]
fn b61_a_foreign_next_link_refuses_the_page() {
    for name in ["nextLink", "deltaLink"] {
        let body = format!(r#"{{"value":[],"@odata.{name}":"https://evil.example/v1.0/x"}}"#);
        let parsed = first_delta().parse(&answer(200, body), &endpoint());
        assert!(
            matches!(parsed, Err(GraphError::ForeignLink { ref host }) if host == "evil.example"),
            "{parsed:?}"
        );
    }
}

#[test]
fn f43_truncated_and_odd_answers_are_refused() {
    let whole =
        r#"{"value":[{"id":"GONE","@removed":{}}],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x"}"#;
    assert!(first_delta().parse(&answer(200, whole), &endpoint()).is_ok());
    for length in 0..whole.len() {
        let parsed = first_delta().parse(&answer(200, whole[..length].to_owned()), &endpoint());
        assert!(matches!(parsed, Err(GraphError::Malformed { .. })), "{length}");
    }
    for body in
        ["null", "[]", "{}", r#"{"value":null}"#, r#"{"value":{}}"#, r#"{"value":[1]}"#, r#"{"value":[{}]}"#]
    {
        assert!(first_delta().parse(&answer(200, body), &endpoint()).is_err(), "{body}");
    }
    let deep = format!(r#"{{"value":{}}}"#, "[".repeat(200_000));
    assert!(first_delta().parse(&answer(200, deep), &endpoint()).is_err());
}

#[test]
fn b47_an_emoji_cut_in_two_does_not_stop_a_page() {
    let body = r#"{"value":[{"id":"E","bodyPreview":"hi \ud83d","start":{"dateTime":"2026-03-02T09:00:00"},
        "end":{"dateTime":"2026-03-02T09:00:00"}}]}"#;
    let page = first_delta().parse(&answer(200, body), &endpoint()).unwrap();
    let EventChange::Full(event) = &page.items[0] else { panic!("full") };
    assert_eq!(event.content.preview.as_deref(), Some("hi \u{fffd}"));
}

#[test]
fn calendars() {
    let body = r##"{"value":[{"id":"A","name":"Calendar","hexColor":"","isDefaultCalendar":true,"owner":{"address":"a@x.example"}},
        {"id":"B","name":"Team","hexColor":"#A4B5C6"},{"id":"D","hexColor":"red;x"}]}"##;
    let page = ListCalendars::First.parse(&answer(200, body), &endpoint()).unwrap();
    let found: Vec<_> =
        page.items.iter().map(|c| (c.name.as_str(), c.colour.as_deref(), c.is_default)).collect();
    assert_eq!(found, [("Calendar", None, true), ("Team", Some("#A4B5C6"), false), ("", None, false)]);
}

#[test]
fn contacts_carry_the_name_of_their_folder() {
    let operation = ContactsDelta {
        folder_id: Some("F".to_owned()),
        folder_name: Some("Suppliers".to_owned()),
        link: None,
    };
    let page =
        operation.parse(&answer(200, r#"{"value":[{"id":"1","displayName":"Ana"}]}"#), &endpoint()).unwrap();
    let ContactChange::Present(contact) = &page.items[0] else { panic!("present") };
    assert_eq!(contact.folder.as_deref(), Some("Suppliers"));
}

#[test]
fn people_of_the_directory_without_mail_show_their_sign_in_name() {
    let body =
        r#"{"value":[{"id":"1","displayName":"Ana","mail":null,"userPrincipalName":"ana@x.example"}]}"#;
    let page =
        SearchUsers { text: "ana".to_owned(), limit: 20 }.parse(&answer(200, body), &endpoint()).unwrap();
    assert_eq!(page.items[0].emails[0].address, "ana@x.example");
    assert_eq!(page.items[0].emails[0].kind, "work");
}

#[test]
fn b63_photos_are_images_or_nothing() {
    let operation = GetPhoto { of: PhotoOf::User("u#EXT#@x".to_owned()), known: Some("\"1\"".to_owned()) };
    let request = requested(&operation);
    assert!(request.uri().to_string().ends_with("/users/u%23EXT%23%40x/photos/64x64/$value"));
    let png: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];
    let image = operation.parse(&answer(200, png), &endpoint()).unwrap();
    assert!(matches!(image, Photo::Image { media_type: "image/png", .. }));
    assert_eq!(operation.parse(&answer(200, "<svg/>"), &endpoint()).ok(), Some(Photo::None));
    assert_eq!(operation.parse(&answer(304, ""), &endpoint()).ok(), Some(Photo::Unchanged));
    let none = r#"{"error":{"code":"ImageNotFound","message":""}}"#;
    assert_eq!(operation.parse(&answer(404, none), &endpoint()).ok(), Some(Photo::None));
}
