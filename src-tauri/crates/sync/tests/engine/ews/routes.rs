//! A mailbox that goes from one route to the other.

use chrono::Duration;
use convoke_model::service::{Service, ServiceState};
use convoke_sync::{RoundError, RoundKind};

use super::answers::{
    calendar, contact, contact_folder, created, fault, folders, last, page_of_iis, probe, refuse, single,
    updated,
};
use super::calendar::has;
use super::office::Office;
use crate::answers as graph;
use crate::world::{World, delta_of};

/// The same mailbox over both routes: a meeting, a contact each in the default folder and in `Suppliers`. The ids of
/// the items differ; those of the folders are the same, as they may be.
async fn over_graph() -> World {
    let world = World::new();
    world.server.on(
        "me/calendars",
        [graph::list(&[
            r#"{"id":"CAL=","name":"Calendar","isDefaultCalendar":true}"#.to_owned(),
            graph::named("OLD", "Old"),
        ])],
    );
    world
        .server
        .on(&delta_of("CAL%3D"), [graph::last(&[graph::single("g1", "Lunch", 12)], "me/a?$deltatoken=1")]);
    world
        .server
        .on(&delta_of("OLD"), [graph::last(&[graph::single("g2", "Past", 13)], "me/b?$deltatoken=1")]);
    world.server.on("me/a?$deltatoken=1", [graph::last(&[], "me/a?$deltatoken=1")]);
    world.server.on("me/b?$deltatoken=1", [graph::last(&[], "me/b?$deltatoken=1")]);
    let home = "me/contacts/delta?$deltatoken=1";
    world.server.on("me/contacts/delta", [graph::last(&[graph::contact("ga", "Ana")], home)]);
    world.server.on(home, [graph::last(&[], home)]);
    world.server.on("me/contactFolders", [graph::list(&[graph::named("SUP=", "Suppliers")])]);
    world.server.on("me/contactFolders/SUP%3D/childFolders", [graph::list(&[])]);
    let supplier = graph::last(&[graph::contact("gc", "Cai")], "me/f?$deltatoken=1");
    world.server.on("me/contactFolders/SUP%3D/contacts/delta", [supplier]);
    world.server.on("me/f?$deltatoken=1", [graph::last(&[], "me/f?$deltatoken=1")]);
    complete(&world.both().await);
    assert_eq!((world.meetings(), world.people()), over(GRAPH));
    world
}

fn moved(world: World) -> Office {
    let office = Office::beside(world, true);
    office.server.on(
        "FindFolder",
        [folders(&[
            calendar("CAL=", "Calendar"),
            contact_folder("CON=", "Contacts"),
            contact_folder("SUP=", "Suppliers"),
        ])],
    );
    has(&office, &[single("e1", "Lunch", 12)]);
    let changes = |text: &str, state: &str, id: &str| {
        let there = [created("Contact", id, "1")];
        office.server.on_with("SyncFolderItems", text, [last(state, &there)]);
        office.server.on_with(
            "SyncFolderItems",
            &format!("<m:SyncState>{state}</m:SyncState>"),
            [last(state, &[])],
        );
    };
    changes(r#"Id="contacts""#, "p1", "ea");
    changes(r#"Id="SUP=""#, "s1", "ec");
    office.server.item("ea", [contact("ea", "Ana", "ana@x.test")]);
    office.server.item("ec", [contact("ec", "Cai", "cai@x.test")]);
    office
}

type Rows = (&'static [&'static str], &'static [&'static str]);
const GRAPH: Rows = (&["g1 Lunch 12", "g2 Past 13"], &["ga Ana ", "gc Cai Suppliers"]);
const EWS: Rows = (&["e1 Lunch 12"], &["ea Ana ", "ec Cai Suppliers"]);

fn over((meetings, people): Rows) -> (Vec<String>, Vec<String>) {
    let owned = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
    (owned(meetings), owned(people))
}

fn complete(report: &convoke_sync::SyncReport) {
    for service in report.services.values() {
        assert!(service.is_complete(), "{service:?}");
    }
}

fn changes(world: &World) -> usize {
    world.store.reader().unwrap().changes(None, 100).unwrap().len()
}

#[tokio::test]
async fn there_and_back_without_duplicates_and_without_a_note_of_change() {
    let office = moved(over_graph().await);
    for _ in 0..2 {
        complete(&office.both().await);
        assert_eq!((office.world.meetings(), office.world.people()), over(EWS));
    }
    office.server.take();
    // A quiet round again: what was taken over goes on.
    let report = office.both().await;
    assert_eq!(
        report.services[&Service::Calendar].requests + report.services[&Service::Contacts].requests,
        5
    );
    for _ in 0..2 {
        complete(&office.world.both().await);
        assert_eq!((office.world.meetings(), office.world.people()), over(GRAPH));
    }
    complete(&office.both().await);
    assert_eq!((office.world.meetings(), office.world.people()), over(EWS));
    // Moving house changed no meeting.
    assert_eq!(changes(&office.world), 0);
    office.server.on_with(
        "SyncFolderItems",
        "<m:SyncState>empty<",
        [last("c2", &[updated("CalendarItem", "e1", "2")])],
    );
    has(&office, &[single("e1", "Lunch", 13).key("2")]);
    complete(&office.both().await);
    assert_eq!(changes(&office.world), 1);
}

#[tokio::test]
async fn until_the_new_route_answers_the_old_rows_stay() {
    let office = moved(over_graph().await);
    office.server.on("FindItem", [fault("ErrorServerBusy", "")]);
    for report in [office.calendar().await, office.contacts().await] {
        assert_eq!(report.errors[0].kind(), RoundKind::Busy);
    }
    assert_eq!((office.world.meetings(), office.world.people()), over(GRAPH));
    office.world.later(Duration::minutes(2));
    has(&office, &[single("e1", "Lunch", 12)]);
    office.server.on_with(
        "SyncFolderItems",
        r#"Id="contacts""#,
        [refuse("SyncFolderItems", "ErrorAccessDenied")],
    );
    office.both().await;
    // The calendar moved; the contacts not yet.
    assert_eq!((office.world.meetings(), office.world.people()), (over(EWS).0, over(GRAPH).1));
}

#[tokio::test]
async fn a_folder_that_fails_keeps_no_row_of_the_old_route() {
    let office = moved(over_graph().await);
    office.server.on_with(
        "SyncFolderItems",
        r#"Id="SUP=""#,
        [refuse("SyncFolderItems", "ErrorAccessDenied")],
    );
    for _ in 0..2 {
        let report = office.both().await;
        assert_eq!(report.services[&Service::Contacts].errors.len(), 1);
        assert_eq!(
            (office.world.meetings(), office.world.people()),
            (over(EWS).0, vec!["ea Ana ".to_owned()])
        );
    }
}

#[tokio::test]
async fn another_server_is_another_route() {
    let office = moved(over_graph().await);
    complete(&office.both().await);
    let endpoint = convoke_ews::Endpoint::new("https://mail.test/other/Exchange.asmx").unwrap();
    let source = convoke_sync::Source::Ews { endpoint, tokens: None };
    let engine = office.world.engine(std::sync::Arc::clone(&office.server) as _, source);
    office.server.take();
    let report = engine.sync_calendar(office.world.days, false).await;
    assert!(report.is_complete(), "{:?}", report.errors);
    let asked = office.server.take();
    assert!(asked.iter().all(|asked| !asked.body.contains("<m:SyncState>")), "{asked:?}");
    assert_eq!((office.world.meetings(), changes(&office.world)), (over(EWS).0, 0));
}

#[tokio::test]
async fn graph_says_that_the_mailbox_is_elsewhere() {
    let world = over_graph().await;
    world.server.on("me/calendars", [crate::script::refuse(404, "MailboxNotEnabledForRESTAPI")]);
    let report = world.calendar().await;
    assert_eq!(report.errors[0].kind(), RoundKind::RouteChanged);
    assert_eq!(world.meetings(), over(GRAPH).0);
}

#[tokio::test]
async fn a_mailbox_that_left_the_server_is_not_one_that_never_was_there() {
    for code in ["ErrorNonExistentMailbox", "ErrorMissingEmailAddress"] {
        let office = Office::new();
        for operation in ["GetFolder", "SyncFolderItems"] {
            office.server.on(operation, [fault(code, "")]);
        }
        let report = office.both().await;
        for service in report.services.values() {
            assert!(service.errors.iter().all(|error| error.kind() == RoundKind::NoMailbox), "{service:?}");
            assert_eq!(service.status.state, ServiceState::Unavailable);
            assert_eq!(service.status.code.as_deref(), Some(code));
        }
        office.server.on("GetFolder", [probe()]);
        office.server.on("SyncFolderItems", [last("empty", &[])]);
        has(&office, &[single("S", "Lunch", 12)]);
        complete(&office.both().await);
        office.server.on("GetFolder", [fault(code, "")]);
        let report = office.calendar().await;
        assert!(matches!(report.errors[..], [RoundError::MailboxMoved(_)]), "{:?}", report.errors);
        assert_eq!(report.errors[0].kind(), RoundKind::RouteChanged);
        assert_eq!(report.status.code.as_deref(), Some("mailboxMoved"));
        assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    }
}

#[tokio::test]
async fn what_else_the_app_must_tell_apart() {
    for (answer, kind, state) in [
        (refuse("GetFolder", "ErrorAccessDenied"), RoundKind::AccessDenied, ServiceState::Blocked),
        (page_of_iis(403).with("x-ms-diagnostics", "1"), RoundKind::AccessDenied, ServiceState::Blocked),
        (fault("ErrorMailboxMoveInProgress", ""), RoundKind::Transient, ServiceState::Connected),
        (page_of_iis(404), RoundKind::Other, ServiceState::Error),
    ] {
        let office = Office::new();
        office.server.on("GetFolder", [answer]);
        let report = office.calendar().await;
        assert_eq!((report.errors[0].kind(), report.status.state), (kind, state));
    }
}
