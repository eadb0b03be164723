//! Where to sign in: Entra ID of a cloud and tenant, or an OpenID provider; and what its metadata say.

use convoke_net::endpoint::{is_allowed, is_loopback, same_host};
use convoke_net::{Limits, Transport};
use http::Request;
use http::header::ACCEPT;
use serde::Deserialize;
use url::Url;

use crate::error::AuthError;

mod issuer;

pub use issuer::Issuer;

/// Whom we trust to say who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Entra ID v2.0.
    Entra {
        /// Scheme and host, such as `https://login.microsoftonline.com`.
        base: Url,
        /// Tenant id, verified domain, `organizations` or `common`.
        tenant: String,
    },
    /// An OpenID provider of the organization.
    OpenId {
        /// The issuer, exactly as its metadata and ID tokens spell it.
        issuer: String,
    },
}

/// What the metadata of an authority say, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Which issuers an ID token may name.
    pub issuer: Issuer,
    /// Where the browser goes.
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are redeemed.
    pub token_endpoint: Url,
    /// Where the signing keys are.
    pub jwks_uri: Url,
}

#[derive(Deserialize)]
struct Wire {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

impl Authority {
    /// Whether this is Entra ID: its additions to the protocol (`claims`, `domain_hint`) apply.
    #[must_use]
    pub fn is_entra(&self) -> bool {
        matches!(self, Self::Entra { .. })
    }

    /// Where the metadata are (OpenID Connect Discovery §4; Entra's v2.0 path).
    ///
    /// # Errors
    /// [`AuthError::Settings`] when the settings make no URL that may be asked.
    pub fn metadata_url(&self) -> Result<Url, AuthError> {
        let text = match self {
            Self::Entra { base, tenant } => {
                check_tenant(tenant)?;
                format!("{}/{tenant}/v2.0/.well-known/openid-configuration", root(base))
            }
            Self::OpenId { issuer } => {
                format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
            }
        };
        let url = Url::parse(&text).map_err(|_| AuthError::Settings("the authority is not a URL"))?;
        if !is_allowed(&url) {
            return Err(AuthError::Settings("the authority is not an https URL"));
        }
        Ok(url)
    }

    /// Fetches and checks the metadata.
    ///
    /// # Errors
    /// [`AuthError::UnexpectedAnswer`] when they name another issuer or an endpoint elsewhere (B28).
    pub async fn discover(&self, transport: &dyn Transport) -> Result<Metadata, AuthError> {
        let url = self.metadata_url()?;
        let request = Request::get(url.as_str())
            .header(ACCEPT, "application/json")
            .body(bytes::Bytes::new())
            .map_err(|_| AuthError::Settings("the authority is not a URL"))?;
        let answer = transport.send(request, Limits::SMALL).await?;
        let status = answer.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(AuthError::busy(None));
        }
        if status.as_u16() == 400 && self.is_entra() {
            // An unknown tenant is answered with 400 and AADSTS90002 or AADSTS900023.
            if let Some(error) = crate::error::TokenError::from_json(answer.body()) {
                return Err(AuthError::Misconfigured(Box::new(error)));
            }
        }
        if !status.is_success() {
            return Err(AuthError::unexpected(&url, "its metadata are not there"));
        }
        let wire: Wire = serde_json::from_slice(answer.body())
            .map_err(|_| AuthError::unexpected(&url, "its metadata are not JSON of OpenID"))?;
        self.check(&url, wire)
    }

    fn check(&self, from: &Url, wire: Wire) -> Result<Metadata, AuthError> {
        let issuer = match self {
            Self::Entra { base, .. } => Issuer::entra(base, &wire.issuer),
            Self::OpenId { issuer } => Issuer::exact(issuer, &wire.issuer),
        };
        let issuer = issuer.ok_or_else(|| AuthError::unexpected(from, "its metadata name another issuer"))?;
        Ok(Metadata {
            issuer,
            authorization_endpoint: self.endpoint(from, &wire.authorization_endpoint)?,
            token_endpoint: self.endpoint(from, &wire.token_endpoint)?,
            jwks_uri: self.endpoint(from, &wire.jwks_uri)?,
        })
    }

    /// Entra's endpoints are on its own host; a provider may spread its own, but never down to http or
    /// from the internet into this machine.
    fn endpoint(&self, from: &Url, text: &str) -> Result<Url, AuthError> {
        let refused = || AuthError::unexpected(from, "its metadata name an endpoint that is not trusted");
        let url = Url::parse(text).map_err(|_| refused())?;
        let trusted = match self {
            Self::Entra { base, .. } => same_host(base, &url),
            Self::OpenId { .. } => {
                is_allowed(&url) && is_loopback(&url) == is_loopback(from) && url.fragment().is_none()
            }
        };
        if trusted { Ok(url) } else { Err(refused()) }
    }

    /// The page where an administrator consents for everybody (protocols §1.8), without its query.
    pub(crate) fn admin_consent_url(&self) -> Result<Url, AuthError> {
        let Self::Entra { base, tenant } = self else {
            return Err(AuthError::Settings("only Entra ID has an administrator's consent"));
        };
        check_tenant(tenant)?;
        // `common` is not accepted there.
        let tenant = if tenant.eq_ignore_ascii_case("common") { "organizations" } else { tenant };
        let text = format!("{}/{tenant}/v2.0/adminconsent", root(base));
        Url::parse(&text).map_err(|_| AuthError::Settings("the authority is not a URL"))
    }
}

fn root(base: &Url) -> &str {
    base.as_str().trim_end_matches('/')
}

/// A tenant is a GUID, a domain or a word: anything else would change the path.
fn check_tenant(tenant: &str) -> Result<(), AuthError> {
    let plain = tenant.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if tenant.is_empty() || !plain || tenant.starts_with('.') {
        return Err(AuthError::Settings("the tenant is not an id or a domain"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
