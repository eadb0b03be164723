//! Folders of the mailbox.

use crate::xml::Tag;

/// A folder that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// The default calendar.
    Calendar,
    /// The default contact folder.
    Contacts,
    /// The folder of that id.
    Id(String),
}

impl Folder {
    pub(crate) fn tag(&self) -> Tag {
        match self {
            Self::Calendar => distinguished("calendar"),
            Self::Contacts => distinguished("contacts"),
            Self::Id(id) => Tag::new("t:FolderId").with("Id", id),
        }
    }
}

/// A folder by the name that it has in every mailbox (`DistinguishedFolderId`).
pub(crate) fn distinguished(name: &str) -> Tag {
    Tag::new("t:DistinguishedFolderId").with("Id", name)
}
