//! Contacts and groups.

use std::collections::BTreeSet;

use convoke_tenant::truth;

use crate::client::{Client, PAT, id_of, start, text_of};

async fn folders(client: &Client) -> Vec<String> {
    let answer = client
        .post(
            "<m:FindFolder Traversal='Deep'><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>\
             <m:ParentFolderIds><t:DistinguishedFolderId Id='msgfolderroot'/></m:ParentFolderIds></m:FindFolder>",
        )
        .await;
    let contacts = answer.all("ContactsFolder").into_iter();
    let own = contacts.filter(|folder| text_of(folder, "FolderClass") == "IPF.Contact");
    own.map(|folder| folder.child("FolderId").unwrap().attribute("Id").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn all_contacts_are_found_by_pages() {
    let client = start().await;
    let (mut ids, mut groups) = (BTreeSet::new(), 0);
    for folder in folders(&client).await {
        let mut offset = 0;
        loop {
            let view = format!(
                "<m:IndexedPageItemView MaxEntriesReturned='7' Offset='{offset}' BasePoint='Beginning'/>"
            );
            let page = client.find_item("Default", &view, &folder).await;
            ids.extend(page.all("Contact").iter().map(|contact| id_of(contact).0));
            groups += page.all("DistributionList").len();
            let root = page.one("RootFolder");
            if root.attribute("IncludesLastItemInRange") == Some("true") {
                break;
            }
            offset = root.attribute("IndexedPagingOffset").unwrap().parse().unwrap();
        }
    }
    let world = client.tenant.shared.world();
    let truth = truth::contacts(&world, PAT);
    let truth: BTreeSet<String> =
        truth.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, truth);
    assert_eq!(groups, 3);
}

#[tokio::test]
async fn entries_may_be_asked_for_one_by_one() {
    let client = start().await;
    let body = "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>\
        <t:AdditionalProperties><t:IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='MobilePhone'/>\
        <t:IndexedFieldURI FieldURI='contacts:PhysicalAddress:City' FieldIndex='Business'/></t:AdditionalProperties>\
        </m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id='contacts'/></m:ParentFolderIds></m:FindItem>";
    let answer = client.post(body).await;
    let entries = answer.all("Entry");
    assert!(!entries.is_empty());
    for entry in &entries {
        assert!(matches!(entry.attribute("Key"), Some("MobilePhone" | "Business")), "{entry:?}");
    }
    assert!(!answer.all("City").is_empty() && answer.all("Street").is_empty());
}

#[tokio::test]
async fn colleagues_among_the_contacts_have_x500_addresses_that_names_resolve() {
    let client = start().await;
    let view = "<m:IndexedPageItemView Offset='0' BasePoint='Beginning'/>";
    let found = client.find_item("Default", view, "contacts").await;
    let legacy = found.all("Entry").into_iter().find(|entry| entry.attribute("RoutingType") == Some("EX"));
    let dn = legacy.unwrap().text;
    let resolved = client
        .post(&format!(
            "<m:ResolveNames ReturnFullContactData='false' SearchScope='ActiveDirectory'><m:UnresolvedEntry>{dn}\
             </m:UnresolvedEntry></m:ResolveNames>"
        ))
        .await;
    assert_eq!(resolved.codes(), ["NoError"]);
    let mailbox = resolved.one("Mailbox");
    assert_eq!(text_of(&mailbox, "RoutingType"), "SMTP");
    assert!(text_of(&mailbox, "EmailAddress").contains('@'));
}

#[tokio::test]
async fn messengers_keep_copies_in_a_folder_of_their_own() {
    let client = start().await;
    let view = "<m:IndexedPageItemView Offset='0' BasePoint='Beginning'/>";
    let copies = client.find_item("Default", view, "quickcontacts").await.all("Contact");
    assert_eq!(copies.len(), 3);
    let (id, _) = id_of(&copies[0]);
    let read = client.get_items("", &[id]).await.one("Contact");
    assert_eq!(text_of(&read, "DisplayName"), text_of(&copies[0], "DisplayName"));
}
