//! The mailbox on an Exchange server: asks one operation at a time, in the newest version that the server knows.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use convoke_ews::{Endpoint, EwsError, Operation, RefusalKind, SchemaVersion};
use convoke_model::clean;
use convoke_net::retry_after;
use http::{Response, StatusCode};

use super::addresses::Addresses;
use crate::channel::{Channel, Claims, Turn};
use crate::error::RoundError;
use crate::meter::Meter;

/// Requests in flight per mailbox: NTLM authenticates one connection, and that connection carries everything.
pub(crate) const MAX_IN_FLIGHT: usize = 1;

/// One mailbox, shared by all rounds.
pub(crate) struct Mailbox {
    channel: Channel,
    endpoint: Endpoint,
    /// The newest version that the server has answered.
    version: Mutex<SchemaVersion>,
    pub(super) addresses: Addresses,
}

impl Mailbox {
    pub(crate) fn new(channel: Channel, endpoint: Endpoint) -> Self {
        let version = Mutex::new(endpoint.version());
        Self { channel, endpoint, version, addresses: Addresses::default() }
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Asks and reads the answer. Nobody else asks before it is read, since a server may say in the middle of an
    /// answer that it wants to hear nothing more.
    pub(crate) async fn ask<O>(&self, operation: O, meter: &Meter) -> Result<O::Response, RoundError>
    where
        O: Operation + Send + Sync + 'static,
        O::Response: Send + 'static,
    {
        let operation = Arc::new(operation);
        let turn = self.channel.turn().await?;
        let mut version = *self.version.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let endpoint = self.endpoint.clone().with_version(version);
            let response = turn.send(operation.request(&endpoint)?, meter, refused).await?;
            let status = response.status().as_u16();
            let wait = retry_after(response.headers(), turn.now());
            match read(Arc::clone(&operation), response, endpoint).await? {
                Ok(answer) => {
                    *self.version.lock().unwrap_or_else(PoisonError::into_inner) = version;
                    return Ok(answer);
                }
                Err(error) => match version.step_down(&error) {
                    Some(older) => version = older,
                    None => return Err(failure(&turn, error, wait, status)),
                },
            }
        }
    }

    pub(super) fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.channel.now()
    }
}

/// Reading 1,000 events takes milliseconds, which belong on another thread.
async fn read<O>(
    operation: Arc<O>,
    response: Response<Bytes>,
    endpoint: Endpoint,
) -> Result<Result<O::Response, EwsError>, RoundError>
where
    O: Operation + Send + Sync + 'static,
    O::Response: Send + 'static,
{
    let read = tokio::task::spawn_blocking(move || operation.parse(&response, &endpoint));
    read.await.map_err(|_| RoundError::Interrupted)
}

/// A busy server ("EWS throttling in Exchange") says for how long in a fault or a message; one in front of it, by the
/// header or not at all.
fn failure(turn: &Turn<'_>, error: EwsError, header: Option<Duration>, status: u16) -> RoundError {
    match error.kind() {
        Some(RefusalKind::ServerBusy { back_off }) => turn.pause((*back_off).max(header), status),
        Some(RefusalKind::ServerError) => turn.pause(header, status),
        _ => error.into(),
    }
}

/// A server that refuses a fresh token of an account that is signed in: what it says why (`x-ms-diagnostics`).
pub(crate) fn token_refused(response: &Response<Bytes>) -> RoundError {
    let why = response.headers().get("x-ms-diagnostics").and_then(|value| value.to_str().ok());
    RoundError::TokenRefused { why: clean::optional(why, clean::SHORT) }
}

/// Exchange's challenges ask for no claims.
fn refused(response: &Response<Bytes>) -> Option<Claims> {
    (response.status() == StatusCode::UNAUTHORIZED).then_some(None)
}
