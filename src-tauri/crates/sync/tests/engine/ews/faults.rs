//! Requests that break off, in any place: the next sync converges.

use super::answers::{
    attendees, calendar, contact, contact_folder, created, date, deleted, folders, last, more, resolutions,
    single, updated, view,
};
use super::office::Office;

/// A mailbox whose first and second round take several requests each.
fn mailbox() -> Office {
    let office = Office::new();
    let server = &office.server;
    server.on(
        "FindFolder",
        [folders(&[
            calendar("CAL=", "Calendar"),
            calendar("TEAM=", "Team"),
            contact_folder("CON=", "Contacts"),
            contact_folder("SUP=", "Suppliers"),
        ])],
    );
    let changes = |folder: &str, state: &str, page| {
        let asked = format!("<m:SyncState>{state}</m:SyncState>");
        server.on_with("SyncFolderItems", if state.is_empty() { folder } else { &asked }, [page]);
    };
    let (cal, team, con, sup) = (r#"Id="CAL=""#, r#"Id="TEAM=""#, r#"Id="contacts""#, r#"Id="SUP=""#);
    changes(cal, "", more("c0", &[created("CalendarItem", "S", "1")]));
    changes(cal, "c0", last("c1", &[created("CalendarItem", "M", "1")]));
    changes(cal, "c1", more("c2", &[updated("CalendarItem", "M", "2")]));
    changes(cal, "c2", last("c3", &[created("CalendarItem", "U", "1")]));
    changes(cal, "c3", last("c3", &[]));
    changes(team, "", last("t1", &[created("CalendarItem", "T", "1")]));
    changes(team, "t1", last("t1", &[]));
    changes(con, "", last("p1", &[created("Contact", "A", "1")]));
    changes(con, "p1", last("p2", &[deleted("A"), created("Contact", "B", "1")]));
    changes(con, "p2", last("p2", &[]));
    changes(sup, "", last("s1", &[created("Contact", "C", "1")]));
    changes(sup, "s1", last("s1", &[]));
    let ben = attendees(&[("Ben", "/o=X/cn=ben")]);
    let first =
        [single("S", "Lunch", 12).with(&ben), date("O1", "M", "Standup", 10), date("O2", "M", "Standup", 11)];
    let second = [
        single("S", "Lunch", 12),
        date("O2", "M", "Daily", 11).key("2"),
        date("X", "M", "Daily moved", 13).key("2").exception(),
        single("U", "New", 15),
    ];
    server.on("FindItem", [view(&first, true), view(&second, true)]);
    server.on_with("FindItem", team, [view(&[single("T", "Review", 13)], true)]);
    for event in first.iter().chain(&second[1..]).chain([&single("T", "Review", 13)]) {
        server.item(event.id, [event.message()]);
    }
    server.on("ResolveNames", [resolutions(&[("Ben", "ben@x.test")])]);
    server.item("A", [contact("A", "Ana", "ana@x.test")]);
    server.item("B", [contact("B", "Ben", "/o=X/cn=ben")]);
    server.item("C", [contact("C", "Cai", "cai@x.test")]);
    server.on_with("FindItem", "m:IndexedPageItemView", [super::answers::list(&["B"])]);
    office
}

const MEETINGS: [&str; 5] = ["O2 Daily 11", "S Lunch 12", "T Review 13", "U New 15", "X Daily moved 13"];
const PEOPLE: [&str; 2] = ["B Ben ", "C Cai Suppliers"];

#[tokio::test]
async fn f02_after_the_failure_of_any_request_the_next_syncs_converge() {
    let undisturbed = mailbox();
    undisturbed.both().await;
    undisturbed.both().await;
    let requests = undisturbed.server.asked().len();
    assert_eq!(undisturbed.world.meetings(), MEETINGS);
    assert_eq!(undisturbed.world.people(), PEOPLE);
    assert!(requests > 20, "{requests}");
    for number in 0..requests {
        let office = mailbox();
        *office.server.fail_at.lock().unwrap() = Some(number);
        for _ in 0..4 {
            office.both().await;
        }
        assert_eq!(office.world.meetings(), MEETINGS, "request {number} failed");
        assert_eq!(office.world.people(), PEOPLE, "request {number} failed");
        assert_eq!(office.attendees("S"), ["Ben ben@x.test"], "request {number} failed");
    }
}
