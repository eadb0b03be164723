//! `SyncFolderItems` (EWS `syncfolderitems-operation`).

use bytes::Bytes;
use http::{Request, Response};

use super::{Operation, paging};
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::folder::Folder;
use crate::item::ItemRef;
use crate::xml::{Element, Namespace, Tag};
use crate::{map, parse, request, xml};

/// One page of what changed in a folder. Of a series only the master is named, never its dates; so for
/// calendars this says that something changed, and [`CalendarView`](super::CalendarView) says what.
#[derive(Clone, Debug)]
pub struct SyncItems {
    /// The folder.
    pub folder: Folder,
    /// The state that the page before, or the last round, ended with; `None` starts from nothing.
    pub state: Option<String>,
}

/// One page of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncPage {
    /// New items.
    pub created: Vec<ItemRef>,
    /// Changed items.
    pub updated: Vec<ItemRef>,
    /// Ids that are gone.
    pub deleted: Vec<String>,
    /// How many items were merely read or marked unread.
    pub read: usize,
    /// What to go on with. To be kept only together with what the changes led to.
    pub state: String,
    /// Whether the round is complete; otherwise the next page is to be asked for with the new state.
    pub is_last: bool,
}

/// Changes that a page has at most (`MaxChangesReturned`, 1 to 512).
const MOST: u32 = 512;

/// Bytes of a state. Those of Exchange have a few thousand, and grow with the folder.
const STATE: usize = xml::TEXT / 2;

impl SyncPage {
    /// Whether anything changed that the cache would have to know.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        !(self.created.is_empty() && self.updated.is_empty() && self.deleted.is_empty())
    }
}

impl Operation for SyncItems {
    type Response = SyncPage;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let operation = Tag::new("m:SyncFolderItems")
            .child(Tag::new("m:ItemShape").child(Tag::new("t:BaseShape").text("IdOnly")))
            .child(Tag::new("m:SyncFolderId").child(self.folder.tag()))
            .children(self.state.iter().map(|state| Tag::new("m:SyncState").text(state)))
            .child(Tag::new("m:MaxChangesReturned").text(&MOST.to_string()));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = parse::message("SyncFolderItems", response, endpoint)?;
        let text = |name: &str| message.child(Namespace::Messages, name).map(|text| text.text().trim());
        let is_state = |state: &&str| !state.is_empty() && state.len() <= STATE;
        let state = text("SyncState").filter(is_state).ok_or(EwsError::Missing { field: "SyncState" })?;
        let last = text("IncludesLastItemInRange").and_then(paging::boolean);
        let mut page = SyncPage {
            created: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
            read: 0,
            state: state.to_owned(),
            is_last: last.ok_or(EwsError::Missing { field: "IncludesLastItemInRange" })?,
        };
        let changes =
            message.child(Namespace::Messages, "Changes").ok_or(EwsError::Missing { field: "Changes" })?;
        changes.children().iter().try_for_each(|change| page.add(change))?;
        // A state that leads nowhere would be asked for again and again.
        if !page.is_last && self.state.as_deref() == Some(&page.state) {
            return Err(EwsError::Missing { field: "an end to its changes" });
        }
        Ok(page)
    }
}

impl SyncPage {
    fn add(&mut self, change: &Element) -> Result<(), EwsError> {
        let item = || {
            map::reference(change.children().first().ok_or(EwsError::Missing { field: "a changed item" })?)
        };
        match change.name() {
            "Create" => self.created.push(item()?),
            "Update" => self.updated.push(item()?),
            "Delete" => self.deleted.push(map::id(change, "ItemId")?),
            "ReadFlagChange" => self.read += 1,
            _ => return Err(EwsError::Missing { field: "a known kind of change" }),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Operation, SyncItems, SyncPage};
    use crate::item::ItemRef;
    use crate::operation::test_answers::{answer, body, endpoint, failure, messages, success};
    use crate::{EwsError, Folder, RefusalKind};

    fn sync(state: Option<&str>) -> SyncItems {
        SyncItems { folder: Folder::Calendar, state: state.map(str::to_owned) }
    }

    fn content(state: &str, last: &str, changes: &str) -> String {
        success(
            "SyncFolderItems",
            &format!(
                "<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange><m:Changes>{changes}</m:Changes>"
            ),
        )
    }

    fn parse(state: Option<&str>, content: &str) -> Result<SyncPage, EwsError> {
        sync(state).parse(&messages("SyncFolderItems", content), &endpoint())
    }

    const CHANGES: &str = r#"<t:Create><t:CalendarItem><t:ItemId Id="A" ChangeKey="1"/></t:CalendarItem></t:Create>
        <t:Update><t:CalendarItem><t:ItemId Id="B" ChangeKey="2"/></t:CalendarItem></t:Update>
        <t:Delete><t:ItemId Id="C" ChangeKey="3"/></t:Delete><t:ReadFlagChange><t:ItemId Id="D" ChangeKey="4"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>"#;

    #[test]
    fn requests() {
        assert_eq!(
            body(&sync(None)),
            r#"<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="calendar"/></m:SyncFolderId><m:MaxChangesReturned>512</m:MaxChangesReturned></m:SyncFolderItems>"#
        );
        assert!(
            body(&sync(Some("H4s&"))).contains("</m:SyncFolderId><m:SyncState>H4s&amp;</m:SyncState><m:Max")
        );
    }

    #[test]
    fn a_page_of_changes() {
        let page = parse(Some("old"), &content(" H4sI+/= ", "true", CHANGES)).unwrap();
        let item = |id: &str, key: &str| ItemRef { id: id.to_owned(), change_key: Some(key.to_owned()) };
        assert!(page.is_dirty());
        let expected = SyncPage {
            created: vec![item("A", "1")],
            updated: vec![item("B", "2")],
            deleted: vec!["C".to_owned()],
            read: 1,
            state: "H4sI+/=".to_owned(),
            is_last: true,
        };
        assert_eq!(page, expected);
        let read = r#"<t:ReadFlagChange><t:ItemId Id="D" ChangeKey="4"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>"#;
        let page = parse(None, &content("s", "false", read)).unwrap();
        assert!(!page.is_dirty() && !page.is_last);
    }

    #[test]
    fn f58_a_lost_state() {
        for code in ["ErrorInvalidSyncStateData", "ErrorSyncFolderNotFound"] {
            let error = parse(Some("old"), &failure("SyncFolderItems", code, "")).unwrap_err();
            assert_eq!(error.kind(), Some(&RefusalKind::SyncStateLost));
        }
    }

    #[test]
    fn f43_pages_that_are_not_whole_are_refused() {
        for content in [
            content("", "true", ""),
            content(&"x".repeat(600_000), "true", ""),
            content("s", "", ""),
            content("s", "perhaps", ""),
            content("s", "true", "<t:Create/>"),
            content("s", "true", "<t:Create><t:CalendarItem/></t:Create>"),
            content("s", "true", "<t:Delete/>"),
            content("s", "true", "<t:Renamed/>"),
            content("old", "false", CHANGES),
            success(
                "SyncFolderItems",
                "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>",
            ),
        ] {
            assert!(matches!(parse(Some("old"), &content), Err(EwsError::Missing { .. })), "{content}");
        }
        let whole = messages("SyncFolderItems", &content("s", "true", CHANGES));
        for length in 0..whole.body().len() {
            let parsed = sync(None).parse(&answer(200, whole.body().slice(..length)), &endpoint());
            assert!(matches!(parsed, Err(EwsError::Malformed { .. })), "{length}");
        }
    }
}
