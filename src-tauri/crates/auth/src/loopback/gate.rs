//! Whether a request is the answer of this attempt: a pure decision over its head.

use http::header::{CONTENT_LENGTH, HOST, ORIGIN, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::delivery::{Delivery, NoRedirect, Redirect};
use crate::authority::Issuer;

/// What an attempt lets in.
pub(crate) struct Gate {
    pub(crate) port: u16,
    pub(crate) state: SecretString,
    pub(crate) issuer: Issuer,
}

/// Why a request was not let in. The text is for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not our host name: DNS rebinding (B11).
    Host,
    /// Sent by another page, or not as a navigation (B12).
    Origin,
    /// Not GET (B13).
    Method,
    /// Not `/` (B13).
    Path,
    /// A body where none belongs (B14).
    Body,
    /// Nothing in the query.
    Empty,
    /// The query is no redirect (B02).
    Malformed,
    /// Not the state of this attempt (B01, B04).
    State,
    /// From another issuer (B07, B08).
    Issuer,
}

impl Refusal {
    /// The status that the sender sees.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::Origin => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Path => StatusCode::NOT_FOUND,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Empty | Self::Malformed | Self::State | Self::Issuer => StatusCode::BAD_REQUEST,
        }
    }
}

impl Gate {
    /// The delivery in `request`, if it is this attempt's.
    pub(crate) fn judge(&self, request: &Parts) -> Result<Delivery, Refusal> {
        self.check_host(request)?;
        check_sender(&request.headers, self.port)?;
        if request.method != Method::GET {
            return Err(Refusal::Method);
        }
        // A query is only ours on exactly this path; `//`, `/.` and the like are other paths.
        if request.uri.path() != "/" {
            return Err(Refusal::Path);
        }
        if has_body(&request.headers) {
            return Err(Refusal::Body);
        }
        let redirect =
            Redirect::read(request.uri.query().unwrap_or_default()).map_err(|error| match error {
                NoRedirect::Empty => Refusal::Empty,
                NoRedirect::Malformed => Refusal::Malformed,
            })?;
        if !same(&redirect.state, self.state.expose_secret()) {
            return Err(Refusal::State);
        }
        if redirect.issuer.is_some_and(|issuer| !self.issuer.could_be(&issuer)) {
            return Err(Refusal::Issuer);
        }
        Ok(redirect.delivery)
    }

    fn check_host(&self, request: &Parts) -> Result<(), Refusal> {
        // The absolute form is for proxies; a browser never sends it here.
        if request.uri.authority().is_some() {
            return Err(Refusal::Host);
        }
        let mut hosts = request.headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Refusal::Host);
        };
        let ours = names(self.port).iter().any(|name| host.as_bytes().eq_ignore_ascii_case(name.as_bytes()));
        if ours { Ok(()) } else { Err(Refusal::Host) }
    }
}

fn names(port: u16) -> [String; 3] {
    [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]
}

/// Only a navigation of a browser's window, or a program without these headers, may deliver.
fn check_sender(headers: &HeaderMap, port: u16) -> Result<(), Refusal> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let navigates = text("sec-fetch-mode") == Some("navigate");
    let mode = text("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    let target = text("sec-fetch-dest").is_none_or(|target| target == "document");
    // A page fetched ahead would use up the answer without anybody seeing it.
    let shown = text("sec-purpose").or(text("purpose")).is_none();
    let origin = match text(ORIGIN.as_str()) {
        None => true,
        // Chromium sends `null` when a form's answer redirected here.
        Some("null") => navigates,
        Some(origin) => names(port).iter().any(|name| origin.strip_prefix("http://") == Some(name)),
    };
    if mode && target && shown && origin { Ok(()) } else { Err(Refusal::Origin) }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
}

/// Compares digests, so that the time taken says nothing about the state.
fn same(given: &str, ours: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(ours.as_bytes())
}
