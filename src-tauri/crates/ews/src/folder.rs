//! Folders of the mailbox.

use crate::xml::Tag;

/// A folder by the name that it has in every mailbox (`DistinguishedFolderId`).
pub(crate) fn distinguished(name: &str) -> Tag {
    Tag::new("t:DistinguishedFolderId").with("Id", name)
}
