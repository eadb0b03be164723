//! What an Exchange server accepts.

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use convoke_ews::Endpoint;
use convoke_ews::challenge::{self, Challenges};
use convoke_net::{Limits, Transport, retry_after};
use http::Response;

use crate::channel::DEFAULT_PAUSE;
use crate::error::RoundError;

/// Asks an Exchange server which ways to authenticate it offers, hybrid modern authentication among them. The
/// transport must not authenticate by itself. No credentials are sent.
///
/// # Errors
/// [`RoundError::Net`] where there is no answer; [`RoundError::RetryAt`] where the server is busy at `now`;
/// [`RoundError::Ews`] where it is not the refusal of an Exchange server.
pub async fn challenges(
    transport: &dyn Transport,
    endpoint: &Endpoint,
    now: DateTime<Utc>,
) -> Result<Challenges, RoundError> {
    let request = challenge::request(endpoint)?;
    let response = transport.send(request, Limits::SMALL).await;
    let response = response.map_err(|error| RoundError::from(error).of_exchange())?;
    offered(&response, endpoint, now)
}

/// What that question was answered at `now`.
///
/// # Errors
/// As [`challenges`], but for the network.
pub fn offered(
    response: &Response<Bytes>,
    endpoint: &Endpoint,
    now: DateTime<Utc>,
) -> Result<Challenges, RoundError> {
    if let status @ (429 | 503) = response.status().as_u16() {
        let wait = retry_after(response.headers(), now).and_then(|wait| TimeDelta::from_std(wait).ok());
        return Err(RoundError::RetryAt { at: now + wait.unwrap_or(DEFAULT_PAUSE), status });
    }
    Ok(challenge::parse(response, endpoint)?)
}
