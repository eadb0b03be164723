//! X.500 names and the mail addresses for them.

use chrono::Duration;

use super::answers::{attendees, contact, created, last, refuse, resolutions, single, updated};
use super::calendar::has;
use super::office::Office;

const BEN: &str = "/o=X/ou=First/cn=Recipients/cn=ben";
const EVE: &str = "/o=X/ou=First/cn=Recipients/cn=eve";

fn entry(name: &str) -> String {
    format!("<m:UnresolvedEntry>{name}</m:UnresolvedEntry>")
}

/// Two meetings with Ben, Eve (who has left) and somebody of today; one contact that is Ben.
async fn office() -> Office {
    let office = Office::new();
    let people = attendees(&[("Ben", BEN), ("Eve", EVE), ("Cai", "cai@x.test")]);
    let shouted = attendees(&[("Ben", &BEN.replace("cn=ben", "cn=BEN"))]);
    has(&office, &[single("S", "Lunch", 12).with(&people), single("T", "Tea", 13).with(&shouted)]);
    office.server.on_with(
        "ResolveNames",
        &entry(&BEN.to_lowercase()),
        [resolutions(&[("Ben", "ben@x.test")])],
    );
    office.server.on_with(
        "ResolveNames",
        &entry(&EVE.to_lowercase()),
        [refuse("ResolveNames", "ErrorNameResolutionNoResults")],
    );
    let default = r#"Id="contacts""#;
    office.server.on_with("SyncFolderItems", default, [last("p1", &[created("Contact", "B", "1")])]);
    office.server.item("B", [contact("B", "Ben", BEN)]);
    office.synced().await;
    office
}

fn names_asked(office: &Office) -> usize {
    office.server.take_operations().iter().filter(|operation| *operation == "ResolveNames").count()
}

#[tokio::test]
async fn each_name_is_asked_for_once() {
    let office = office().await;
    assert_eq!(names_asked(&office), 2);
    assert_eq!(office.attendees("S"), ["Ben ben@x.test", "Eve ", "Cai cai@x.test"]);
    assert_eq!(office.attendees("T"), ["Ben ben@x.test"]);
    // Other rounds and services know them already.
    office.synced_contacts().await;
    let ben = office.world.store.reader().unwrap().contact("B").unwrap().unwrap();
    assert_eq!(ben.emails[0].address, "ben@x.test");
    assert_eq!(names_asked(&office), 0);
}

#[tokio::test]
async fn who_was_nobody_is_asked_for_again_a_day_later() {
    let office = office().await;
    names_asked(&office);
    let changed = [last("c2", &[updated("CalendarItem", "S", "2")])];
    office.server.on_with("SyncFolderItems", "<m:SyncState>empty<", changed);
    let people = attendees(&[("Ben", BEN), ("Eve", EVE)]);
    office.server.on_with(
        "SyncFolderItems",
        "<m:SyncState>c2<",
        [last("c3", &[updated("CalendarItem", "S", "3")])],
    );
    has(&office, &[single("S", "Lunch", 12).key("2").with(&people)]);
    office.synced().await;
    assert_eq!(names_asked(&office), 0);
    has(&office, &[single("S", "Lunch", 12).key("3").with(&people)]);
    office.server.on_with(
        "ResolveNames",
        &entry(&EVE.to_lowercase()),
        [resolutions(&[("Eve", "eve@x.test")])],
    );
    office.world.later(Duration::days(1));
    office.synced().await;
    assert_eq!(names_asked(&office), 1);
    assert_eq!(office.attendees("S"), ["Ben ben@x.test", "Eve eve@x.test"]);
}

#[tokio::test]
async fn several_people_under_a_name_are_nobody() {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12).with(&attendees(&[("Ben", BEN)]))]);
    office.server.on("ResolveNames", [resolutions(&[("Ben", "ben@x.test"), ("Ben", "ben2@x.test")])]);
    office.synced().await;
    assert_eq!(office.attendees("S"), ["Ben "]);
}

#[tokio::test]
async fn where_the_directory_may_not_be_asked_names_remain() {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12).with(&attendees(&[("Ben", BEN)]))]);
    office.server.on("ResolveNames", [refuse("ResolveNames", "ErrorAccessDenied")]);
    office.synced().await;
    assert_eq!(office.attendees("S"), ["Ben "]);
}

#[tokio::test]
async fn names_beyond_measure_are_for_a_later_round() {
    let office = Office::new();
    let names: Vec<String> = (0..600).map(|number| format!("/o=X/cn=n{number}")).collect();
    let people: Vec<(&str, &str)> = names.iter().map(|name| ("Somebody", name.as_str())).collect();
    has(&office, &[single("S", "Lunch", 12).with(&attendees(&people))]);
    office.server.on("ResolveNames", [resolutions(&[("One", "one@x.test")])]);
    office.synced().await;
    assert_eq!(names_asked(&office), 500);
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    // It is not done with: the next round reads it again, though nothing changed.
    office.synced().await;
    assert_eq!(names_asked(&office), 100);
    assert!(office.attendees("S").iter().all(|one| one == "Somebody one@x.test"));
}
