//! The check of the ID token (OpenID Connect Core §3.1.3.7; protocols §1.4).

use std::fmt;

use chrono::{DateTime, Utc};
use convoke_model::clock::Clock;
use convoke_net::Transport;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

use crate::authority::Metadata;
use crate::error::AuthError;

mod claims;
mod keys;

use claims::Claims;
pub use keys::KeyCache;

/// The check that an ID token failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// There is none, or it is no JWT of the known form.
    Form,
    /// Not RS256.
    Algorithm,
    /// No key of the authority has this id.
    Key,
    /// The signature.
    Signature,
    /// `iss`, or the `tid` that belongs in it.
    Issuer,
    /// `aud` is not us alone.
    Audience,
    /// It ended, or ends too far away.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// `nonce` is not the one of this attempt.
    Nonce,
    /// There is nothing that identifies the account.
    Subject,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "its form",
            Self::Algorithm => "its algorithm",
            Self::Key => "its key is unknown",
            Self::Signature => "its signature",
            Self::Issuer => "its issuer",
            Self::Audience => "its audience",
            Self::Expired => "its time of expiry",
            Self::NotYetValid => "it is not valid yet",
            Self::Nonce => "its nonce",
            Self::Subject => "it names nobody",
        })
    }
}

impl From<Check> for AuthError {
    fn from(check: Check) -> Self {
        Self::IdTokenRefused { check }
    }
}

/// Who signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The tenant (`tid`); `None` outside Entra ID.
    pub tenant_id: Option<String>,
    /// The account in the tenant (`oid`); `None` outside Entra ID.
    pub object_id: Option<String>,
    /// The account as this app sees it (`sub`).
    pub subject: String,
    /// Who says so (`iss`).
    pub issuer: String,
    /// Sign-in name for display (`preferred_username`, else `email`, else `upn`). May change.
    pub username: Option<String>,
    /// Full name for display.
    pub name: Option<String>,
}

impl Identity {
    /// Whether `other` is the same account: `tid` and `oid` where both are known, else `iss` and `sub`.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.tenant_id, &self.object_id, &other.tenant_id, &other.object_id) {
            (Some(tenant), Some(object), Some(other_tenant), Some(other_object)) => {
                tenant.eq_ignore_ascii_case(other_tenant) && object.eq_ignore_ascii_case(other_object)
            }
            _ => self.issuer == other.issuer && self.subject == other.subject,
        }
    }
}

/// What an ID token is compared with.
pub(crate) struct Expected<'a> {
    pub(crate) metadata: &'a Metadata,
    pub(crate) client_id: &'a str,
    /// Ours of this attempt; `None` on a refresh, where none is sent.
    pub(crate) nonce: Option<&'a str>,
    /// The time to check against.
    pub(crate) now: DateTime<Utc>,
}

/// Checks everything, the signature included.
pub(crate) async fn verify(
    token: &str,
    expected: &Expected<'_>,
    keys: &KeyCache,
    transport: &dyn Transport,
    clock: &dyn Clock,
) -> Result<Identity, AuthError> {
    // Only the algorithm and the key's name are read of the header: `jku`, `x5u` and `jwk` in it would let
    // the sender choose the key (B34).
    let header = decode_header(token).map_err(|_| Check::Algorithm)?;
    if header.alg != Algorithm::RS256 {
        return Err(Check::Algorithm.into());
    }
    let kid = header.kid.ok_or(Check::Key)?;
    let key = keys.find(&expected.metadata.jwks_uri, &kid, transport, clock).await?.ok_or(Check::Key)?;
    let claims = signed_claims(token, &key)?;
    Ok(claims.check(expected)?)
}

/// Reads an identity that came straight from the token endpoint over TLS with a refresh: everything but the
/// signature is checked, as Core §3.1.3.7 no. 6 permits.
pub(crate) fn read(token: &str, expected: &Expected<'_>) -> Result<Identity, AuthError> {
    let claims: Claims = jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| Check::Form)?;
    Ok(claims.check(expected)?)
}

fn signed_claims(token: &str, key: &Jwk) -> Result<Claims, Check> {
    if !matches!(key.algorithm, AlgorithmParameters::RSA(_)) {
        return Err(Check::Key);
    }
    let key = DecodingKey::from_jwk(key).map_err(|_| Check::Key)?;
    let mut validation = Validation::new(Algorithm::RS256);
    // The library checks form, algorithm and signature; the claims are compared below, by our own clock.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_required_spec_claims(&["exp", "aud", "iss"]);
    let data = decode::<Claims>(token, &key, &validation).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => Check::Signature,
        jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => Check::Algorithm,
        jsonwebtoken::errors::ErrorKind::MissingRequiredClaim(claim) => match claim.as_str() {
            "exp" => Check::Expired,
            "aud" => Check::Audience,
            _ => Check::Issuer,
        },
        _ => Check::Form,
    })?;
    Ok(data.claims)
}
