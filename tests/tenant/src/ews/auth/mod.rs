//! Authentication at the virtual directory: Negotiate and NTLM always, Basic and Bearer where they are on.

pub mod accounts;
mod bearer;
mod handshake;
mod ntlm;
mod spnego;

use std::sync::Mutex;

use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::quirks::Quirk;
use crate::log::Note;
use crate::state::{Shared, TenantState, lock};
use accounts::Refusal;
use bearer::Diagnostics;
use ntlm::State;

/// One TCP connection, as authentication sees it.
#[derive(Debug, Default)]
pub struct Connection {
    /// SHA-256 of the server's certificate, where the connection is TLS.
    pub certificate: Option<[u8; 32]>,
    ntlm: Mutex<State>,
}

impl Connection {
    /// A new connection.
    #[must_use]
    pub fn new(certificate: Option<[u8; 32]>) -> Self {
        Self { certificate, ntlm: Mutex::default() }
    }
}

/// Somebody who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who: an index into the world's users.
    pub user: usize,
    /// The last word of a scheme, for the answer's `WWW-Authenticate`.
    last_word: Option<String>,
}

impl Entered {
    /// Says the last word in an answer.
    pub fn finish(&self, response: &mut Response) {
        if let Some(word) = self.last_word.as_ref().and_then(|word| HeaderValue::from_str(word).ok()) {
            response.headers_mut().insert(WWW_AUTHENTICATE, word);
        }
    }
}

impl From<usize> for Entered {
    fn from(user: usize) -> Self {
        Self { user, last_word: None }
    }
}

/// Finds out who calls.
///
/// # Errors
/// The answer that asks for more, or refuses.
pub fn enter(state: &Shared, connection: &Connection, headers: &HeaderMap) -> Result<Entered, Box<Response>> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        // Who has authenticated a connection by NTLM is known on it from then on.
        return match *lock(&connection.ntlm) {
            State::Authenticated(user) => Ok(user.into()),
            _ => Err(refused(state, "no credentials", None)),
        };
    };
    let text = header.to_str().unwrap_or_default().trim();
    let (scheme, token) = text.split_once(' ').map_or((text, ""), |(scheme, token)| (scheme, token.trim()));
    match scheme.to_ascii_lowercase().as_str() {
        "basic" if state.exchange_has(Quirk::Basic) => {
            basic(state, token).map(Entered::from).map_err(|refusal| refused(state, refusal.name(), None))
        }
        "ntlm" => handshake::step(state, connection, "NTLM", token),
        "negotiate" => handshake::step(state, connection, "Negotiate", token),
        "bearer" => bearer::user(state, token).map(Entered::from).map_err(|why| refused_bearer(state, why)),
        _ => Err(refused(state, "scheme not offered", None)),
    }
}

fn basic(state: &TenantState, token: &str) -> Result<usize, Refusal> {
    let decoded = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.ok_or(Refusal::Malformed)?;
    let (name, password) = decoded.split_once(':').ok_or(Refusal::Malformed)?;
    let (domain, name) = name.split_once('\\').unwrap_or(("", name));
    let world = state.world();
    let user = accounts::find(&world, name, domain).ok_or(Refusal::Unknown)?;
    decide(state, user, world.users[user].password == password)
}

fn decide(state: &TenantState, user: usize, password_is_right: bool) -> Result<usize, Refusal> {
    let locks = state.exchange_has(Quirk::AccountLockout);
    state.exchange.data().accounts.decide(user, password_is_right, locks, state.now()).map(|()| user)
}

/// The schemes that are on, each in a header of its own as IIS sends them.
fn offered(state: &TenantState) -> Vec<String> {
    let mut offered = vec!["Negotiate".to_owned(), "NTLM".to_owned()];
    if state.exchange_has(Quirk::Basic) {
        offered.push(format!("Basic realm=\"{}\"", state.urls.host()));
    }
    offered
}

fn challenged(value: &str) -> Box<Response> {
    unauthorized(&[value.to_owned()], "challenge", None)
}

fn refused(state: &TenantState, why: &str, diagnostics: Option<&Diagnostics>) -> Box<Response> {
    unauthorized(&offered(state), why, diagnostics)
}

/// Who comes with a token learns about tokens first.
fn refused_bearer(state: &TenantState, why: Option<Diagnostics>) -> Box<Response> {
    let mut values: Vec<String> = bearer::challenge(state).into_iter().collect();
    values.extend(offered(state));
    let note = why.as_ref().map_or("empty token", |_| "token refused");
    unauthorized(&values, note, why.as_ref())
}

fn unauthorized(values: &[String], note: &str, diagnostics: Option<&Diagnostics>) -> Box<Response> {
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    let headers = response.headers_mut();
    for value in values.iter().filter_map(|value| HeaderValue::from_str(value).ok()) {
        headers.append(WWW_AUTHENTICATE, value);
    }
    if let Some(value) = diagnostics.and_then(Diagnostics::header) {
        headers.insert(HeaderName::from_static("x-ms-diagnostics"), value);
    }
    response.extensions_mut().insert(Note(note.to_owned()));
    Box::new(response)
}
