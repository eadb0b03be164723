//! Folders: found by name, by id, and below each other.

use crate::client::{folder_element, start};

#[tokio::test]
async fn distinguished_folders_say_what_they_are() {
    let client = start().await;
    let answer = client.get_folder("calendar").await;
    assert_eq!((answer.status, answer.codes()), (200, vec!["NoError".to_owned()]));
    let calendar = answer.one("CalendarFolder");
    assert_eq!(calendar.child_text("FolderClass"), Some("IPF.Appointment"));
    assert_eq!(calendar.child_text("DistinguishedFolderId"), Some("calendar"));
    assert!(calendar.child("UnreadCount").is_none());
    let info = answer.one("ServerVersionInfo");
    assert_eq!((info.attribute("MajorVersion"), info.attribute("MinorVersion")), (Some("15"), Some("2")));
    let id = calendar.child("FolderId").unwrap().attribute("Id").unwrap().to_owned();
    assert_eq!(client.get_folder(&id).await.one("CalendarFolder"), calendar);
}

#[tokio::test]
async fn each_folder_has_a_message_of_its_own() {
    let client = start().await;
    let contacts = client.get_folder("contacts").await.one("ContactsFolder");
    let id = contacts.child("FolderId").unwrap().attribute("Id").unwrap().to_owned();
    let references = [
        folder_element("contacts"),
        folder_element("voicemail"),
        folder_element(&id.to_lowercase()),
        "<t:FolderId Id='AAA='/>".to_owned(),
        "<t:DistinguishedFolderId Id='calendar'><t:Mailbox><t:EmailAddress>lucia.moreno@contoso.example\
         </t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>"
            .to_owned(),
    ];
    let answer = client
        .post(&format!(
            "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>{}\
             </m:FolderIds></m:GetFolder>",
            references.concat()
        ))
        .await;
    let expected = [
        "NoError",
        "ErrorFolderNotFound",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdMalformed",
        "ErrorNonExistentMailbox",
    ];
    assert_eq!(answer.codes(), expected);
}

#[tokio::test]
async fn the_tree_has_calendars_contacts_and_what_must_be_skipped() {
    let client = start().await;
    let answer = client
        .post(
            "<m:FindFolder Traversal='Deep'><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>\
             <m:IndexedPageFolderView MaxEntriesReturned='8' Offset='8' BasePoint='Beginning'/>\
             <m:ParentFolderIds><t:DistinguishedFolderId Id='msgfolderroot'/></m:ParentFolderIds></m:FindFolder>",
        )
        .await;
    let root = answer.one("RootFolder");
    assert_eq!(root.attribute("IndexedPagingOffset"), Some("16"));
    assert_eq!(root.attribute("IncludesLastItemInRange"), Some("false"));
    let total: usize = root.attribute("TotalItemsInView").unwrap().parse().unwrap();
    let whole = client
        .post(
            "<m:FindFolder Traversal='Deep'><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>\
             <m:ParentFolderIds><t:DistinguishedFolderId Id='msgfolderroot'/></m:ParentFolderIds></m:FindFolder>",
        )
        .await;
    let classes: Vec<String> = whole.all("FolderClass").into_iter().map(|class| class.text).collect();
    assert_eq!(classes.len(), total);
    let count = |class: &str| classes.iter().filter(|known| *known == class).count();
    assert_eq!((count("IPF.Appointment"), count("IPF.Contact")), (2, 4));
    assert_eq!(count("IPF.Contact.MOC.QuickContacts"), 1);
    let names: Vec<String> = whole.all("DisplayName").into_iter().map(|name| name.text).collect();
    assert!(names.contains(&"Travel & Reisen".to_owned()));
    assert!(!names.contains(&"Shared with me".to_owned()), "what others share lies in their mailboxes");
}
