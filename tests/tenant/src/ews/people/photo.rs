//! Photos by plain HTTP (source: "Get user photos by using EWS in Exchange": the `GetUserPhoto` address).

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use crate::png;
use crate::state::TenantState;

/// Sides that the service offers, in pixels.
const SIDES: [u32; 9] = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/// The photo of the person whose address the query names. Real servers send JPEG; this one knows PNG only.
pub fn photo(state: &TenantState, query: &str, headers: &HeaderMap) -> Response {
    let value = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    };
    let side = value("size").and_then(|size| side(&size));
    let (Some(email), Some(side)) = (value("email"), side) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let world = state.world();
    let is_meant = |mail: &String| mail.eq_ignore_ascii_case(&email);
    let person = world.directory.iter().find(|person| person.mail.as_ref().is_some_and(is_meant));
    let Some(person) = person.filter(|person| person.has_photo) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let digest = Sha256::digest(&person.object_id);
    let etag = format!("\"{:02x}{:02x}{:02x}{:02x}\"", digest[0], digest[1], digest[2], digest[3]);
    let is_known = headers.get(IF_NONE_MATCH).is_some_and(|known| known == etag.as_str());
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let colour = [digest[0] / 2 + 64, digest[1] / 2 + 64, digest[2] / 2 + 64];
        let mut response = Response::new(Body::from(png::disc(side, colour)));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
        response
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

/// `HR48x48` and the like.
fn side(size: &str) -> Option<u32> {
    let (width, height) = size.strip_prefix("HR")?.split_once('x')?;
    let side = width.parse().ok().filter(|side| SIDES.contains(side))?;
    (width == height).then_some(side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_names() {
        assert_eq!(side("HR96x96"), Some(96));
        assert_eq!(side("HR96x48"), None);
        assert_eq!(side("96x96"), None);
        assert_eq!(side("HR50x50"), None);
    }
}
