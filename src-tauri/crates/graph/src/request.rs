//! What all requests have in common.

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, Method, Request};
use url::Url;

use crate::error::GraphError;

/// Entries per page that are asked for; the most that Graph grants (a hint for delta).
pub(crate) const PAGE_SIZE: u16 = 1_000;

/// Ids that survive moves (Graph `concepts/outlook-immutable-id.md`) and times in UTC, on every request.
const PREFER: &str = r#"IdType="ImmutableId", outlook.timezone="UTC""#;

const PREFER_HEADER: HeaderName = HeaderName::from_static("prefer");

/// A GET of one thing or of a list whose page size stands in the URL.
pub(crate) fn get(url: &Url) -> Result<Request<Bytes>, GraphError> {
    build(url, PREFER)
}

/// A GET of a page of a delta round. The same preferences go with every page.
pub(crate) fn get_delta(url: &Url) -> Result<Request<Bytes>, GraphError> {
    build(url, &format!("{PREFER}, odata.maxpagesize={PAGE_SIZE}"))
}

fn build(url: &Url, prefer: &str) -> Result<Request<Bytes>, GraphError> {
    let request = Request::builder().method(Method::GET).uri(url.as_str()).header(PREFER_HEADER, prefer);
    Ok(request.header(ACCEPT, "application/json").body(Bytes::new())?)
}
