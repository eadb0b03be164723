//! Folders as they are written.

use super::tree::{self, Folder, Kind};
use crate::ews::shape::{Base, Shape};
use crate::world::MailboxData;
use crate::world::id::change_key;
use crate::xml::{Element, element};

/// A folder with the properties wanted.
#[must_use]
pub fn render(mailbox: &MailboxData, all: &[Folder<'_>], folder: &Folder<'_>, shape: &Shape) -> Element {
    let name = match folder.kind {
        Kind::Plain => "t:Folder",
        Kind::Calendar => "t:CalendarFolder",
        Kind::Contacts => "t:ContactsFolder",
        Kind::Tasks => "t:TasksFolder",
    };
    let id = |name: &'static str, folder: &Folder<'_>| {
        let id = tree::id(mailbox, folder.key);
        element(name).with("ChangeKey", change_key(hash(&id), folder.changed)).with("Id", id)
    };
    let parent = folder.parent.and_then(|parent| all.iter().find(|other| other.key == parent));
    let children = all.iter().filter(|other| other.parent == Some(folder.key)).count();
    let wants = |uri: &str, set: Base| shape.wants(uri, set);
    let mut written = element(name).child(id("t:FolderId", folder));
    if let Some(parent) = parent.filter(|_| wants("folder:ParentFolderId", Base::Default)) {
        written = written.child(id("t:ParentFolderId", parent));
    }
    if wants("folder:FolderClass", Base::Default) {
        written = written.leaf_some("t:FolderClass", folder.class);
    }
    let counted = tree::count(mailbox, folder.key).to_string();
    let leaves = [
        ("folder:DisplayName", Base::Default, "t:DisplayName", folder.name.to_owned()),
        ("folder:TotalCount", Base::Default, "t:TotalCount", counted),
        ("folder:ChildFolderCount", Base::Default, "t:ChildFolderCount", children.to_string()),
        (
            "folder:DistinguishedFolderId",
            Base::AllProperties,
            "t:DistinguishedFolderId",
            folder.distinguished.unwrap_or_default().to_owned(),
        ),
    ];
    for (uri, set, name, text) in leaves {
        if wants(uri, set) && !(text.is_empty() && name == "t:DistinguishedFolderId") {
            written = written.leaf(name, text);
        }
    }
    // Calendars and folders of contacts have no count of what is unread.
    if matches!(folder.kind, Kind::Plain | Kind::Tasks) && wants("folder:UnreadCount", Base::Default) {
        written = written.leaf("t:UnreadCount", "0");
    }
    written
}

/// A number for a folder's change key.
fn hash(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
