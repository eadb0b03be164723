use super::{FindFolders, Folders, FoundFolder, Operation};
use crate::EwsError;
use crate::operation::probe::Mailbox;
use crate::operation::test_answers::{body, endpoint, messages, success};

fn mailbox() -> Mailbox {
    Mailbox {
        calendar: "CAL".to_owned(),
        contacts: Some("CON".to_owned()),
        deleted_items: Some("DEL".to_owned()),
        server: None,
    }
}

fn found(id: &str, parent: &str, class: &str) -> FoundFolder {
    FoundFolder {
        id: id.to_owned(),
        parent: Some(parent.to_owned()),
        name: format!("Name of {id}"),
        class: class.to_owned(),
    }
}

#[test]
fn request() {
    assert_eq!(
        body(&FindFolders { offset: 1_000 }),
        r#"<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:DisplayName"/><t:FieldURI FieldURI="folder:FolderClass"/><t:FieldURI FieldURI="folder:ParentFolderId"/></t:AdditionalProperties></m:FolderShape><m:IndexedPageFolderView MaxEntriesReturned="1000" Offset="1000" BasePoint="Beginning"/><m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>"#
    );
}

#[test]
fn a_page() {
    let content = r#"<m:RootFolder IndexedPagingOffset="3" TotalItemsInView="9" IncludesLastItemInRange="false"><t:Folders>
        <t:CalendarFolder><t:FolderId Id="CAL" ChangeKey="1"/><t:ParentFolderId Id="ROOT" ChangeKey="1"/><t:FolderClass>IPF.Appointment</t:FolderClass><t:DisplayName>Kalender</t:DisplayName></t:CalendarFolder>
        <t:SearchFolder><t:FolderId Id="S" ChangeKey="1"/></t:SearchFolder>
        <t:Folder><t:FolderId Id="F" ChangeKey="1"/><t:DisplayName>Old &#x1F;</t:DisplayName></t:Folder></t:Folders></m:RootFolder>"#;
    let page = FindFolders { offset: 0 }
        .parse(&messages("FindFolder", &success("FindFolder", content)), &endpoint())
        .unwrap();
    assert_eq!(page.next, Some(3));
    let folders: Vec<_> = page
        .folders
        .iter()
        .map(|f| (f.id.as_str(), f.parent.as_deref(), f.name.as_str(), f.class.as_str()))
        .collect();
    assert_eq!(folders, [("CAL", Some("ROOT"), "Kalender", "IPF.Appointment"), ("F", None, "Old ", "")]);
}

#[test]
fn f43_pages_that_are_not_whole_are_refused() {
    for content in [
        "",
        r#"<m:RootFolder IncludesLastItemInRange="true"/>"#,
        "<m:RootFolder><t:Folders/></m:RootFolder>",
        r#"<m:RootFolder IncludesLastItemInRange="true"><t:Folders><t:Folder/></t:Folders></m:RootFolder>"#,
        r#"<m:RootFolder IncludesLastItemInRange="false"><t:Folders/></m:RootFolder>"#,
    ] {
        let answer = messages("FindFolder", &success("FindFolder", content));
        let parsed = FindFolders { offset: 0 }.parse(&answer, &endpoint());
        assert!(matches!(parsed, Err(EwsError::Missing { .. })), "{content}: {parsed:?}");
    }
}

#[test]
fn calendars_and_contact_folders() {
    let folders = Folders::of(
        &[
            found("CAL", "ROOT", "IPF.Appointment"),
            found("C2", "CAL", "ipf.appointment"),
            found("BIRTH", "CAL", "IPF.Appointment.Birthday"),
            found("INBOX", "ROOT", "IPF.Note"),
            found("CON", "ROOT", "IPF.Contact"),
            found("SUP", "CON", "IPF.Contact"),
            found("MOC", "CON", "IPF.Contact.MOC.QuickContacts"),
            found("CACHE", "CON", "IPF.Contact.RecipientCache"),
            found("DEL", "ROOT", "IPF.Note"),
            found("OLD", "DEL", "IPF.Appointment"),
            found("OLDER", "OLD", "IPF.Contact"),
            found("ODD", "ROOT", "IPF.AppointmentX"),
            // A circle.
            found("A", "B", "IPF.Appointment"),
            found("B", "A", ""),
        ],
        &mailbox(),
    );
    let calendars: Vec<_> = folders.calendars.iter().map(|c| (c.id.as_str(), c.is_default)).collect();
    assert_eq!(calendars, [("CAL", true), ("C2", false), ("BIRTH", false), ("A", false)]);
    let contacts: Vec<_> =
        folders.contact_folders.iter().map(|f| (f.record.id.as_str(), f.is_default)).collect();
    assert_eq!(contacts, [("CON", true), ("SUP", false)]);
    assert_eq!(folders.calendars[0].name, "Name of CAL");
}
