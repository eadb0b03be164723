//! `GET /me/contactFolders` and `…/{id}/childFolders` (Graph `user-list-contactfolders.md`).

use bytes::Bytes;
use convoke_model::record::ContactFolderRecord;
use http::{Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::clean::{self, LONG};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::{map, request};

/// The contact folders of the user or below another folder. The default folder is not among them (Graph
/// `known-issues.md`).
#[derive(Clone, Debug)]
pub enum ListContactFolders {
    /// The folders at the top.
    Top,
    /// The folders right below this one.
    Below(String),
    /// The page that a nextLink names.
    Next(Link),
}

/// A contact folder and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFolder {
    /// Id and name.
    pub record: ContactFolderRecord,
    /// The id of the folder that it lies in.
    pub parent_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire {
    id: Option<String>,
    display_name: Option<String>,
    parent_folder_id: Option<String>,
}

impl Operation for ListContactFolders {
    type Response = Page<ContactFolder>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        let top = [("$top", "200")];
        match self {
            Self::Top => request::get(&endpoint.url(&["me", "contactFolders"], &top)?),
            Self::Below(id) => {
                request::get(&endpoint.url(&["me", "contactFolders", id, "childFolders"], &top)?)
            }
            Self::Next(link) => request::get(link.url()),
        }
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        page::read("list of contact folders", response, endpoint, folder)
    }
}

fn folder(wire: Wire) -> Result<ContactFolder, GraphError> {
    let id = map::id(wire.id)?;
    let name = clean::optional(wire.display_name.as_deref(), LONG).unwrap_or_default();
    Ok(ContactFolder { record: ContactFolderRecord { id, name }, parent_id: wire.parent_folder_id })
}
