//! Answers without end.

use convoke_model::service::ServiceState;

use super::answers::{
    Event, attendees, contact, created, folders, last, more, page_of_iis, refuse, single, updated, view,
};
use super::calendar::has;
use super::office::Office;
use crate::script::ok;

async fn one_meeting() -> Office {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12)]);
    office.synced().await;
    office.server.take();
    office.server.on_with(
        "SyncFolderItems",
        "<m:SyncState>empty<",
        [last("c2", &[updated("CalendarItem", "S", "2")])],
    );
    office
}

#[tokio::test]
async fn an_overflow_without_end_is_bounded() {
    for overflow in [view(&[], false), refuse("FindItem", "ErrorCalendarViewRangeTooBig")] {
        let office = one_meeting().await;
        office.server.on("FindItem", [overflow]);
        let report = office.calendar().await;
        assert_eq!(report.status.code.as_deref(), Some("windowTooFull"));
        assert_eq!(report.status.state, ServiceState::Error);
        assert!(report.requests < 40, "{}", report.requests);
        assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    }
}

#[tokio::test]
async fn an_overflow_everywhere_but_in_the_last_second_is_bounded() {
    let office = one_meeting().await;
    let mut number = 0_u32;
    // Whole, overflow, overflow, whole, … : halves that never come to an end.
    office.server.on_each("FindItem", "", move || {
        number += 1;
        view(&[], number.is_multiple_of(3))
    });
    let report = office.calendar().await;
    assert!(!report.is_complete());
    assert!(report.requests < 300, "{}", report.requests);
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn changes_without_end_are_bounded_and_the_window_is_read_anyway() {
    let office = one_meeting().await;
    let mut number = 0_u32;
    office.server.on_each("SyncFolderItems", "<m:SyncState>", move || {
        number += 1;
        more(&format!("n{number}"), &[])
    });
    has(&office, &[single("S", "Late lunch", 12).key("2")]);
    office.server.on("SyncFolderItems", [more("n", &[])]);
    let report = office.synced().await;
    assert_eq!(office.world.meetings(), ["S Late lunch 12"]);
    assert!(report.requests < 250, "{}", report.requests);
}

#[tokio::test]
async fn folders_without_end_are_bounded() {
    let office = Office::new();
    let mut offset = 0;
    office.server.on_each("FindFolder", "", move || {
        offset += 1;
        let page = folders(&[]);
        let next = format!(r#"IndexedPagingOffset="{offset}" IncludesLastItemInRange="false""#);
        ok(page.body.replace(r#"IncludesLastItemInRange="true""#, &next))
    });
    let report = office.calendar().await;
    assert_eq!(report.status.code.as_deref(), Some("endlessRound"));
    assert!(report.requests <= 101, "{}", report.requests);
}

#[tokio::test]
async fn f43_an_answer_that_breaks_off_changes_nothing() {
    let office = one_meeting().await;
    let whole = view(&[], true).body;
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        office.server.on("FindItem", [ok(&whole[..length])]);
        let report = office.calendar().await;
        assert_eq!(report.status.code.as_deref(), Some("malformedAnswer"), "{length}");
        assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    }
}

#[tokio::test]
async fn what_can_not_be_listed_is_not_deleted() {
    let office = one_meeting().await;
    for answer in [
        folders(&[]),
        refuse("FindFolder", "ErrorAccessDenied"),
        refuse("FindFolder", "ErrorFolderNotFound"),
        page_of_iis(200),
        page_of_iis(404),
    ] {
        office.server.on("FindFolder", [answer]);
        assert!(!office.calendar().await.is_complete());
        assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    }
}

/// `number` meetings `M10`, `M11`, …
fn many(number: usize) -> Vec<Event> {
    const IDS: [&str; 12] =
        ["M10", "M11", "M12", "M13", "M14", "M15", "M16", "M17", "M18", "M19", "M20", "M21"];
    IDS[..number]
        .iter()
        .zip(10..)
        .map(|(id, day)| single(id, "Lunch", day).with(&attendees(&[("Ben", "b@x.test")])))
        .collect()
}

#[tokio::test]
async fn a_window_that_is_too_large_is_halved() {
    let office = Office::new();
    has(&office, &many(3));
    office.server.huge.lock().unwrap().push("2026-04-20T00:00:00Z");
    office.server.on_with("FindItem", "StartDate=\"2026-03-16T", [view(&[], true)]);
    // The last day can't be had: its halves end there too.
    let report = office.calendar().await;
    assert_eq!((report.status.code.as_deref(), office.world.meetings().len()), (Some("windowTooFull"), 0));
    assert!(report.requests < 60, "{}", report.requests);
    let asked = office.server.take();
    let mut windows = asked.iter().filter(|asked| asked.operation == "FindItem");
    assert!(
        windows.nth(1).unwrap().body.contains(r#"StartDate="2026-02-09T00:00:00Z" EndDate="2026-03-16T"#)
    );
}

#[tokio::test]
async fn an_item_that_is_too_large_hides_no_other() {
    let office = Office::new();
    has(&office, &many(12));
    office.server.huge.lock().unwrap().extend(["M13", "M21"]);
    office.synced().await;
    assert_eq!(office.world.meetings().len(), 12);
    for (id, people) in [("M12", 1), ("M13", 0), ("M14", 1), ("M20", 1), ("M21", 0)] {
        assert_eq!(office.attendees(id).len(), people, "{id}");
    }
    // Halves until the large one is alone.
    let asked = office.server.take().into_iter().filter(|asked| asked.operation == "GetItem");
    assert_eq!(
        asked.map(|asked| asked.ids().len()).collect::<Vec<_>>(),
        [10, 5, 2, 3, 1, 2, 1, 1, 5, 2, 1, 1]
    );
    // It is tried again once something changed.
    office.server.huge.lock().unwrap().clear();
    office.server.on_with(
        "SyncFolderItems",
        "<m:SyncState>empty<",
        [last("c2", &[updated("CalendarItem", "M13", "1")])],
    );
    office.synced().await;
    assert_eq!((office.attendees("M13").len(), office.attendees("M21").len()), (1, 1));
    assert_eq!(office.server.take().last().unwrap().ids(), ["M13", "M21"]);
}

#[tokio::test]
async fn where_every_item_is_too_large_it_is_not_the_items() {
    let office = Office::new();
    has(&office, &many(12));
    office.server.huge.lock().unwrap().extend(many(12).iter().map(|event| event.id));
    let report = office.calendar().await;
    assert_eq!(report.status.code.as_deref(), Some("bodyTooLarge"));
    assert!(report.requests < 40 && office.world.meetings().is_empty(), "{}", report.requests);
}

#[tokio::test]
async fn a_contact_that_is_too_large_hides_no_other() {
    let office = Office::new();
    let there = ["A", "B", "C"].map(|id| created("Contact", id, "1"));
    office.server.on_with("SyncFolderItems", r#"Id="contacts""#, [last("p1", &there)]);
    office.server.on_with("SyncFolderItems", "<m:SyncState>p1<", [last("p1", &[])]);
    for id in ["A", "B", "C"] {
        office.server.item(id, [contact(id, id, "a@x.test")]);
    }
    office.server.huge.lock().unwrap().push("B");
    office.synced_contacts().await;
    assert_eq!(office.world.people(), ["A A ", "C C "]);
    office.server.huge.lock().unwrap().clear();
    office.synced_contacts().await;
    assert_eq!(office.world.people(), ["A A ", "B B ", "C C "]);
}
