//! Rounds of one calendar.

use chrono::Duration;

use crate::answers::{exception, gone, last, list, master, occurrence, page, single, slim};
use crate::script::refuse;
use crate::world::{World, delta_of};

const LINK: &str = "me/calendarView/delta?$deltatoken=1";

/// A first round of two pages: a single event, a series of three with an exception.
async fn first_round() -> World {
    let world = World::new();
    let next = "me/calendarView/delta?$skiptoken=1";
    let items = [single("S", "Lunch", 12), slim("O1", "M", 10), gone("NEVER-SEEN")];
    world.server.on(&delta_of("A"), [page(&items, next)]);
    let items = [
        master("M", "Standup"),
        slim("O2", "M", 11),
        exception("X", "M", "Standup moved", 13),
        slim("O1", "M", 10),
    ];
    world.server.on(next, [last(&items, LINK)]);
    let report = world.synced().await;
    assert_eq!((report.added, report.updated, report.removed, report.requests), (4, 0, 0, 3));
    world.server.take_targets();
    world
}

#[tokio::test]
async fn a_first_round_lists_occurrences_and_no_master() {
    let world = first_round().await;
    assert_eq!(world.meetings(), ["O1 Standup 10", "O2 Standup 11", "S Lunch 12", "X Standup moved 13"]);
    assert_eq!(world.link().as_deref(), Some(LINK));
}

#[tokio::test]
async fn a_cancelled_occurrence_leaves_no_ghost() {
    let world = first_round().await;
    let items = [master("M", "Standup"), slim("O2", "M", 11), exception("X", "M", "Standup moved", 13)];
    world.server.on(LINK, [last(&items, "me/calendarView/delta?$deltatoken=2")]);
    let report = world.synced().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 0, 1));
    assert_eq!(world.meetings(), ["O2 Standup 11", "S Lunch 12", "X Standup moved 13"]);
    assert_eq!(world.link().as_deref(), Some("me/calendarView/delta?$deltatoken=2"));
}

#[tokio::test]
async fn a_round_without_changes_costs_two_requests() {
    let world = first_round().await;
    world.server.on(LINK, [last(&[], LINK)]);
    let report = world.synced().await;
    assert_eq!((report.added, report.updated, report.removed, report.requests), (0, 0, 0, 2));
    assert_eq!(world.server.take_targets()[1], LINK);
}

#[tokio::test]
async fn f58_a_lost_state_is_followed_by_a_full_round() {
    let world = first_round().await;
    world.server.on(LINK, [refuse(410, "SyncStateNotFound")]);
    let link = "me/calendarView/delta?$deltatoken=9";
    world.server.on(&delta_of("A"), [last(&[single("S", "Lunch", 12), single("T", "Tea", 14)], link)]);
    let report = world.synced().await;
    assert_eq!((report.added, report.removed), (1, 3));
    assert_eq!(world.meetings(), ["S Lunch 12", "T Tea 14"]);
    assert_eq!(world.link().as_deref(), Some(link));
}

#[tokio::test]
async fn f58_a_state_lost_between_two_pages_starts_the_round_again() {
    let world = World::new();
    let next = "me/calendarView/delta?$skiptoken=1";
    let whole = last(&[single("T", "Tea", 14)], LINK);
    world.server.on(&delta_of("A"), [page(&[single("S", "Lunch", 12)], next), whole]);
    world.server.on(next, [refuse(410, "SyncStateNotFound")]);
    world.synced().await;
    assert_eq!(world.meetings(), ["T Tea 14"]);
}

#[tokio::test]
async fn where_delta_is_refused_the_plain_list_serves() {
    let world = World::new();
    world.server.on(&delta_of("A"), [refuse(400, "ErrorInvalidRequest")]);
    let view = "me/calendars/A/calendarView";
    world.server.on(view, [list(&[single("S", "Lunch", 12), occurrence("O1", "M", "Standup", 10)])]);
    world.synced().await;
    assert_eq!(world.meetings(), ["O1 Standup 10", "S Lunch 12"]);
    assert_eq!(world.link(), None);
    world.server.on(view, [list(&[occurrence("O1", "M", "Standup", 10)])]);
    assert_eq!(world.synced().await.removed, 1);
}

#[tokio::test]
async fn an_endless_round_falls_back_to_the_plain_list() {
    let world = World::new();
    let next = "me/calendarView/delta?$skiptoken=1";
    let again = page(&[single("S", "Lunch", 12)], next);
    world.server.on(&delta_of("A"), [again.clone()]);
    world.server.on(next, [again]);
    world.server.on("me/calendars/A/calendarView", [list(&[single("S", "Lunch", 12)])]);
    let report = world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12"]);
    assert!(report.requests < 10, "{}", report.requests);
}

#[tokio::test]
async fn empty_pages_are_passed_over() {
    let world = World::new();
    for at in 0..20 {
        let target = if at == 0 { delta_of("A") } else { format!("me/x?$skiptoken={at}") };
        world.server.on(&target, [page(&[], &format!("me/x?$skiptoken={}", at + 1))]);
    }
    world.server.on("me/x?$skiptoken=20", [last(&[single("S", "Lunch", 12)], LINK)]);
    world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn a_missing_master_is_read_within_its_calendar() {
    let world = World::new();
    world.server.on(&delta_of("A"), [last(&[slim("O1", "M", 10), slim("O2", "M", 11)], LINK)]);
    world.server.on("me/calendars/A/events/M", [list(&[])]);
    world.server.on("me/calendars/A/events/M", [crate::script::ok(master("M", "Standup"))]);
    world.synced().await;
    assert_eq!(world.meetings(), ["O1 Standup 10", "O2 Standup 11"]);
    assert_eq!(world.link().as_deref(), Some(LINK));
}

#[tokio::test]
async fn a_master_that_can_not_be_read_is_tried_again_later() {
    let world = World::new();
    world.server.on(&delta_of("A"), [last(&[slim("O1", "M", 10)], LINK)]);
    world.server.on(LINK, [last(&[], LINK)]);
    world.synced().await;
    world.server.on("me/calendars/A/events/M", [crate::script::ok(master("M", "Standup"))]);
    world.synced().await;
    assert_eq!(world.meetings(), ["O1 Standup 10"]);
    world.server.take_targets();
    world.synced().await;
    assert_eq!(world.server.take_targets().len(), 2);
}

#[tokio::test]
async fn the_window_slides_by_a_full_round() {
    let world = first_round().await;
    world.server.on(LINK, [last(&[], LINK)]);
    world.later(Duration::days(6));
    world.synced().await;
    assert_eq!(world.server.take_targets()[1], LINK);
    world.later(Duration::days(2));
    let link = "me/calendarView/delta?$deltatoken=5";
    world.server.on(
        &delta_of("A"),
        [last(
            &[
                single("S", "Lunch", 12),
                exception("X", "M", "Standup moved", 13),
                master("M", "Standup"),
                slim("O2", "M", 11),
            ],
            link,
        )],
    );
    let report = world.synced().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 0, 1));
    let asked = &world.server.take_targets()[1];
    assert!(asked.contains("startDateTime=2026-02-17T00%3A00%3A00Z"), "{asked}");
    assert_eq!(world.link().as_deref(), Some(link));
}

#[tokio::test]
async fn f44_a_round_that_removes_everything_is_verified_first() {
    let world = first_round().await;
    let wipe = [gone("S"), gone("M"), gone("O1"), gone("O2"), gone("X")];
    world.server.on(LINK, [last(&wipe, "me/x?$deltatoken=2")]);
    let view = "me/calendars/A/calendarView";
    // The server still has them: the round is not believed, and the next one reads everything.
    let there = [
        single("S", "Lunch", 12),
        occurrence("O1", "M", "Standup", 10),
        occurrence("O2", "M", "Standup", 11),
        exception("X", "M", "Standup moved", 13),
    ];
    world.server.on(view, [list(&there)]);
    let report = world.synced().await;
    assert_eq!(report.removed, 0);
    assert_eq!(world.meetings().len(), 4);
    assert_eq!(world.link(), None);
    // It has them no longer.
    world.server.on(&delta_of("A"), [last(&[], "me/x?$deltatoken=3")]);
    world.server.on(view, [list(&[])]);
    assert_eq!(world.synced().await.removed, 4);
    assert!(world.meetings().is_empty());
}

#[tokio::test]
async fn f44_nothing_is_deleted_while_the_server_can_not_be_asked_again() {
    let world = first_round().await;
    world.server.on(LINK, [last(&[gone("S"), gone("M")], "me/x?$deltatoken=2")]);
    world.server.on("me/calendars/A/calendarView", [refuse(500, "InternalServerError")]);
    let report = world.calendar().await;
    assert!(!report.is_complete());
    assert_eq!(world.meetings().len(), 4);
    assert_eq!(world.link().as_deref(), Some(LINK));
}
