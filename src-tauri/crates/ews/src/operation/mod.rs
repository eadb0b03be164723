//! The operations, one file each.

mod find_folders;
mod paging;
mod probe;

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::Endpoint;
use crate::error::EwsError;

pub use find_folders::{ContactFolder, FindFolders, FolderPage, Folders, FoundFolder};
pub use probe::{Mailbox, Probe, ServerVersion};

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

#[cfg(test)]
#[path = "test_answers.rs"]
pub(crate) mod test_answers;
