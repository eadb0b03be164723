//! Calendars, windows, single events.

use serde_json::Value;

use crate::client::{WINDOW, escaped, start};

#[tokio::test]
async fn calendars_have_a_default_and_a_shared_one() {
    let client = start(1).await;
    let calendars = client.get("/me/calendars").await;
    let items = calendars.items();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0]["isDefaultCalendar"], true);
    assert_eq!(items[0]["hexColor"], "");
    assert_eq!(items[1]["hexColor"], "#00b7c3");
    assert_ne!(items[2]["owner"]["address"], "lucia.moreno@contoso.example");
}

#[tokio::test]
async fn pages_hold_ten_entries_unless_asked() {
    let mut client = start(1).await;
    client.prefer = String::new();
    let page = client.get(&format!("/me/calendarView?{WINDOW}")).await;
    assert_eq!(page.items().len(), 10);
    let link = page.body["@odata.nextLink"].as_str().unwrap();
    assert!(link.starts_with(&client.tenant.ready.graph) && link.contains("$skip=10"), "{link}");
    let (all, _) = client.all(&format!("/me/calendarView?{WINDOW}")).await;
    let (large, _) = client.all(&format!("/me/calendarView?{WINDOW}&$top=1000")).await;
    assert_eq!(all, large);
}

#[tokio::test]
async fn names_of_parameters_have_no_case_and_brackets_work() {
    let client = start(1).await;
    let id = client.get("/me/calendars").await.items()[0]["id"].as_str().unwrap().to_owned();
    let lower = WINDOW.to_lowercase().replace("t00", "T00").replace("z&", "Z&").replace("00z", "00Z");
    let plain = client.get(&format!("/me/calendarview?{WINDOW}&$top=5")).await;
    let other = client.get(&format!("/me/calendars('{}')/calendarView?{lower}&$top=5", escaped(&id))).await;
    assert_eq!(plain.items(), other.items());
}

#[tokio::test]
async fn times_follow_the_preferred_zone() {
    let mut client = start(1).await;
    let day = "startDateTime=2026-03-12T00:00:00Z&endDateTime=2026-03-13T00:00:00Z&$top=50";
    let at = |items: &[Value], subject: &str| {
        let item = items.iter().find(|item| item["subject"] == subject).unwrap().clone();
        (item["start"]["dateTime"].as_str().unwrap().to_owned(), item["start"]["timeZone"].clone())
    };
    let utc = client.get(&format!("/me/calendarView?{day}")).await;
    assert_eq!(
        at(utc.items(), "Quarterly plan with Fabrikam"),
        ("2026-03-12T10:00:00.0000000".into(), "UTC".into())
    );
    client.prefer = "outlook.timezone=\"Eastern Standard Time\"".into();
    let east = client.get(&format!("/me/calendarView?{day}")).await;
    let expected = ("2026-03-12T06:00:00.0000000".into(), "Eastern Standard Time".into());
    assert_eq!(at(east.items(), "Quarterly plan with Fabrikam"), expected);
    assert_eq!(east.header("preference-applied"), Some("outlook.timezone=\"Eastern Standard Time\""));
    // Whole days stay midnight, whatever the zone.
    assert_eq!(at(east.items(), "Nuria's birthday").0, "2026-03-12T00:00:00.0000000");
    client.prefer = "outlook.timezone=\"Mars/Olympus\"".into();
    let mars = client.get(&format!("/me/calendarView?{day}")).await;
    assert_eq!((mars.status, mars.code()), (400, "TimeZoneNotSupportedException"));
}

#[tokio::test]
async fn whole_days_are_found_by_their_creators_midnight() {
    let client = start(1).await;
    // The birthday of 12 March, made in Paris, begins at 23:00 UTC the day before and ends at 23:00 UTC.
    let has = async |window: &str| {
        let page = client.get(&format!("/me/calendarView?{window}&$top=50")).await;
        page.items().iter().any(|item| item["subject"] == "Nuria's birthday")
    };
    assert!(has("startDateTime=2026-03-11T23:00:00Z&endDateTime=2026-03-11T23:30:00Z").await);
    assert!(!has("startDateTime=2026-03-12T23:00:00Z&endDateTime=2026-03-12T23:59:00Z").await);
}

#[tokio::test]
async fn only_the_header_makes_ids_immutable() {
    let mut client = start(1).await;
    let immutable = client.get(&format!("/me/calendarView?{WINDOW}")).await;
    client.prefer = String::new();
    let other = client.get(&format!("/me/calendarView?{WINDOW}")).await;
    assert_eq!(immutable.items()[0]["subject"], other.items()[0]["subject"]);
    assert_ne!(immutable.items()[0]["id"], other.items()[0]["id"]);
}

#[tokio::test]
async fn events_of_shared_calendars_need_their_calendar() {
    let client = start(1).await;
    let shared = client.get("/me/calendars").await.items()[2]["id"].as_str().unwrap().to_owned();
    let events = client.get(&format!("/me/calendars/{}/events", escaped(&shared))).await;
    let id = escaped(events.items()[0]["id"].as_str().unwrap());
    let unscoped = client.get(&format!("/me/events/{id}")).await;
    assert_eq!((unscoped.status, unscoped.code()), (404, "ErrorItemNotFound"));
    assert_eq!(client.get(&format!("/me/calendars/{}/events/{id}", escaped(&shared))).await.status, 200);
    let malformed = client.get("/me/events/abc").await;
    assert_eq!((malformed.status, malformed.code()), (400, "ErrorInvalidIdMalformed"));
}

#[tokio::test]
async fn select_order_count_and_filter_work_here() {
    let client = start(1).await;
    let query = format!(
        "/me/calendarView?{WINDOW}&$select=subject,isAllDay&$filter=isAllDay eq true&$count=true&$orderby=subject desc&$top=500"
    );
    let page = client.get(&query).await;
    assert_eq!(page.body["@odata.count"], page.items().len());
    assert!(page.items().iter().all(|item| item["isAllDay"] == true && item.get("body").is_none()));
    let subjects: Vec<&str> =
        page.items().iter().map(|item| item["subject"].as_str().unwrap_or_default()).collect();
    assert!(subjects.len() > 2 && subjects.windows(2).all(|pair| pair[0] >= pair[1]), "{subjects:?}");
}

#[tokio::test]
async fn windows_have_limits() {
    let client = start(1).await;
    let far = client.get("/me/calendarView?startDateTime=2020-01-01&endDateTime=2026-01-01").await;
    assert_eq!((far.status, far.code()), (400, "ErrorInvalidRequest"));
    assert!(far.body["error"]["message"].as_str().unwrap().contains("Maximum number of days: 1825"));
    let none = client.get("/me/calendarView").await;
    assert_eq!((none.status, none.code()), (400, "ErrorInvalidParameter"));
    // A plus sign that is not escaped is a blank.
    let plus =
        client.get("/me/calendarView?startDateTime=2026-01-01T00:00:00+01:00&endDateTime=2026-02-01").await;
    assert_eq!(plus.status, 400);
}
