//! Contact folders.

use convoke_store::Collection;

use super::answers::{
    contact, contact_folder, created, deleted, failure, folders, last, list, more, refuse, success, updated,
};
use super::office::Office;

const STATE: &str = "SyncFolderItems";
const DEFAULT: &str = r#"Id="contacts""#;

fn state(state: &str) -> String {
    format!("<m:SyncState>{state}</m:SyncState>")
}

fn of(folder: &str) -> String {
    format!(r#"Id="{folder}""#)
}

/// The default folder with Ana and a list, and the folder `SUP=` with Cai.
async fn first_round() -> Office {
    let office = Office::new();
    office.server.on(
        "FindFolder",
        [folders(&[
            contact_folder("CON=", "Contacts"),
            contact_folder("SUP=", "Suppliers"),
            ("ContactsFolder", "CACHE=", "Recipients", "IPF.Contact.RecipientCache"),
        ])],
    );
    office.server.on_with(STATE, DEFAULT, [more("p0", &[created("Contact", "A", "1")])]);
    office.server.on_with(STATE, &state("p0"), [last("p1", &[created("DistributionList", "L", "1")])]);
    office.server.on_with(STATE, &state("p1"), [last("p1", &[])]);
    office.server.on_with(STATE, &of("SUP="), [last("s1", &[created("Contact", "C", "1")])]);
    office.server.on_with(STATE, &state("s1"), [last("s1", &[])]);
    office.server.item("A", [contact("A", "Ana", "ana@x.test")]);
    office.server.item("C", [contact("C", "Cai", "cai@x.test")]);
    let members = r#"<t:Members><t:Member><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>ben@x.test</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:Member></t:Members>"#;
    office.server.item("L", [success(
        "GetItem",
        &format!(r#"<m:Items><t:DistributionList><t:ItemId Id="L" ChangeKey="1"/><t:DisplayName>Friends</t:DisplayName>{members}</t:DistributionList></m:Items>"#),
    )]);
    let report = office.synced_contacts().await;
    assert_eq!((report.added, report.requests), (3, 7));
    assert_eq!(office.world.people(), PEOPLE);
    office.server.take();
    office
}

/// The ids that were read last.
fn read(office: &Office) -> Vec<String> {
    let asked = office.server.asked();
    let read = asked.iter().rfind(|asked| asked.operation == "GetItem").unwrap();
    read.ids().into_iter().map(str::to_owned).collect()
}

const PEOPLE: [&str; 3] = ["A Ana ", "C Cai Suppliers", "L Friends "];

#[tokio::test]
async fn all_folders_of_people_are_synced_lists_too() {
    let office = first_round().await;
    let friends = office.world.store.reader().unwrap().contact("L").unwrap().unwrap();
    assert_eq!(friends.emails[0].address, "ben@x.test");
    let report = office.synced_contacts().await;
    assert_eq!((report.added, report.updated, report.removed, report.requests), (0, 0, 0, 4));
}

#[tokio::test]
async fn contacts_are_created_changed_and_deleted() {
    let office = first_round().await;
    let changes = [updated("Contact", "A", "2"), created("Contact", "D", "1"), deleted("L")];
    office.server.on_with(STATE, &state("p1"), [last("p2", &changes)]);
    office.server.on_with(STATE, &state("p2"), [last("p2", &[])]);
    office.server.item("A", [contact("A", "Ana Gil", "ana@x.test")]);
    office.server.item("D", [contact("D", "Dee", "dee@x.test")]);
    let report = office.synced_contacts().await;
    assert_eq!((report.added, report.updated, report.removed), (1, 1, 1));
    assert_eq!(office.world.people(), ["A Ana Gil ", "C Cai Suppliers", "D Dee "]);
    assert_eq!(read(&office), ["A", "D"]);
    office.server.take();
    assert_eq!(office.synced_contacts().await.requests, 4);
}

#[tokio::test]
async fn the_last_change_of_a_contact_counts() {
    let office = first_round().await;
    let (come, go) = (created("Contact", "D", "1"), deleted("D"));
    office.server.on_with(STATE, &state("p1"), [more("p2", &[come.clone(), updated("Contact", "A", "2")])]);
    office.server.on_with(STATE, &state("p2"), [last("p3", &[go])]);
    office.server.on_with(STATE, &state("p3"), [last("p3", &[])]);
    office.server.item("D", [contact("D", "Dee", "dee@x.test")]);
    let report = office.synced_contacts().await;
    assert_eq!((report.added, report.removed), (0, 0));
    assert_eq!(read(&office), ["A"]);
}

#[tokio::test]
async fn a_contact_that_is_gone_before_it_is_read_is_gone() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("p1"), [last("p2", &[updated("Contact", "A", "2")])]);
    office.server.item("A", [failure("GetItem", "ErrorItemNotFound")]);
    assert_eq!(office.synced_contacts().await.removed, 1);
    assert_eq!(office.world.people(), ["C Cai Suppliers", "L Friends "]);
}

#[tokio::test]
async fn f58_a_lost_state_is_followed_by_a_full_round() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("p1"), [refuse(STATE, "ErrorInvalidSyncStateData")]);
    let there = [created("Contact", "A", "1"), created("Contact", "D", "1")];
    office.server.on_with(STATE, DEFAULT, [last("p9", &there)]);
    office.server.item("D", [contact("D", "Dee", "dee@x.test")]);
    let report = office.synced_contacts().await;
    assert_eq!((report.added, report.updated, report.removed), (1, 0, 1));
    assert_eq!(office.world.people(), ["A Ana ", "C Cai Suppliers", "D Dee "]);
}

#[tokio::test]
async fn where_changes_are_refused_the_plain_list_serves() {
    let office = Office::new();
    office.server.on(STATE, [refuse(STATE, "ErrorInvalidOperation")]);
    office.server.on("FindItem", [list(&["A"])]);
    office.server.item("A", [contact("A", "Ana", "ana@x.test")]);
    office.synced_contacts().await;
    assert_eq!(office.world.people(), ["A Ana "]);
    assert_eq!(office.cursor(Collection::Contacts(None)), None);
}

#[tokio::test]
async fn a_note_in_a_contact_folder_hides_nobody() {
    let office = first_round().await;
    let changes = [created("Message", "N", "1"), created("Contact", "D", "1")];
    office.server.on_with(STATE, &state("p1"), [last("p2", &changes)]);
    office.server.item("D", [contact("D", "Dee", "dee@x.test")]);
    office.server.item("N", [success(
        "GetItem",
        r#"<m:Items><t:Message><t:ItemId Id="N" ChangeKey="1"/><t:Subject>Note</t:Subject></t:Message></m:Items>"#,
    )]);
    assert_eq!(office.synced_contacts().await.added, 1);
    assert_eq!(office.world.people(), ["A Ana ", "C Cai Suppliers", "D Dee ", "L Friends "]);
}

#[tokio::test]
async fn a_contact_that_can_not_be_read_stays_and_is_tried_again() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("p1"), [last("p2", &[updated("Contact", "A", "2")])]);
    office.server.on_with(STATE, &state("p2"), [last("p3", &[])]);
    office.server.on_with(STATE, &state("p3"), [last("p3", &[])]);
    office.server.item("A", [failure("GetItem", "ErrorItemCorrupt"), contact("A", "Ana Gil", "ana@x.test")]);
    office.synced_contacts().await;
    assert_eq!(office.world.people(), PEOPLE);
    office.synced_contacts().await;
    assert_eq!(office.world.people()[0], "A Ana Gil ");
    office.server.take();
    assert_eq!(office.synced_contacts().await.requests, 4);
    // A full round does not delete it either.
    office.server.item("A", [failure("GetItem", "ErrorItemCorrupt")]);
    assert!(office.engine.sync_contacts(true).await.is_complete());
    assert_eq!(office.world.people()[0], "A Ana Gil ");
}

#[tokio::test]
async fn where_nothing_at_all_can_be_read_it_is_not_the_contacts() {
    let office = Office::new();
    let ids: Vec<String> = (10..40).map(|number| format!("C{number}")).collect();
    let all: Vec<String> = ids.iter().map(|id| created("Contact", id, "1")).collect();
    office.server.on_with(STATE, DEFAULT, [last("p1", &all)]);
    for id in &ids {
        office
            .server
            .item(id, [failure("GetItem", "ErrorInternalServerError"), contact(id, "Ann", "a@x.test")]);
    }
    let report = office.contacts().await;
    assert_eq!(report.status.code.as_deref(), Some("ErrorInternalServerError"));
    assert_eq!(office.cursor(Collection::Contacts(None)), None);
    // It passes, and nobody is missing.
    for _ in 0..3 {
        office.contacts().await;
    }
    assert_eq!(office.world.people().len(), 30);
}

#[tokio::test]
async fn f44_a_folder_that_seems_emptied_is_verified() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("p1"), [last("p2", &[deleted("A"), deleted("L")])]);
    office.server.on("FindItem", [list(&["A", "L"])]);
    let report = office.synced_contacts().await;
    assert_eq!((report.removed, office.world.people()), (0, PEOPLE.map(str::to_owned).to_vec()));
    office.server.on_with(STATE, DEFAULT, [last("p3", &[])]);
    office.server.on("FindItem", [list(&[])]);
    assert_eq!(office.synced_contacts().await.removed, 2);
    assert_eq!(office.world.people(), ["C Cai Suppliers"]);
}

#[tokio::test]
async fn a_folder_that_vanished_goes_with_its_contacts() {
    let office = first_round().await;
    office.server.on("FindFolder", [folders(&[contact_folder("CON=", "Contacts")])]);
    office.synced_contacts().await;
    assert_eq!(office.world.people(), ["A Ana ", "L Friends "]);
}

#[tokio::test]
async fn both_services_read_the_folders_once_and_one_request_at_a_time() {
    let office = Office::new();
    let report = office.both().await;
    assert!(report.services.values().all(convoke_sync::ServiceReport::is_complete));
    let operations = office.server.take_operations();
    for operation in ["GetFolder", "FindFolder"] {
        assert_eq!(operations.iter().filter(|asked| *asked == operation).count(), 1);
    }
    assert_eq!(office.server.most_in_flight.load(std::sync::atomic::Ordering::SeqCst), 1);
}
