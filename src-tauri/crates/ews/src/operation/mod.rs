//! The operations, one file each.

mod calendar_view;
mod fields;
mod find_folders;
mod find_people;
mod get_contacts;
mod get_events;
mod get_item;
mod list_contacts;
mod paging;
mod photo;
mod probe;
mod resolve_names;
mod respond;
mod sync_items;

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::Endpoint;
use crate::error::EwsError;

pub use calendar_view::{CalendarView, View};
pub use convoke_model::photo::Photo;
pub use find_folders::{ContactFolder, FindFolders, FolderPage, Folders, FoundFolder};
pub use find_people::FindPeople;
pub use get_contacts::GetContacts;
pub use get_events::GetEvents;
pub use get_item::{BATCH, Outcome};
pub use list_contacts::{ItemPage, ListContacts};
pub use photo::GetPhoto;
pub use probe::{Mailbox, Probe, ServerVersion};
pub use resolve_names::ResolveNames;
pub use respond::{Answer, Respond};
pub use sync_items::{SyncItems, SyncPage};

/// One request and the meaning of its answer. The caller adds the credentials.
pub trait Operation {
    /// What a successful answer gives.
    type Response;

    /// The request.
    ///
    /// # Errors
    /// [`EwsError`] where an argument can't be asked for.
    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError>;

    /// Reads the answer, whatever its status.
    ///
    /// # Errors
    /// [`EwsError`] where the server refused or the answer is not valid.
    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError>;
}

/// An instant as EWS takes it.
fn instant(time: chrono::DateTime<chrono::Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
#[path = "answers_for_tests.rs"]
pub(crate) mod test_answers;
