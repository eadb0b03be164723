//! The mailbox behind a Graph endpoint: asks one operation at a time within the server's limits.

use bytes::Bytes;
use convoke_graph::{Endpoint, GraphError, Operation, RefusalKind};
use convoke_net::retry_after;
use http::{Response, StatusCode};

use crate::channel::{Channel, Claims};
use crate::error::RoundError;
use crate::meter::Meter;

/// Requests in flight per mailbox. Outlook allows four for all apps of a mailbox (Graph `throttling-limits.md`).
pub const MAX_IN_FLIGHT: usize = 3;

/// One mailbox, shared by all rounds.
pub(crate) struct Mailbox {
    channel: Channel,
    pub(crate) endpoint: Endpoint,
}

impl Mailbox {
    pub(crate) fn new(channel: Channel, endpoint: Endpoint) -> Self {
        Self { channel, endpoint }
    }

    /// Asks, and returns the answer unread unless it is about tokens or pauses.
    pub(crate) async fn send(
        &self,
        operation: &impl Operation,
        meter: &Meter,
    ) -> Result<Response<Bytes>, RoundError> {
        let request = operation.request(&self.endpoint)?;
        let turn = self.channel.turn().await?;
        let response = turn.send(request, meter, refused_token).await?;
        if !is_busy(&response) {
            return Ok(response);
        }
        Err(turn.pause(retry_after(response.headers(), turn.now()), response.status().as_u16()))
    }

    /// Asks and reads the answer, on this task: for small answers.
    pub(crate) async fn ask<O: Operation>(
        &self,
        operation: &O,
        meter: &Meter,
    ) -> Result<O::Response, RoundError> {
        let response = self.send(operation, meter).await?;
        Ok(operation.parse(&response, &self.endpoint)?)
    }
}

/// Whether an answer asks for a pause: 429 and 509 always, 500 and above by header or default.
fn is_busy(response: &Response<Bytes>) -> bool {
    let status = response.status();
    (status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error())
        && !matches!(GraphError::of(response), GraphError::NotGraph { .. })
}

/// `Some` where the answer refuses the token, with the claims that it asks for.
fn refused_token(response: &Response<Bytes>) -> Option<Claims> {
    if !matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return None;
    }
    match GraphError::of(response).kind() {
        Some(RefusalKind::Unauthorized { claims }) => Some(claims.clone()),
        _ => None,
    }
}
