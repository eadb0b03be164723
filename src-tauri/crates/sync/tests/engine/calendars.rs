//! The list of calendars.

use std::sync::atomic::Ordering;

use convoke_model::service::ServiceState;
use convoke_sync::MAX_IN_FLIGHT;

use crate::answers::{last, list, named, page, single};
use crate::script::{ok, refuse};
use crate::world::{World, delta_of};

/// Calendars A and B with one meeting each.
async fn two() -> World {
    let world = World::new();
    world.server.on("me/calendars", [list(&[named("A", "Calendar"), named("B", "Team")])]);
    world.server.on(&delta_of("A"), [last(&[single("S", "Lunch", 12)], "me/a?$deltatoken=1")]);
    world.server.on(&delta_of("B"), [last(&[single("T", "Review", 13)], "me/b?$deltatoken=1")]);
    world.server.on("me/a?$deltatoken=1", [last(&[], "me/a?$deltatoken=1")]);
    world.server.on("me/b?$deltatoken=1", [last(&[], "me/b?$deltatoken=1")]);
    world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12", "T Review 13"]);
    world
}

#[tokio::test]
async fn a_calendar_that_vanished_goes_with_its_meetings() {
    let world = two().await;
    world.server.on("me/calendars", [list(&[named("A", "Calendar")])]);
    world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn a_calendar_under_another_id_keeps_its_meetings_and_its_link() {
    let world = two().await;
    world.server.on("me/calendars", [list(&[named("A", "Calendar"), named("B2", "Team")])]);
    let report = world.synced().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 0, 0));
    assert_eq!(world.meetings(), ["S Lunch 12", "T Review 13"]);
    assert!(world.server.take_targets().contains(&"me/b?$deltatoken=1".to_owned()));
}

#[tokio::test]
async fn what_can_not_be_listed_is_not_deleted() {
    let world = two().await;
    for answer in [
        list(&[]),
        refuse(403, "ErrorAccessDenied"),
        refuse(404, "ErrorItemNotFound"),
        ok("<html>hotel</html>").with("content-type", "text/html"),
        ok(r#"{"value":[{"name":"no id"}]}"#),
        ok(r#"{"value":["#),
    ] {
        world.server.on("me/calendars", [answer]);
        let report = world.calendar().await;
        assert!(!report.is_complete());
        assert_eq!(world.meetings(), ["S Lunch 12", "T Review 13"]);
    }
}

#[tokio::test]
async fn a_calendar_that_fails_leaves_the_others_alone() {
    let world = two().await;
    world.server.on("me/a?$deltatoken=1", [last(&[single("U", "New", 14)], "me/a?$deltatoken=2")]);
    world.server.on("me/b?$deltatoken=1", [refuse(403, "ErrorAccessDenied")]);
    let report = world.calendar().await;
    assert_eq!(report.errors.len(), 1);
    assert_eq!((report.status.state, report.added), (ServiceState::Blocked, 1));
    assert_eq!(world.meetings().len(), 3);
}

#[tokio::test]
async fn an_on_premises_mailbox_is_named_as_such() {
    let world = World::new();
    world.server.on("me/calendars", [refuse(404, "MailboxNotEnabledForRESTAPI")]);
    let report = world.calendar().await;
    assert_eq!(report.status.state, ServiceState::Unavailable);
    assert_eq!(report.status.code.as_deref(), Some("MailboxNotEnabledForRESTAPI"));
}

#[tokio::test]
async fn requests_run_side_by_side_but_never_over_the_limit() {
    let world = World::new();
    let calendars: Vec<_> = (0..12).map(|at| named(&format!("C{at}"), &format!("Team {at}"))).collect();
    world.server.on("me/calendars", [list(&calendars)]);
    for at in 0..12 {
        let next = format!("me/c{at}?$skiptoken=1");
        world.server.on(&delta_of(&format!("C{at}")), [page(&[single(&format!("S{at}"), "x", 12)], &next)]);
        world.server.on(&next, [last(&[], &format!("me/c{at}?$deltatoken=1"))]);
    }
    let report = world.both().await;
    assert!(report.services.values().all(convoke_sync::ServiceReport::is_complete));
    assert_eq!(world.meetings().len(), 12);
    assert_eq!(world.server.most_in_flight.load(Ordering::SeqCst), MAX_IN_FLIGHT);
}
