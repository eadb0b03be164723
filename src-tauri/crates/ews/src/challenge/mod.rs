//! What a server accepts, by its `WWW-Authenticate` headers.
//!
//! An on-premises server offers Negotiate and NTLM in a header each, Basic where it is switched on, and
//! Bearer where the organization has hybrid modern authentication: then it takes tokens of the tenant that it
//! trusts. Exchange shows the Bearer challenge only to those who send an empty `Authorization: Bearer`
//! (MS-XOAUTH §4.1).

mod grammar;

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, Request, Response, StatusCode};
use url::Url;

use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::{refusal, request};
use grammar::Challenge;

/// The application id of Entra's token service, as an issuer of tokens.
const TOKEN_SERVICE: &str = "00000001-0000-0000-c000-000000000000";

/// What a server accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenges {
    /// Negotiate: Kerberos, or NTLM within it.
    pub negotiate: bool,
    /// NTLM.
    pub ntlm: bool,
    /// Basic, with its realm: the password itself goes to the server.
    pub basic: Option<String>,
    /// Bearer: hybrid modern authentication is on.
    pub bearer: Option<Bearer>,
}

/// The Bearer challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bearer {
    /// The application id of the service that tokens are for.
    pub client_id: Option<String>,
    /// Where tokens are to be had; https only.
    pub authorization_uri: Option<Url>,
    /// Whose tokens are trusted.
    pub trust: Trust,
    /// Why the token that was sent is refused, such as `invalid_token`.
    pub error: Option<String>,
}

/// The tenants whose tokens a server trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// It does not say.
    #[default]
    Unsaid,
    /// Every tenant's; Exchange Online says so.
    Any,
    /// These tenants', by their ids.
    Tenants(Vec<String>),
}

/// The question what a server accepts: no credentials and no body, but an empty Bearer.
///
/// # Errors
/// [`EwsError`] where it could not be built.
pub fn request(endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
    let request = Request::builder().method(Method::GET).uri(endpoint.url().as_str());
    let mut request = request.body(Bytes::new())?;
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static("Bearer"));
    request::anchor(&mut request, endpoint);
    Ok(request)
}

/// What the answer to [`request`] says.
///
/// # Errors
/// [`EwsError`] for anything but a 401: a busy server, another one than Exchange, or one that asks nobody who they
/// are.
pub fn parse<B>(response: &Response<B>, endpoint: &Endpoint) -> Result<Challenges, EwsError> {
    match response.status() {
        StatusCode::UNAUTHORIZED => Ok(Challenges::of(response.headers())),
        _ => Err(refusal::of_status(response, endpoint)),
    }
}

impl Challenges {
    /// Reads all `WWW-Authenticate` headers, each with one or several challenges.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(WWW_AUTHENTICATE).iter().take(grammar::MOST);
        let mut all = Self::default();
        for value in values {
            let text = String::from_utf8_lossy(value.as_bytes());
            grammar::challenges(&text).into_iter().for_each(|challenge| all.add(&challenge));
        }
        all
    }

    /// Whether the organization has hybrid modern authentication: tokens are taken.
    #[must_use]
    pub fn takes_tokens(&self) -> bool {
        self.bearer.is_some()
    }

    fn add(&mut self, challenge: &Challenge) {
        match challenge.scheme.to_ascii_lowercase().as_str() {
            "negotiate" => self.negotiate = true,
            "ntlm" => self.ntlm = true,
            "basic" => {
                let realm = challenge.parameter("realm").unwrap_or_default();
                self.basic.get_or_insert_with(|| clean::line(realm, SHORT));
            }
            "bearer" if self.bearer.is_none() => self.bearer = Some(Bearer::of(challenge)),
            _ => {}
        }
    }
}

impl Bearer {
    fn of(challenge: &Challenge) -> Self {
        let text = |name: &str| clean::optional(challenge.parameter(name), SHORT);
        let uri = challenge.parameter("authorization_uri").and_then(|uri| Url::parse(uri).ok());
        Self {
            client_id: text("client_id"),
            authorization_uri: uri.filter(|uri| uri.scheme() == "https"),
            trust: challenge.parameter("trusted_issuers").map(Trust::of).unwrap_or_default(),
            error: text("error"),
        }
    }
}

impl Trust {
    /// Reads `application@tenant,…`. Other applications than the token service vouch for other things.
    fn of(issuers: &str) -> Self {
        let tenants: Vec<&str> = issuers
            .split(',')
            .filter_map(|issuer| issuer.trim().split_once('@'))
            .filter(|(application, _)| application.eq_ignore_ascii_case(TOKEN_SERVICE))
            .map(|(_, tenant)| tenant.trim())
            .filter(|tenant| !tenant.is_empty())
            .collect();
        match tenants[..] {
            [] => Self::Unsaid,
            _ if tenants.contains(&"*") => Self::Any,
            _ => Self::Tenants(tenants.into_iter().map(|tenant| clean::line(tenant, SHORT)).collect()),
        }
    }

    /// Whether tokens of a tenant are trusted, as far as the server says.
    #[must_use]
    pub fn includes(&self, tenant: &str) -> bool {
        match self {
            Self::Unsaid | Self::Any => true,
            Self::Tenants(tenants) => tenants.iter().any(|known| known.eq_ignore_ascii_case(tenant)),
        }
    }
}

#[cfg(test)]
#[path = "challenge_tests.rs"]
mod tests;
