//! The way of a request through the server.

use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, SERVER, SET_COOKIE};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use std::sync::Arc;

use super::auth::{self, Connection};
use super::call::Call;
use super::soap::{self, Fault};
use super::{fault, people};
use crate::autodiscover;
use crate::ews::quirks::Quirk;
use crate::log::{DuringBackOff, Note, Served};
use crate::state::{Shared, TenantState};

/// Largest request that is read.
const MAX_REQUEST_BYTES: usize = 1 << 20;
/// The path as the server writes it.
const PUBLIC_PATH: &str = "/EWS/Exchange.asmx";
const SERVICE: &str = "/ews/exchange.asmx";
const PHOTO: &str = "/ews/exchange.asmx/s/getuserphoto";

/// Answers everything that no other service of the tenant has a path for.
pub async fn serve(
    State(shared): State<Shared>,
    Extension(connection): Extension<Arc<Connection>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Read even if it is refused: the connection goes on, and NTLM depends on that.
    let Ok(body) = to_bytes(body, MAX_REQUEST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = parts.uri.path().to_ascii_lowercase();
    if path != SERVICE && path != PHOTO {
        let found = autodiscover::serve(&shared, &connection, &parts, &body);
        return found.map_or_else(
            || StatusCode::NOT_FOUND.into_response(),
            |mut response| {
                decorate(&shared, &mut response);
                response
            },
        );
    }
    let waiting = shared.exchange.data().busy_until.is_some_and(|until| shared.now() < until);
    let mut response = match auth::enter(&shared, &connection, &parts.headers) {
        Err(response) => *response,
        Ok(entered) => {
            let mut response = let_in(&shared, entered.user, &parts, &body);
            entered.finish(&mut response);
            response
        }
    };
    if waiting {
        response.extensions_mut().insert(DuringBackOff);
    }
    decorate(&shared, &mut response);
    response
}

/// The answer to somebody who is known.
fn let_in(shared: &Shared, user: usize, parts: &Parts, body: &Bytes) -> Response {
    if parts.uri.path().eq_ignore_ascii_case(PHOTO) {
        return people::photo(shared, parts.uri.query().unwrap_or_default(), &parts.headers);
    }
    if parts.method != Method::POST {
        return "Service".into_response();
    }
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("text/xml") {
        operation(shared, user, body)
    } else {
        StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response()
    }
}

/// Reads and answers one SOAP request.
fn operation(shared: &Shared, user: usize, body: &Bytes) -> Response {
    let release = shared.release();
    let request = match soap::read(release, body) {
        Ok(request) => request,
        Err(fault) => return faulty(&fault, "unreadable"),
    };
    let name = request.operation.name;
    let call = Call::new(shared, user, &request);
    let rule = shared.faults.take_for_ews(&format!("POST {PUBLIC_PATH} {name}"));
    let in_place = rule.as_ref().and_then(|rule| fault::in_place(&call, rule));
    let mut response = match in_place.unwrap_or_else(|| call.answer()) {
        Ok(messages) => {
            let body = soap::messages(request.operation, messages, fault::pads(rule.as_ref()));
            document(StatusCode::OK, soap::answer(release, body), name)
        }
        Err(fault) => faulty(&fault, name),
    };
    if let Some(rule) = rule {
        response.extensions_mut().insert(Served(rule.kind.name()));
    }
    response
}

fn faulty(fault: &Fault, note: &str) -> Response {
    document(
        StatusCode::INTERNAL_SERVER_ERROR,
        soap::fault_document(fault),
        &format!("{note} {}", fault.code),
    )
}

fn document(status: StatusCode, bytes: std::io::Result<Vec<u8>>, note: &str) -> Response {
    let Ok(bytes) = bytes else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    response.extensions_mut().insert(Note(note.to_owned()));
    response
}

/// Headers of every answer of an Exchange server behind IIS.
fn decorate(state: &TenantState, response: &mut Response) {
    let id = uuid::Uuid::new_v4().to_string();
    let headers = response.headers_mut();
    let fixed = [
        (SERVER, "Microsoft-IIS/10.0"),
        (CACHE_CONTROL, "private"),
        (HeaderName::from_static("x-powered-by"), "ASP.NET"),
        (HeaderName::from_static("x-feserver"), "EX01"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let build = state.release().build_text();
    let made = [
        (HeaderName::from_static("request-id"), id.clone()),
        (HeaderName::from_static("x-owa-version"), build),
        (SET_COOKIE, format!("exchangecookie={}; path=/; HttpOnly", id.replace('-', ""))),
    ];
    for (name, value) in made {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

impl TenantState {
    /// The release of the on-premises server.
    pub(super) fn release(&self) -> super::version::Release {
        use super::version::Release;
        let releases = [
            (Quirk::Exchange2013, Release::Exchange2013),
            (Quirk::Exchange2016, Release::Exchange2016),
            (Quirk::Exchange2019, Release::Exchange2019),
        ];
        let found = releases.into_iter().find(|(quirk, _)| self.exchange_has(*quirk));
        found.map_or(Release::SubscriptionEdition, |(_, release)| release)
    }
}
