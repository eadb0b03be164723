//! `GET …/photo/$value` (Graph `profilephoto-get.md`).

use bytes::Bytes;
use convoke_model::photo::Photo;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderValue, Request, Response, StatusCode};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::{GraphError, RefusalKind};
use crate::request;

/// Whose photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoOf {
    /// The signed-in user.
    Me,
    /// Somebody of the directory, by id.
    User(String),
    /// A contact of the default folder, by id.
    Contact(String),
}

/// A small photo (64 × 64 for people of the directory).
#[derive(Clone, Debug)]
pub struct GetPhoto {
    /// Whose.
    pub of: PhotoOf,
    /// The ETag of the photo that is already there.
    pub known: Option<String>,
}

impl Operation for GetPhoto {
    type Response = Photo;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        let url = match &self.of {
            PhotoOf::Me => endpoint.url(&["me", "photos", "64x64", "$value"], &[])?,
            PhotoOf::User(id) => endpoint.url(&["users", id, "photos", "64x64", "$value"], &[])?,
            PhotoOf::Contact(id) => endpoint.url(&["me", "contacts", id, "photo", "$value"], &[])?,
        };
        let mut request = request::get(&url)?;
        request.headers_mut().insert(http::header::ACCEPT, HeaderValue::from_static("image/*"));
        if let Some(etag) = self.known.as_deref().and_then(|etag| HeaderValue::from_str(etag).ok()) {
            request.headers_mut().insert(IF_NONE_MATCH, etag);
        }
        Ok(request)
    }

    fn parse(&self, response: &Response<Bytes>, _: &Endpoint) -> Result<Self::Response, GraphError> {
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Photo::Unchanged),
            status if status.is_success() => {
                let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
                Ok(Photo::of(response.body(), etag))
            }
            _ => match GraphError::of(response) {
                error if error.kind() == Some(&RefusalKind::NotFound) => Ok(Photo::None),
                error => Err(error),
            },
        }
    }
}
