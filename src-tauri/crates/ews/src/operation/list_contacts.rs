//! `FindItem` page by page in a contact folder (EWS `indexedpageitemview`).

use bytes::Bytes;
use http::{Request, Response};

use super::{Operation, paging};
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::folder::Folder;
use crate::item::ItemRef;
use crate::xml::{Namespace, Tag};
use crate::{map, parse, request};

/// One page of the ids of a folder's contacts and distribution lists; [`GetContacts`](super::GetContacts)
/// reads them.
#[derive(Clone, Debug)]
pub struct ListContacts {
    /// The folder.
    pub folder: Folder,
    /// How many entries the pages before had; 0 for the first.
    pub offset: u32,
}

/// One page of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPage {
    /// The items with their versions.
    pub items: Vec<ItemRef>,
    /// The offset of the next page.
    pub next: Option<u32>,
}

impl Operation for ListContacts {
    type Response = ItemPage;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let operation = Tag::new("m:FindItem")
            .with("Traversal", "Shallow")
            .child(Tag::new("m:ItemShape").child(Tag::new("t:BaseShape").text("IdOnly")))
            .child(paging::view("m:IndexedPageItemView", self.offset))
            .child(Tag::new("m:ParentFolderIds").child(self.folder.tag()));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = parse::message("FindItem", response, endpoint)?;
        let root = message.child(Namespace::Messages, "RootFolder");
        let root = root.ok_or(EwsError::Missing { field: "RootFolder" })?;
        let found = root.typed("Items").ok_or(EwsError::Missing { field: "Items" })?.children();
        let people = found.iter().filter(|item| matches!(item.name(), "Contact" | "DistributionList"));
        Ok(ItemPage {
            items: people.map(map::reference).collect::<Result<_, _>>()?,
            next: paging::next(root, self.offset, found.len())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ListContacts, Operation};
    use crate::item::ItemRef;
    use crate::operation::test_answers::{body, endpoint, messages, success};
    use crate::{EwsError, Folder};

    fn list() -> ListContacts {
        ListContacts { folder: Folder::Contacts, offset: 1_000 }
    }

    #[test]
    fn request() {
        assert_eq!(
            body(&list()),
            r#"<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="1000" Offset="1000" BasePoint="Beginning"/><m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"/></m:ParentFolderIds></m:FindItem>"#
        );
    }

    #[test]
    fn a_page() {
        let content = r#"<m:RootFolder IndexedPagingOffset="1003" TotalItemsInView="5000" IncludesLastItemInRange="false"><t:Items><t:Contact><t:ItemId Id="A=" ChangeKey="1"/></t:Contact><t:DistributionList><t:ItemId Id="L=" ChangeKey="2"/></t:DistributionList><t:Message><t:ItemId Id="M=" ChangeKey="3"/></t:Message></t:Items></m:RootFolder>"#;
        let page = list().parse(&messages("FindItem", &success("FindItem", content)), &endpoint()).unwrap();
        let item = |id: &str, key: &str| ItemRef { id: id.to_owned(), change_key: Some(key.to_owned()) };
        assert_eq!((page.items, page.next), (vec![item("A=", "1"), item("L=", "2")], Some(1_003)));
    }

    #[test]
    fn f43_a_list_that_does_not_go_on_is_refused() {
        for content in [
            r#"<m:RootFolder IndexedPagingOffset="1000" IncludesLastItemInRange="false"><t:Items/></m:RootFolder>"#,
            r#"<m:RootFolder IncludesLastItemInRange="true"><t:Items><t:Contact/></t:Items></m:RootFolder>"#,
            "<m:RootFolder><t:Items/></m:RootFolder>",
        ] {
            let answer = messages("FindItem", &success("FindItem", content));
            assert!(matches!(list().parse(&answer, &endpoint()), Err(EwsError::Missing { .. })), "{content}");
        }
    }
}
