//! Contacts, folders and their rounds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::client::{Client, escaped, start};

#[tokio::test]
async fn the_default_folder_is_in_no_list() {
    let client = start(1).await;
    let (folders, _) = client.all("/me/contactFolders").await;
    let names: Vec<&str> = folders.iter().map(|folder| folder["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["Clientes", "Lieferanten & Partner"]);
    let contact = client.get("/me/contacts").await.items()[0].clone();
    let default = client
        .get(&format!("/me/contactFolders/{}", escaped(contact["parentFolderId"].as_str().unwrap())))
        .await;
    assert_eq!(default.body["displayName"], "Contacts");
    let below = client
        .get(&format!("/me/contactFolders/{}/childFolders", escaped(folders[0]["id"].as_str().unwrap())))
        .await;
    assert_eq!(below.items()[0]["displayName"], "VIP");
}

#[tokio::test]
async fn rounds_may_select() {
    let client = start(1).await;
    let (items, _) = client.all("/me/contacts/delta?$select=displayName").await;
    let plain: Vec<&Value> = items.iter().filter(|item| item.get("@removed").is_none()).collect();
    assert!(plain.iter().all(|item| item["id"].is_string() && item.get("emailAddresses").is_none()));
    let refused = client.get("/me/contacts/delta?$orderby=displayName").await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn a_moved_contact_keeps_its_immutable_id_and_is_removed_where_it_was() {
    let client = start(1).await;
    let (key, from, to) = {
        let world = client.tenant.shared.world();
        let mailbox = &world.mailboxes[0];
        let folders = &mailbox.folders;
        let contact = mailbox.live_contacts().find(|contact| contact.folder == folders[0].key).unwrap();
        (contact.key, folders[0].key, folders[1].key)
    };
    let path = |folder: u64| {
        let id = client.tenant.shared.world().mailboxes[0].folder_id(folder);
        format!("/me/contactFolders/{}/contacts/delta", escaped(&id))
    };
    let (_, old) = client.all(&path(from)).await;
    let (_, new) = client.all(&path(to)).await;
    convoke_tenant::mutate::contacts::move_to(&mut client.tenant.shared.world_mut().mailboxes[0], key, to);
    let (left, _) = client.all(&old.unwrap()).await;
    let (arrived, _) = client.all(&new.unwrap()).await;
    assert!(left[0].get("@removed").is_some() && arrived[0].get("@removed").is_none());
    assert_eq!(left[0]["id"], arrived[0]["id"]);
}

/// Contacts by folder and id, kept by rounds alone.
#[derive(Default)]
struct Copy {
    rows: BTreeMap<(String, String), Value>,
    links: BTreeMap<String, String>,
}

impl Copy {
    async fn sync(&mut self, client: &Client) {
        let mut folders = vec!["contacts".to_owned()];
        let (named, _) = client.all("/me/contactFolders/delta").await;
        folders.extend(named.iter().map(|folder| folder["id"].as_str().unwrap().to_owned()));
        for folder in folders {
            let first = format!("/me/contactFolders/{}/contacts/delta", escaped(&folder));
            let (entries, link) = client.all(self.links.get(&folder).unwrap_or(&first)).await;
            for entry in entries {
                let key = (folder.clone(), entry["id"].as_str().unwrap().to_owned());
                if entry.get("@removed").is_some() {
                    self.rows.remove(&key);
                } else {
                    self.rows.insert(key, entry);
                }
            }
            self.links.insert(folder, link.unwrap());
        }
    }

    fn shown(&self) -> BTreeSet<String> {
        let row = |row: &Value| json!([row["id"], row["mobilePhone"], row["jobTitle"]]).to_string();
        self.rows.values().map(row).collect()
    }
}

#[tokio::test]
async fn contacts_follow_forty_changes() {
    let client = start(5).await;
    let mut copy = Copy::default();
    for seed in 0..40 {
        copy.sync(&client).await;
        let world = client.tenant.shared.world();
        let truth = convoke_tenant::truth::contacts(&world, 0);
        let row = |contact: &Value| {
            let phones = contact["phones"].as_array().unwrap();
            let mobile =
                phones.iter().find(|phone| phone["kind"] == "mobile").map(|phone| phone["number"].clone());
            json!([contact["id"], mobile, contact["title"]]).to_string()
        };
        let truth: BTreeSet<String> = truth.as_array().unwrap().iter().map(row).collect();
        assert_eq!(copy.shown(), truth, "change {seed}");
        drop(world);
        let names = ["addContact", "deleteContact", "changeContact", "moveContact", "addFolder"];
        client.mutate(names[seed as usize % names.len()], seed);
    }
}
