//! A transport that authenticates with a user name and a password, for on-premises servers.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use convoke_model::clock::Clock;
use convoke_model::random::Random;
use http::header::AUTHORIZATION;
use http::{Request, Response};
use tokio::sync::Mutex;
use url::Url;

use crate::client::{ClientOptions, allowed};
use crate::connection::{Line, prepared, within};
use crate::credentials::Credentials;
use crate::error::NetError;
use crate::gate::Gate;
use crate::scheme::Scheme;
use crate::transport::{Limits, Transport};

mod exchange;
mod leg;

use exchange::Exchange;

/// A [`Transport`] to one server that signs in there by itself.
///
/// All requests go over one connection, one after the other, as NTLM needs it: make one for each mailbox. The
/// first time, a request without body asks what the server offers; the first allowed scheme among that is
/// used. NTLM's handshake is repeated when the connection was closed, and when the server answers 401 again
/// because it forgot the session. A request that may have reached the server is never sent twice, and the body
/// goes out only with the message that authenticates.
///
/// Credentials that the server refuses come back as its answer, a 401, as from any transport. They are never
/// sent again: every later request gets that answer, without its body, and touches no network, since directories
/// lock accounts after a few failures. Make a new transport for new credentials.
///
/// No redirect is followed, and any other scheme, host or port than those of the server is refused.
pub struct PasswordTransport {
    identity: Identity,
    state: Mutex<State>,
}

/// What stays the same.
struct Identity {
    server: Url,
    credentials: Credentials,
    allowed: Vec<Scheme>,
    random: Arc<dyn Random>,
    clock: Arc<dyn Clock>,
    gate: Option<Arc<dyn Gate>>,
}

/// What a request finds and leaves behind.
struct State {
    line: Line,
    /// The scheme that is in use with this server.
    scheme: Option<Scheme>,
    ntlm: Ntlm,
    refused: Option<Refusal>,
}

/// How far the open connection is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ntlm {
    Fresh,
    /// A first message was sent: the connection is good for its third one and for nothing else.
    Begun,
    /// The server knows whose connection it is.
    Authenticated,
}

/// Why the server's no is final.
enum Refusal {
    /// The answer that said so, without its body.
    Credentials(Response<Bytes>),
    ExtendedProtection,
}

impl PasswordTransport {
    /// A transport to the scheme, host and port of `server`, with the schemes that are `allowed` in the order
    /// of preference. `random` makes NTLM's nonces; `clock` is asked where a server doesn't say its time.
    /// Nothing is opened yet.
    ///
    /// # Errors
    /// [`NetError::NotAllowed`] where `server` is neither https nor http on this machine: over anything else
    /// no credentials go out.
    pub fn new(
        options: ClientOptions,
        server: &Url,
        credentials: Credentials,
        schemes: &[Scheme],
        random: Arc<dyn Random>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NetError> {
        let server = allowed(server.as_str())?;
        let line = Line::new(options, server.clone());
        let state = State { line, scheme: None, ntlm: Ntlm::Fresh, refused: None };
        let identity = Identity { server, credentials, allowed: schemes.to_vec(), random, clock, gate: None };
        Ok(Self { identity, state: Mutex::new(state) })
    }

    /// Asks `gate` each time before the password goes out. Where it says no, the request is answered with a 401 of our
    /// own, and so is every later one.
    #[must_use]
    pub fn behind(mut self, gate: Arc<dyn Gate>) -> Self {
        self.identity.gate = Some(gate);
        self
    }
}

impl std::fmt::Debug for PasswordTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordTransport").field("allowed", &self.identity.allowed).finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for PasswordTransport {
    async fn send(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        let mut request = prepared(&self.identity.server, request)?;
        request.headers_mut().remove(AUTHORIZATION);
        let mut state = self.state.lock().await;
        let exchange = Exchange {
            identity: &self.identity,
            state: &mut state,
            request: &request,
            max_body_bytes: limits.max_body_bytes,
        };
        within(&self.identity.server, limits, exchange.run()).await
    }
}
