//! `GET /me/contactFolders/{id}/contacts/delta` (Graph `contact-delta.md`), and `/me/contacts/delta`, which is
//! the same for the default folder and works though it is not documented.

use bytes::Bytes;
use convoke_model::record::ContactChange;
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::{map, request};

/// One page of a round of changes of a contact folder.
#[derive(Clone, Debug)]
pub struct ContactsDelta {
    /// The folder's id; `None` is the default folder.
    pub folder_id: Option<String>,
    /// The folder's name, which its contacts carry; `None` for the default folder.
    pub folder_name: Option<String>,
    /// The nextLink or deltaLink to follow; `None` starts a full round.
    pub link: Option<Link>,
}

/// The properties that are read.
pub(super) const SELECT: &str = "id,displayName,givenName,surname,companyName,jobTitle,department,officeLocation,\
    emailAddresses,mobilePhone,businessPhones,homePhones,businessAddress,homeAddress,otherAddress,birthday,\
    categories";

impl Operation for ContactsDelta {
    type Response = Page<ContactChange>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        if let Some(link) = &self.link {
            return request::get_delta(link.url());
        }
        let query = [("$select", SELECT)];
        let url = match &self.folder_id {
            Some(id) => endpoint.url(&["me", "contactFolders", id, "contacts", "delta"], &query)?,
            None => endpoint.url(&["me", "contacts", "delta"], &query)?,
        };
        request::get_delta(&url)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        let change = |wire| map::contact::change(wire, self.folder_name.as_deref());
        page::read("page of changed contacts", response, endpoint, change)
    }
}
