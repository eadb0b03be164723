//! The token endpoint: redeeming codes and refresh tokens (protocols §1.3).

use chrono::{DateTime, Utc};
use convoke_model::clock::Clock;
use convoke_net::{Limits, Transport, retry_after};
use http::header::{ACCEPT, CONTENT_TYPE, DATE};
use http::{HeaderMap, Request};
use secrecy::SecretString;
use url::Url;
use url::form_urlencoded::Serializer;
use zeroize::Zeroizing;

use crate::error::{AuthError, TokenError};

mod response;
pub mod scope;

pub(crate) use response::TokenAnswer;

/// Tokens with what is known about them. `Debug` shows no token.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// The access token. Opaque: never parsed.
    pub access_token: SecretString,
    /// When it ends, by the clock of this machine.
    pub expires_at: DateTime<Utc>,
    /// The refresh token, where one was given.
    pub refresh_token: Option<SecretString>,
    /// The scopes that were granted, as the server spells them.
    pub scopes: Vec<String>,
}

/// What to redeem.
pub(crate) enum Credential<'a> {
    /// An authorization code with its PKCE verifier.
    Code { code: &'a str, verifier: &'a str, redirect_uri: &'a str },
    /// A refresh token.
    Refresh { token: &'a str },
}

/// One request to a token endpoint.
pub(crate) struct TokenRequest<'a> {
    pub(crate) endpoint: &'a Url,
    pub(crate) client_id: &'a str,
    pub(crate) credential: Credential<'a>,
    pub(crate) scopes: &'a [String],
    pub(crate) claims: Option<&'a str>,
}

/// Sends `request` and reads the answer. The second value is the server's own clock, where it sent one.
pub(crate) async fn redeem(
    request: &TokenRequest<'_>,
    transport: &dyn Transport,
    clock: &dyn Clock,
) -> Result<(TokenAnswer, Option<DateTime<Utc>>), AuthError> {
    let answer = transport.send(form(request)?, Limits::SMALL).await?;
    let status = answer.status();
    let pause = retry_after(answer.headers(), clock.now());
    if status.is_success() {
        let tokens = TokenAnswer::read(answer.body(), request.endpoint)?;
        return Ok((tokens, server_time(answer.headers())));
    }
    let refusal = TokenError::from_json(answer.body());
    if status.as_u16() == 429 || status.is_server_error() {
        return Err(match AuthError::busy(pause) {
            AuthError::Transient { retry_after, .. } => {
                AuthError::Transient { error: refusal.map(Box::new), retry_after }
            }
            other => other,
        });
    }
    match refusal {
        Some(refusal) if status.is_client_error() => Err(refusal.classify(pause)),
        // A redirect would carry the code or the refresh token elsewhere: it is not followed (B26).
        _ if status.is_redirection() => Err(AuthError::unexpected(request.endpoint, "a redirect")),
        _ => Err(AuthError::unexpected(request.endpoint, "neither tokens nor an OAuth error")),
    }
}

fn form(request: &TokenRequest<'_>) -> Result<Request<bytes::Bytes>, AuthError> {
    let mut form = Serializer::new(String::new());
    form.append_pair("client_id", request.client_id);
    match &request.credential {
        Credential::Code { code, verifier, redirect_uri } => {
            form.append_pair("grant_type", "authorization_code");
            form.append_pair("code", code);
            form.append_pair("redirect_uri", redirect_uri);
            form.append_pair("code_verifier", verifier);
        }
        Credential::Refresh { token } => {
            form.append_pair("grant_type", "refresh_token");
            form.append_pair("refresh_token", token);
        }
    }
    if !request.scopes.is_empty() {
        form.append_pair("scope", &request.scopes.join(" "));
    }
    if let Some(claims) = request.claims {
        form.append_pair("claims", claims);
    }
    let body = Zeroizing::new(form.finish());
    // No Origin header: Entra takes it for a page and refuses (AADSTS90023).
    Request::post(request.endpoint.as_str())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .body(bytes::Bytes::copy_from_slice(body.as_bytes()))
        .map_err(|_| AuthError::Settings("the token endpoint is not a URL"))
}

fn server_time(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
