//! Answers that break off, in any place: the next sync converges.

use convoke_model::service::ServiceState;

use crate::answers::{contact, exception, gone, last, list, master, named, page, single, slim};
use crate::script::ok;
use crate::world::{World, delta_of};

/// A mailbox whose first and second round take several requests each.
fn mailbox() -> World {
    let world = World::new();
    world.server.on("me/calendars", [list(&[named("A", "Calendar"), named("B", "Team")])]);
    let first = [single("S", "Lunch", 12), master("M", "Standup"), slim("O1", "M", 10)];
    world.server.on(&delta_of("A"), [page(&first, "me/a?$skiptoken=1")]);
    world
        .server
        .on("me/a?$skiptoken=1", [last(&[slim("O2", "M", 11), slim("P1", "N", 14)], "me/a?$deltatoken=1")]);
    world.server.on("me/calendars/A/events/N", [ok(master("N", "Planning"))]);
    let second = [master("M", "Daily"), slim("O2", "M", 11), exception("X", "M", "Daily moved", 13)];
    world.server.on("me/a?$deltatoken=1", [page(&second, "me/a?$skiptoken=2")]);
    world.server.on("me/a?$skiptoken=2", [last(&[gone("NEVER")], "me/a?$deltatoken=2")]);
    world.server.on("me/a?$deltatoken=2", [last(&[], "me/a?$deltatoken=2")]);
    world.server.on(&delta_of("B"), [last(&[single("T", "Review", 13)], "me/b?$deltatoken=1")]);
    world.server.on("me/b?$deltatoken=1", [last(&[single("U", "New", 15)], "me/b?$deltatoken=2")]);
    world.server.on("me/b?$deltatoken=2", [last(&[], "me/b?$deltatoken=2")]);
    world.server.on("me/contacts/delta", [last(&[contact("1", "Ana")], "me/c?$deltatoken=1")]);
    world.server.on("me/c?$deltatoken=1", [last(&[gone("1"), contact("2", "Ben")], "me/c?$deltatoken=2")]);
    world.server.on("me/c?$deltatoken=2", [last(&[], "me/c?$deltatoken=2")]);
    world.server.on("me/contacts", [list(&[contact("2", "Ben")])]);
    world.server.on("me/contactFolders", [list(&[named("F", "Suppliers")])]);
    world.server.on("me/contactFolders/F/childFolders", [list(&[])]);
    world
        .server
        .on("me/contactFolders/F/contacts/delta", [last(&[contact("3", "Cai")], "me/f?$deltatoken=1")]);
    world.server.on("me/f?$deltatoken=1", [last(&[], "me/f?$deltatoken=1")]);
    world
}

const MEETINGS: [&str; 6] =
    ["O2 Daily 11", "P1 Planning 14", "S Lunch 12", "T Review 13", "U New 15", "X Daily moved 13"];
const PEOPLE: [&str; 2] = ["2 Ben ", "3 Cai Suppliers"];

#[tokio::test]
async fn f02_after_the_failure_of_any_request_the_next_syncs_converge() {
    let undisturbed = mailbox();
    undisturbed.both().await;
    undisturbed.both().await;
    let requests = undisturbed.server.asked().len();
    assert_eq!(
        (undisturbed.meetings(), undisturbed.people()),
        (MEETINGS.map(str::to_owned).to_vec(), PEOPLE.map(str::to_owned).to_vec())
    );
    assert!(requests > 15, "{requests}");
    for number in 0..requests {
        let world = mailbox();
        *world.server.fail_at.lock().unwrap() = Some(number);
        for _ in 0..4 {
            world.both().await;
        }
        assert_eq!(world.meetings(), MEETINGS, "request {number} failed");
        assert_eq!(world.people(), PEOPLE, "request {number} failed");
    }
}

#[tokio::test]
async fn f43_a_page_that_breaks_off_changes_nothing() {
    let world = World::new();
    let link = "me/x?$deltatoken=1";
    world.server.on(&delta_of("A"), [last(&[single("S", "Lunch", 12)], link)]);
    world.synced().await;
    let whole = last(&[gone("S"), single("T", "Tea", 13)], "me/x?$deltatoken=2").body;
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        world.server.on(link, [ok(&whole[..length])]);
        let report = world.calendar().await;
        assert_eq!(report.status.code.as_deref(), Some("malformedAnswer"));
        assert_eq!((world.meetings(), world.link().as_deref()), (vec!["S Lunch 12".to_owned()], Some(link)));
    }
    // An entry without id refuses its page; the page before it is not committed either.
    world.server.on(link, [page(&[gone("S")], "me/x?$skiptoken=2")]);
    world
        .server
        .on("me/x?$skiptoken=2", [last(&[r#"{"subject":"no id"}"#.to_owned()], "me/x?$deltatoken=2")]);
    assert!(!world.calendar().await.is_complete());
    assert_eq!(world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn an_unreachable_server_leaves_the_service_connected() {
    let world = World::new();
    *world.server.fail_at.lock().unwrap() = Some(0);
    let report = world.calendar().await;
    assert_eq!(report.status.state, ServiceState::Connected);
    assert_eq!(report.status.code.as_deref(), Some("protocol"));
    assert!(!report.is_complete());
}

#[tokio::test]
async fn a_link_of_another_endpoint_is_of_no_use_and_of_no_harm() {
    let world = World::new();
    world.server.on(&delta_of("A"), [last(&[single("S", "Lunch", 12)], "me/x?$deltatoken=1")]);
    world.synced().await;
    let mut writer = world.store.writer().unwrap();
    let start = world.now() - chrono::Duration::days(40);
    let window = convoke_model::window::TimeWindow { start, end: start + chrono::Duration::days(80) };
    let commit = convoke_store::EventCommit {
        calendar_id: "A".to_owned(),
        window,
        mode: convoke_store::CommitMode::Incremental,
        reconciled: convoke_model::record::EventDelta::default(),
        cursor: Some("https://other.test/v1.0/x?$deltatoken=1".to_owned()),
        at: world.now(),
    };
    writer.commit_events(&commit).unwrap();
    drop(writer);
    world.synced().await;
    assert_eq!(world.link().as_deref(), Some("me/x?$deltatoken=1"));
}
