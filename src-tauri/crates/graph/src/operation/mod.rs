//! The operations, one file each.

mod calendar_delta;
mod calendar_view;
mod contacts_delta;
mod get_event;
mod list_calendars;
mod list_contact_folders;
mod list_contacts;
mod me;
mod photo;
mod search_users;

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::Endpoint;
use crate::error::GraphError;

pub use calendar_delta::CalendarDelta;
pub use calendar_view::CalendarView;
pub use contacts_delta::ContactsDelta;
pub use convoke_model::photo::Photo;
pub use get_event::GetEvent;
pub use list_calendars::ListCalendars;
pub use list_contact_folders::{ContactFolder, ListContactFolders};
pub use list_contacts::ListContacts;
pub use me::{GetMe, Me};
pub use photo::{GetPhoto, PhotoOf};
pub use search_users::SearchUsers;

/// One request and the meaning of its answer. The caller adds the token.
pub trait Operation {
    /// What a successful answer gives.
    type Response;

    /// The request.
    ///
    /// # Errors
    /// [`GraphError`] where an argument can't stand in a URL.
    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError>;

    /// Reads the answer, whatever its status.
    ///
    /// # Errors
    /// [`GraphError`] where the server refused or the answer is not valid.
    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError>;
}

/// An instant as Graph takes it in a query.
fn instant(time: chrono::DateTime<chrono::Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
#[path = "operation_tests.rs"]
mod tests;
