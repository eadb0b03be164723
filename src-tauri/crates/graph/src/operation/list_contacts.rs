//! `GET /me/contacts` and `/me/contactFolders/{id}/contacts` (Graph `user-list-contacts.md`).

use bytes::Bytes;
use convoke_model::contact::Contact;
use http::{Request, Response};

use super::Operation;
use super::contacts_delta::SELECT;
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::{map, request};

/// One page of the plain list of a folder's contacts. Where delta is refused or can't be trusted.
#[derive(Clone, Debug)]
pub struct ListContacts {
    /// The folder's id; `None` is the default folder.
    pub folder_id: Option<String>,
    /// The folder's name, which its contacts carry; `None` for the default folder.
    pub folder_name: Option<String>,
    /// The nextLink to follow; `None` starts the list.
    pub link: Option<Link>,
}

impl Operation for ListContacts {
    type Response = Page<Contact>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        if let Some(link) = &self.link {
            return request::get(link.url());
        }
        let query = [("$top", "1000"), ("$select", SELECT)];
        let url = match &self.folder_id {
            Some(id) => endpoint.url(&["me", "contactFolders", id, "contacts"], &query)?,
            None => endpoint.url(&["me", "contacts"], &query)?,
        };
        request::get(&url)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        let contact = |wire| map::contact::contact(wire, self.folder_name.as_deref());
        page::read("page of contacts", response, endpoint, contact)
    }
}
