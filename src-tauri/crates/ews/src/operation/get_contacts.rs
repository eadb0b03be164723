//! Contacts and distribution lists by their ids.

use bytes::Bytes;
use convoke_model::contact::Contact;
use http::{Request, Response};

use super::Operation;
use super::get_item::{self, Outcome};
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::item::ItemRef;
use crate::map;
use crate::xml::Tag;

/// Contacts with everything in them.
#[derive(Clone, Debug)]
pub struct GetContacts {
    /// The contacts, 1 to [`BATCH`](super::BATCH).
    pub items: Vec<ItemRef>,
    /// The folder's name, which its contacts carry; `None` for the default folder.
    pub folder_name: Option<String>,
}

impl Operation for GetContacts {
    type Response = Vec<Outcome<Contact>>;

    /// All properties of their kind: a list of properties would have to be one that contacts and lists share.
    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let shape = Tag::new("m:ItemShape")
            .child(Tag::new("t:BaseShape").text("AllProperties"))
            .child(Tag::new("t:BodyType").text("Text"));
        get_item::request(endpoint, shape, &self.items)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let folder = self.folder_name.as_deref();
        get_item::parse(response, endpoint, &self.items, |item| map::contact::item(item, folder))
    }
}

#[cfg(test)]
mod tests {
    use super::{GetContacts, Operation, Outcome};
    use crate::item::ItemRef;
    use crate::operation::test_answers::{body, endpoint, failure, messages, success};

    #[test]
    fn contacts_lists_and_what_is_gone() {
        let item = |id: &str| ItemRef { id: id.to_owned(), change_key: None };
        let operation = GetContacts {
            items: vec![item("A"), item("B"), item("L")],
            folder_name: Some("Suppliers".to_owned()),
        };
        assert_eq!(
            body(&operation),
            r#"<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:BodyType>Text</t:BodyType></m:ItemShape><m:ItemIds><t:ItemId Id="A"/><t:ItemId Id="B"/><t:ItemId Id="L"/></m:ItemIds></m:GetItem>"#
        );
        let content = [
            success(
                "GetItem",
                r#"<m:Items><t:Contact><t:ItemId Id="A" ChangeKey="k"/><t:DisplayName>Ana</t:DisplayName></t:Contact></m:Items>"#,
            ),
            failure("GetItem", "ErrorItemNotFound", ""),
            success(
                "GetItem",
                r#"<m:Items><t:DistributionList><t:ItemId Id="L" ChangeKey="k"/><t:DisplayName>Friends</t:DisplayName></t:DistributionList></m:Items>"#,
            ),
        ];
        let outcomes = operation.parse(&messages("GetItem", &content.concat()), &endpoint()).unwrap();
        let names: Vec<_> = outcomes
            .into_iter()
            .map(|outcome| match outcome {
                Outcome::Present(item) => {
                    let contact = item.resolve(|_| None);
                    assert_eq!(contact.folder.as_deref(), Some("Suppliers"));
                    contact.name
                }
                Outcome::Gone { id } => format!("{id} is gone"),
                Outcome::Failed { refusal, .. } => panic!("{refusal}"),
            })
            .collect();
        assert_eq!(names, ["Ana", "B is gone", "Friends"]);
    }
}
