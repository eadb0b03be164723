//! What an Exchange server accepts.

use convoke_ews::Endpoint;
use convoke_ews::challenge::{self, Challenges};
use convoke_net::{Limits, Transport};

use crate::error::RoundError;

/// Asks an Exchange server which ways to authenticate it offers, hybrid modern authentication among them. The
/// transport must not authenticate by itself. No credentials are sent.
///
/// # Errors
/// [`RoundError::Net`] where there is no answer; [`RoundError::Ews`] where it is not the refusal of an Exchange server.
pub async fn challenges(transport: &dyn Transport, endpoint: &Endpoint) -> Result<Challenges, RoundError> {
    let request = challenge::request(endpoint)?;
    let response = transport.send(request, Limits::SMALL).await?;
    Ok(challenge::parse(&response, endpoint)?)
}
