//! Contact folders.

use crate::answers::{contact, gone, last, list, named};
use crate::script::refuse;
use crate::world::World;

const HOME: &str = "me/contacts/delta?$deltatoken=1";
const FOLDER: &str = "me/f?$deltatoken=1";

/// The default folder with Ana and Ben, a folder with Cai, and a folder in that one with Dee.
async fn folders() -> World {
    let world = World::new();
    world.server.on("me/contacts/delta", [last(&[contact("1", "Ana"), contact("2", "Ben")], HOME)]);
    world.server.on("me/contactFolders", [list(&[named("F", "Suppliers")])]);
    world.server.on("me/contactFolders/F/childFolders", [list(&[named("G", "Old")])]);
    world.server.on("me/contactFolders/G/childFolders", [list(&[])]);
    world.server.on("me/contactFolders/F/contacts/delta", [last(&[contact("3", "Cai")], FOLDER)]);
    world
        .server
        .on("me/contactFolders/G/contacts/delta", [last(&[contact("4", "Dee")], "me/g?$deltatoken=1")]);
    for link in [HOME, FOLDER, "me/g?$deltatoken=1"] {
        world.server.on(link, [last(&[], link)]);
    }
    let report = world.contacts().await;
    assert!(report.is_complete(), "{:?}", report.errors);
    assert_eq!(report.added, 4);
    assert_eq!(world.people(), ["1 Ana ", "2 Ben ", "3 Cai Suppliers", "4 Dee Old"]);
    world
}

#[tokio::test]
async fn all_folders_and_those_within_are_synced() {
    let world = folders().await;
    let report = world.contacts().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 0, 0));
}

#[tokio::test]
async fn a_contact_that_moved_is_not_lost_either_way() {
    let world = folders().await;
    world.server.on(HOME, [last(&[gone("1"), contact("3", "Cai")], HOME)]);
    world.server.on(FOLDER, [last(&[contact("1", "Ana"), gone("3")], FOLDER)]);
    let report = world.contacts().await;
    assert_eq!((report.added, report.removed), (0, 0));
    assert_eq!(world.people(), ["1 Ana Suppliers", "2 Ben ", "3 Cai ", "4 Dee Old"]);
}

#[tokio::test]
async fn a_folder_that_vanished_goes_but_not_what_moved_out_of_it() {
    let world = folders().await;
    world.server.on("me/contactFolders", [list(&[named("G", "Old")])]);
    world.server.on(HOME, [last(&[contact("3", "Cai")], HOME)]);
    let report = world.contacts().await;
    assert!(report.is_complete(), "{:?}", report.errors);
    assert_eq!(world.people(), ["1 Ana ", "2 Ben ", "3 Cai ", "4 Dee Old"]);
    world.server.on("me/contactFolders", [list(&[])]);
    world.contacts().await;
    assert_eq!(world.people(), ["1 Ana ", "2 Ben ", "3 Cai "]);
}

#[tokio::test]
async fn where_the_folders_can_not_be_listed_the_known_ones_sync() {
    let world = folders().await;
    world.server.on("me/contactFolders", [refuse(400, "ErrorInvalidRequest")]);
    world.server.on(FOLDER, [last(&[contact("5", "Eve")], FOLDER)]);
    let report = world.contacts().await;
    assert_eq!((report.errors.len(), report.added), (1, 1));
    assert_eq!(world.people().len(), 5);
}

#[tokio::test]
async fn a_renamed_folder_renames_its_contacts() {
    let world = folders().await;
    world.server.on("me/contactFolders", [list(&[named("F", "Partners")])]);
    world.contacts().await;
    assert_eq!(world.people()[2], "3 Cai Partners");
}

#[tokio::test]
async fn f58_a_lost_state_of_one_folder_is_read_anew() {
    let world = folders().await;
    world.server.on(FOLDER, [refuse(410, "resyncRequired")]);
    world.server.on(
        "me/contactFolders/F/contacts/delta",
        [last(&[contact("3", "Cai B."), contact("6", "Fay")], FOLDER)],
    );
    let report = world.contacts().await;
    assert_eq!((report.added, report.updated, report.removed), (1, 1, 0));
}

#[tokio::test]
async fn f44_a_folder_that_seems_emptied_is_verified() {
    let world = folders().await;
    world.server.on(HOME, [last(&[gone("1"), gone("2")], "me/h?$deltatoken=2")]);
    world.server.on("me/contacts", [list(&[contact("1", "Ana"), contact("2", "Ben")])]);
    let report = world.contacts().await;
    assert!(report.is_complete(), "{:?}", report.errors);
    assert_eq!(report.removed, 0);
    assert_eq!(world.people().len(), 4);
    world.server.on("me/contacts/delta", [last(&[], HOME)]);
    world.server.on("me/contacts", [list(&[])]);
    assert_eq!(world.contacts().await.removed, 2);
    assert_eq!(world.people(), ["3 Cai Suppliers", "4 Dee Old"]);
}

#[tokio::test]
async fn where_delta_is_refused_the_plain_list_serves() {
    let world = World::new();
    world.server.on("me/contacts/delta", [refuse(400, "BadRequest")]);
    world.server.on("me/contacts", [list(&[contact("1", "Ana")])]);
    assert!(world.contacts().await.is_complete());
    assert_eq!(world.people(), ["1 Ana "]);
}
