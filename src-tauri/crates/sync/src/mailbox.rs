//! The mailbox as a server: asks one operation at a time, with a token, within the server's limits.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use convoke_graph::{Endpoint, GraphError, Operation, RefusalKind};
use convoke_model::clock::Clock;
use convoke_net::{Limits, Transport, retry_after};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, Response, StatusCode};
use tokio::sync::Semaphore;

use crate::error::RoundError;
use crate::meter::Meter;
use crate::token::{Secret, TokenSource};

/// Requests in flight per mailbox. Outlook allows four for all apps of a mailbox (Graph `throttling-limits.md`).
pub const MAX_IN_FLIGHT: usize = 3;

/// The pause where the server names none (MSAL waits as long).
const DEFAULT_PAUSE: Duration = Duration::seconds(60);

/// One mailbox behind a Graph endpoint, shared by all rounds.
pub(crate) struct Mailbox {
    transport: Arc<dyn Transport>,
    tokens: Arc<dyn TokenSource>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) endpoint: Endpoint,
    in_flight: Semaphore,
    /// Before this instant the server wants to hear nothing, and the status that said so.
    pause: Mutex<Option<(DateTime<Utc>, u16)>>,
    /// The token that was refused last, so that two requests with it cause one refresh.
    refused: tokio::sync::Mutex<Option<Secret>>,
}

impl Mailbox {
    pub(crate) fn new(
        transport: Arc<dyn Transport>,
        tokens: Arc<dyn TokenSource>,
        clock: Arc<dyn Clock>,
        endpoint: Endpoint,
    ) -> Self {
        Self {
            transport,
            tokens,
            clock,
            endpoint,
            in_flight: Semaphore::new(MAX_IN_FLIGHT),
            pause: Mutex::default(),
            refused: tokio::sync::Mutex::default(),
        }
    }

    /// Asks, and returns the answer unread unless it is about tokens or pauses.
    pub(crate) async fn send(
        &self,
        operation: &impl Operation,
        meter: &Meter,
    ) -> Result<Response<Bytes>, RoundError> {
        let request = operation.request(&self.endpoint)?;
        let _permit = self.in_flight.acquire().await.map_err(|_| RoundError::Interrupted)?;
        let token = self.tokens.token().await?;
        let response = self.exchange(request.clone(), &token, meter).await?;
        let Some(claims) = refused_token(&response) else {
            return Ok(response);
        };
        self.reject(token, claims).await;
        let token = self.tokens.token().await?;
        let response = self.exchange(request, &token, meter).await?;
        match refused_token(&response) {
            Some(_) => Err(RoundError::Unauthorized),
            None => Ok(response),
        }
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

    async fn exchange(
        &self,
        mut request: Request<Bytes>,
        token: &Secret,
        meter: &Meter,
    ) -> Result<Response<Bytes>, RoundError> {
        self.check_pause()?;
        let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose()))
            .map_err(|_| RoundError::Unauthorized)?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
        meter.request();
        let response = self.transport.send(request, Limits::PAGE).await?;
        meter.received(response.body().len());
        match self.pause_asked(&response) {
            Some((at, status)) => Err(RoundError::RetryAt { at, status }),
            None => Ok(response),
        }
    }

    fn check_pause(&self) -> Result<(), RoundError> {
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        match *pause {
            Some((at, status)) if self.clock.now() < at => Err(RoundError::RetryAt { at, status }),
            _ => {
                *pause = None;
                Ok(())
            }
        }
    }

    /// The pause that an answer asks for: 429 and 509 always, 500 and above by header or default.
    fn pause_asked(&self, response: &Response<Bytes>) -> Option<(DateTime<Utc>, u16)> {
        let status = response.status();
        let busy = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
        if !busy || matches!(GraphError::of(response), GraphError::NotGraph { .. }) {
            return None;
        }
        let now = self.clock.now();
        let wait = retry_after(response.headers(), now).and_then(|wait| Duration::from_std(wait).ok());
        let at = now + wait.unwrap_or(DEFAULT_PAUSE);
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        let at = pause.map_or(at, |(earlier, _)| at.max(earlier));
        *pause = Some((at, status.as_u16()));
        Some((at, status.as_u16()))
    }

    /// Tells the source once that `token` is refused, however many requests found out.
    async fn reject(&self, token: Secret, claims: Option<String>) {
        let mut refused = self.refused.lock().await;
        if refused.as_ref() != Some(&token) {
            self.tokens.rejected(claims).await;
            *refused = Some(token);
        }
    }
}

/// `Some` where the answer refuses the token, with the claims that it asks for.
fn refused_token(response: &Response<Bytes>) -> Option<Option<String>> {
    if !matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return None;
    }
    match GraphError::of(response).kind() {
        Some(RefusalKind::Unauthorized { claims }) => Some(claims.clone()),
        _ => None,
    }
}
