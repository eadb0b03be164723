//! Rounds of changes.

use std::collections::BTreeSet;

use crate::client::{Answer, Client, PAT, id_of, start};

/// All changes since a state, as `kind` and id, and the next state.
async fn round(
    client: &Client,
    folder: &str,
    mut state: String,
    most: usize,
) -> (Vec<(String, String)>, String) {
    let mut changes = Vec::new();
    for _ in 0..1000 {
        let answer = client.sync(folder, &state, most).await;
        assert_eq!(answer.codes(), ["NoError"], "{}", answer.text);
        let page = of_page(&answer);
        assert!(page.len() <= most);
        changes.extend(page);
        state = answer.one("SyncState").text;
        if answer.one("IncludesLastItemInRange").text == "true" {
            return (changes, state);
        }
    }
    panic!("the round never ends");
}

fn of_page(answer: &Answer) -> Vec<(String, String)> {
    let changes = answer.one("Changes").children.into_iter();
    changes
        .map(|change| {
            let has_id = change.child("ItemId").is_some();
            let (id, _) = if has_id { id_of(&change) } else { id_of(&change.children[0]) };
            (change.name, id)
        })
        .collect()
}

/// Ids of what the default calendar holds.
fn stored(client: &Client) -> BTreeSet<String> {
    let world = client.tenant.shared.world();
    let mailbox = &world.mailboxes[PAT];
    let calendar = mailbox.calendars[0].key;
    let events = mailbox.live_events().filter(|event| event.calendar == calendar);
    events.map(|event| mailbox.event_id(event.key, None, false)).collect()
}

#[tokio::test]
async fn a_first_round_creates_masters_and_single_items() {
    let client = start().await;
    let (changes, state) = round(&client, "calendar", String::new(), 5).await;
    let created: BTreeSet<String> = changes.iter().map(|(_, id)| id.clone()).collect();
    assert!(changes.iter().all(|(kind, _)| kind == "Create"));
    assert_eq!(created.len(), changes.len());
    assert_eq!(created, stored(&client));
    let (nothing, _) = round(&client, "calendar", state, 512).await;
    assert!(nothing.is_empty());
}

#[tokio::test]
async fn dates_are_never_named_their_masters_are() {
    let client = start().await;
    let (_, mut state) = round(&client, "calendar", String::new(), 512).await;
    for (seed, name) in ["moveDate", "retitleDate", "deleteDate", "cancelDate"].into_iter().enumerate() {
        let told = client.mutate(PAT, name, seed as u64);
        let key: u64 = told.split(' ').nth(2).unwrap().parse().unwrap();
        let (id, calendar) = {
            let world = client.tenant.shared.world();
            let mailbox = &world.mailboxes[PAT];
            (mailbox.event_id(key, None, false), mailbox.events[&key].calendar == mailbox.calendars[0].key)
        };
        let (changes, next) = round(&client, "calendar", state, 512).await;
        state = next;
        let expected = if calendar { vec![("Update".to_owned(), id)] } else { Vec::new() };
        assert_eq!(changes, expected, "{told}");
    }
}

#[tokio::test]
async fn creation_change_reading_and_deletion_are_told_apart() {
    let client = start().await;
    let (_, state) = round(&client, "calendar", String::new(), 512).await;
    let (created, changed, read, gone) = {
        let mut world = client.tenant.shared.world_mut();
        let mailbox = &mut world.mailboxes[PAT];
        let calendar = mailbox.calendars[0].key;
        let singles: Vec<u64> = mailbox
            .live_events()
            .filter(|event| event.calendar == calendar && event.series().is_none())
            .map(|event| event.key)
            .collect();
        let like = mailbox.events[&singles[0]].clone();
        let created = mailbox.add_event(calendar, like.content, like.shape);
        convoke_tenant::mutate::events::change(mailbox, singles[0], |event| event.content.subject.push('!'));
        convoke_tenant::mutate::events::mark_read(mailbox, singles[1]);
        convoke_tenant::mutate::events::delete(mailbox, singles[2]);
        let id = |key: u64| mailbox.event_id(key, None, false);
        (id(created), id(singles[0]), id(singles[1]), id(singles[2]))
    };
    let (changes, state) = round(&client, "calendar", state, 1).await;
    let expected = [("Create", created), ("Update", changed), ("ReadFlagChange", read), ("Delete", gone)];
    let expected: Vec<(String, String)> =
        expected.into_iter().map(|(kind, id)| (kind.to_owned(), id)).collect();
    assert_eq!(changes, expected);
    assert!(round(&client, "calendar", state, 512).await.0.is_empty());
}

#[tokio::test]
async fn a_contact_that_moves_leaves_one_folder_and_comes_to_the_other() {
    let client = start().await;
    let (here, there, key) = {
        let world = client.tenant.shared.world();
        let mailbox = &world.mailboxes[PAT];
        let (here, there) = (mailbox.folders[0].key, mailbox.folders[1].key);
        let contact = mailbox.live_contacts().find(|contact| contact.folder == here).unwrap();
        (mailbox.folder_id(here), mailbox.folder_id(there), contact.key)
    };
    let (_, state_here) = round(&client, &here, String::new(), 512).await;
    let (_, state_there) = round(&client, &there, String::new(), 512).await;
    let (before, after) = {
        let mut world = client.tenant.shared.world_mut();
        let mailbox = &mut world.mailboxes[PAT];
        let before = mailbox.contact_id(&mailbox.contacts[&key], false);
        let target = mailbox.folders[1].key;
        convoke_tenant::mutate::contacts::move_to(mailbox, key, target);
        (before, mailbox.contact_id(&mailbox.contacts[&key], false))
    };
    assert_ne!(before, after);
    let (left, _) = round(&client, &here, state_here, 512).await;
    let (came, _) = round(&client, &there, state_there, 512).await;
    assert_eq!(left, [("Delete".to_owned(), before)]);
    assert_eq!(came, [("Create".to_owned(), after)]);
}

#[tokio::test]
async fn lost_and_foreign_states_are_refused() {
    let client = start().await;
    let (_, state) = round(&client, "calendar", String::new(), 512).await;
    let refused = async |folder: &str, state: &str| {
        let answer = client.sync(folder, state, 512).await;
        assert_eq!(answer.one("IncludesLastItemInRange").text, "true");
        assert_eq!(answer.one("SyncState").text, "");
        answer.codes().concat()
    };
    assert_eq!(refused("calendar", "H4sIAAAA").await, "ErrorInvalidSyncStateData");
    assert_eq!(refused("contacts", &state).await, "ErrorInvalidSyncStateData");
    let done = client.control(reqwest::Method::DELETE, "sync-states", serde_json::json!({})).await;
    assert_eq!(done, 200);
    assert_eq!(refused("calendar", &state).await, "ErrorInvalidSyncStateData");
    assert_eq!(refused("voicemail", "").await, "ErrorSyncFolderNotFound");
    assert_eq!(client.sync("calendar", "", 513).await.codes(), ["ErrorSchemaValidation"]);
}

#[tokio::test]
async fn the_tree_is_followed_as_well() {
    let client = start().await;
    let sync = async |state: &str| {
        let state =
            if state.is_empty() { String::new() } else { format!("<m:SyncState>{state}</m:SyncState>") };
        let answer = client
            .post(&format!(
                "<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>{state}\
                 </m:SyncFolderHierarchy>"
            ))
            .await;
        let changes: Vec<String> =
            answer.one("Changes").children.into_iter().map(|change| change.name).collect();
        (changes, answer.one("SyncState").text)
    };
    let (first, state) = sync("").await;
    assert!(first.len() > 20 && first.iter().all(|kind| kind == "Create"));
    client.mutate(PAT, "renameFolder", 1);
    client.mutate(PAT, "addFolder", 1);
    let (mut changes, state) = sync(&state).await;
    changes.sort();
    assert_eq!(changes, ["Create", "Update"]);
    client.mutate(PAT, "deleteFolder", 1);
    let (gone, _) = sync(&state).await;
    assert!(!gone.is_empty() && gone.iter().all(|kind| kind == "Delete"), "{gone:?}");
}
