//! The claims that are compared.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::{Check, Expected, Identity};

/// How far two clocks may differ (MSAL for Python's figure).
const SKEW: TimeDelta = TimeDelta::seconds(120);

/// The longest life that is believed. Entra's ID tokens live an hour.
const LONGEST_LIFE: TimeDelta = TimeDelta::days(31);

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The payload. Every claim may be absent here, so that its absence is named by [`Claims::check`].
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<f64>,
    nbf: Option<f64>,
    iat: Option<f64>,
    nonce: Option<String>,
    sub: Option<String>,
    tid: Option<String>,
    oid: Option<String>,
    preferred_username: Option<String>,
    email: Option<String>,
    upn: Option<String>,
    name: Option<String>,
}

impl Claims {
    pub(super) fn check(self, expected: &Expected<'_>) -> Result<Identity, Check> {
        let issuer = expected.metadata.issuer.expected(self.tid.as_deref());
        if issuer.is_none() || issuer != self.iss {
            return Err(Check::Issuer);
        }
        // An audience beside us would need `azp` and our trust in it; nobody whom we know sends one.
        let ours = match &self.aud {
            Some(Audience::One(audience)) => audience == expected.client_id,
            Some(Audience::Many(audiences)) => audiences.len() == 1 && audiences[0] == expected.client_id,
            None => false,
        };
        if !ours {
            return Err(Check::Audience);
        }
        self.check_times(expected.now)?;
        if expected.nonce.is_some() && expected.nonce != self.nonce.as_deref() {
            return Err(Check::Nonce);
        }
        self.into_identity()
    }

    fn check_times(&self, now: DateTime<Utc>) -> Result<(), Check> {
        let ends = self.exp.and_then(instant).ok_or(Check::Expired)?;
        if ends + SKEW <= now || ends > now + LONGEST_LIFE {
            return Err(Check::Expired);
        }
        for start in [self.nbf, self.iat].into_iter().flatten() {
            if instant(start).is_none_or(|start| start > now + SKEW) {
                return Err(Check::NotYetValid);
            }
        }
        Ok(())
    }

    fn into_identity(self) -> Result<Identity, Check> {
        let subject = filled(self.sub).ok_or(Check::Subject)?;
        Ok(Identity {
            tenant_id: filled(self.tid),
            object_id: filled(self.oid),
            subject,
            issuer: self.iss.unwrap_or_default(),
            username: filled(self.preferred_username)
                .or_else(|| filled(self.email))
                .or_else(|| filled(self.upn)),
            name: filled(self.name),
        })
    }
}

/// A claim with content. Account names are shown: control characters have no place in them.
fn filled(claim: Option<String>) -> Option<String> {
    claim
        .map(|text| text.chars().filter(|c| !c.is_control()).take(256).collect::<String>())
        .filter(|text| !text.is_empty())
}

fn instant(seconds: f64) -> Option<DateTime<Utc>> {
    // Beyond the year 9999 no date is meant; the bound also keeps the arithmetic above in range.
    (0.0..=253_402_300_799.0).contains(&seconds).then(|| DateTime::from_timestamp(seconds as i64, 0))?
}
