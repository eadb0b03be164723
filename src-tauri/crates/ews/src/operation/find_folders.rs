//! `FindFolder` below the mailbox's root (EWS `findfolder-operation`).

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use convoke_model::clean::{self, LONG, SHORT};
use convoke_model::record::{CalendarRecord, ContactFolderRecord};
use http::{Request, Response};

use super::probe::Mailbox;
use super::{Operation, paging};
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::folder::distinguished;
use crate::xml::{Element, Namespace, Tag};
use crate::{map, parse, request};

/// One page of all folders of the mailbox, however deep.
#[derive(Clone, Copy, Debug)]
pub struct FindFolders {
    /// How many folders the pages before had; 0 for the first.
    pub offset: u32,
}

/// One page of folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderPage {
    /// The folders, of every kind.
    pub folders: Vec<FoundFolder>,
    /// The offset of the next page.
    pub next: Option<u32>,
}

/// A folder as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFolder {
    /// Its id.
    pub id: String,
    /// The id of the folder it lies in.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// Its class, such as `IPF.Appointment`; empty for plain mail folders of old.
    pub class: String,
}

/// The folders that hold meetings and people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The calendars.
    pub calendars: Vec<CalendarRecord>,
    /// The contact folders.
    pub contact_folders: Vec<ContactFolder>,
}

/// A contact folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFolder {
    /// The folder.
    pub record: ContactFolderRecord,
    /// Whether it is the default one, whose contacts carry no folder's name.
    pub is_default: bool,
}

const FIELDS: [&str; 3] = ["folder:DisplayName", "folder:FolderClass", "folder:ParentFolderId"];

impl Operation for FindFolders {
    type Response = FolderPage;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let fields = FIELDS.map(|field| Tag::new("t:FieldURI").with("FieldURI", field));
        let shape = Tag::new("m:FolderShape")
            .child(Tag::new("t:BaseShape").text("IdOnly"))
            .child(Tag::new("t:AdditionalProperties").children(fields));
        let operation = Tag::new("m:FindFolder")
            .with("Traversal", "Deep")
            .child(shape)
            .child(paging::view("m:IndexedPageFolderView", self.offset))
            .child(Tag::new("m:ParentFolderIds").child(distinguished("msgfolderroot")));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = parse::message("FindFolder", response, endpoint)?;
        let root = message.child(Namespace::Messages, "RootFolder");
        let root = root.ok_or(EwsError::Missing { field: "RootFolder" })?;
        let found = root.typed("Folders").ok_or(EwsError::Missing { field: "Folders" })?.children();
        // What a search folder finds lies in other folders.
        let folders = found.iter().filter(|folder| folder.name() != "SearchFolder").map(folder);
        Ok(FolderPage {
            folders: folders.collect::<Result<_, _>>()?,
            next: paging::next(root, self.offset, found.len())?,
        })
    }
}

fn folder(element: &Element) -> Result<FoundFolder, EwsError> {
    Ok(FoundFolder {
        id: map::id(element, "FolderId")?,
        parent: map::id(element, "ParentFolderId").ok(),
        name: clean::optional(element.value("DisplayName"), LONG).unwrap_or_default(),
        class: clean::optional(element.word("FolderClass"), SHORT).unwrap_or_default(),
    })
}

impl Folders {
    /// The calendars and contact folders among `found` (all pages together), without those that lie in the
    /// deleted items. Of contacts only plain folders count: classes below `IPF.Contact`
    /// (`.MOC.QuickContacts`, `.RecipientCache`, …) belong to programs.
    #[must_use]
    pub fn of(found: &[FoundFolder], mailbox: &Mailbox) -> Self {
        let parents: HashMap<&str, &str> =
            found.iter().filter_map(|folder| Some((folder.id.as_str(), folder.parent.as_deref()?))).collect();
        let is_kept =
            |folder: &&FoundFolder| !is_within(&folder.id, mailbox.deleted_items.as_deref(), &parents);
        let kept = || found.iter().filter(is_kept);
        let calendars = kept().filter(|folder| is_calendar(&folder.class)).map(|folder| CalendarRecord {
            id: folder.id.clone(),
            name: folder.name.clone(),
            colour: None,
            is_default: folder.id == mailbox.calendar,
            owner: None,
        });
        let contacts = kept().filter(|folder| folder.class.eq_ignore_ascii_case("IPF.Contact"));
        let contacts = contacts.map(|folder| ContactFolder {
            record: ContactFolderRecord { id: folder.id.clone(), name: folder.name.clone() },
            is_default: mailbox.contacts.as_deref() == Some(&folder.id),
        });
        Self { calendars: calendars.collect(), contact_folders: contacts.collect() }
    }
}

/// `IPF.Appointment` or one below it, such as the calendar of birthdays.
fn is_calendar(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.strip_prefix("ipf.appointment").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a folder lies in `ancestor`. Ends on parents that go round in a circle.
fn is_within(id: &str, ancestor: Option<&str>, parents: &HashMap<&str, &str>) -> bool {
    let mut seen = HashSet::new();
    let mut at = Some(id);
    while let Some(id) = at.filter(|id| seen.insert(*id)) {
        if Some(id) == ancestor {
            return true;
        }
        at = parents.get(id).copied();
    }
    false
}

#[cfg(test)]
#[path = "find_folders_tests.rs"]
mod tests;
