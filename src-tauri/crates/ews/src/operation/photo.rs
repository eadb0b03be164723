//! `GET …/s/GetUserPhoto` (EWS "Get user photos", since Exchange 2013).

use bytes::Bytes;
use convoke_model::photo::Photo;
use http::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use http::{HeaderValue, Method, Request, Response, StatusCode};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::refusal::{is_html, of_status};
use crate::request;
use crate::version::SchemaVersion;

/// A small photo (48 × 48, which the directory itself has) of somebody of the organization.
#[derive(Clone, Debug)]
pub struct GetPhoto {
    /// The mail address.
    pub address: String,
    /// The ETag of the photo that is already there.
    pub known: Option<String>,
}

impl Operation for GetPhoto {
    type Response = Photo;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        if endpoint.version() < SchemaVersion::Exchange2013 {
            return Err(EwsError::TooOld { operation: "GetUserPhoto" });
        }
        let mut url = endpoint.url().clone();
        url.set_path(&format!("{}/s/GetUserPhoto", url.path().trim_end_matches('/')));
        url.query_pairs_mut().append_pair("email", &self.address).append_pair("size", "HR48x48");
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(url.as_str())
            .header(ACCEPT, "image/*")
            .body(Bytes::new())?;
        request::anchor(&mut request, endpoint);
        if let Some(etag) = self.known.as_deref().and_then(|etag| HeaderValue::from_str(etag).ok()) {
            request.headers_mut().insert(IF_NONE_MATCH, etag);
        }
        Ok(request)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Photo::Unchanged),
            StatusCode::NOT_FOUND => Ok(Photo::None),
            status if status.is_success() && !is_html(response.headers()) => {
                let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
                Ok(Photo::of(response.body(), etag))
            }
            _ => Err(of_status(response, endpoint)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GetPhoto, Operation};
    use crate::operation::test_answers::{endpoint, requested};
    use crate::{EwsError, RefusalKind, SchemaVersion};
    use bytes::Bytes;
    use convoke_model::photo::Photo;
    use http::Response;

    fn photo() -> GetPhoto {
        GetPhoto { address: "ana+x&size=HR648x648@x.example".to_owned(), known: Some("\"1\"".to_owned()) }
    }

    fn answer(status: u16, kind: &str, body: &'static [u8]) -> Result<Photo, EwsError> {
        let response =
            Response::builder().status(status).header("content-type", kind).header("etag", "\"2\"");
        photo().parse(&response.body(Bytes::from_static(body)).unwrap(), &endpoint())
    }

    #[test]
    fn request() {
        let request = requested(&photo());
        assert_eq!(
            request.uri(),
            "https://mail.contoso.example/EWS/Exchange.asmx/s/GetUserPhoto?email=ana%2Bx%26size%3DHR648x648%40x.example&size=HR48x48"
        );
        assert_eq!(
            (request.method().as_str(), &request.headers()["if-none-match"]),
            ("GET", &"\"1\"".parse().unwrap())
        );
        let old = endpoint().with_version(SchemaVersion::Exchange2010Sp2);
        assert!(matches!(photo().request(&old), Err(EwsError::TooOld { .. })));
    }

    #[test]
    fn b63_photos_are_images_or_nothing() {
        let Ok(Photo::Image { media_type, etag, .. }) = answer(200, "image/jpeg", b"\xff\xd8\xff\xe0") else {
            panic!("image")
        };
        assert_eq!((media_type, etag.as_deref()), ("image/jpeg", Some("\"2\"")));
        assert_eq!(answer(200, "image/jpeg", b"<svg/>").ok(), Some(Photo::None));
        assert_eq!(answer(304, "", b"").ok(), Some(Photo::Unchanged));
        assert_eq!(answer(404, "text/html", b"<html/>").ok(), Some(Photo::None));
        assert!(matches!(
            answer(200, "text/html", b"<html>hotel</html>"),
            Err(EwsError::NotEws { status: 200 })
        ));
        assert_eq!(answer(401, "", b"").unwrap_err().kind(), Some(&RefusalKind::Unauthorized));
        assert_eq!(answer(503, "", b"").unwrap_err().kind(), Some(&RefusalKind::ServerError));
    }
}
