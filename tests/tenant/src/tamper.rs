//! Wrong answers of the token endpoints, for clients to refuse.

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::jose::{self, SigningKey};

/// One way in which a token answer is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tamper {
    /// ID token for another client.
    WrongAud,
    /// ID token for a list of clients, ours among them.
    AudArray,
    /// ID token without `aud`.
    MissingAud,
    /// ID token of another issuer.
    WrongIss,
    /// ID token whose issuer has one more slash.
    IssTrailingSlash,
    /// ID token without `iss`.
    MissingIss,
    /// ID token with another `nonce`.
    WrongNonce,
    /// ID token without `nonce`.
    MissingNonce,
    /// ID token that expired an hour ago.
    Expired,
    /// ID token without `exp`.
    MissingExp,
    /// ID token that becomes valid in an hour.
    NotYetValid,
    /// ID token with one bit of its signature flipped.
    BadSignature,
    /// ID token with `alg` `none` and no signature.
    AlgNone,
    /// ID token with an HMAC keyed with the public modulus.
    Hs256,
    /// ID token under a key id that isn't published.
    UnknownKid,
    /// ID token of another tenant.
    OtherTenant,
    /// ID token of another person.
    OtherUser,
    /// No ID token.
    NoIdToken,
    /// A page in HTML with status 200.
    Html,
    /// `expires_in` as text that is no number.
    ExpiryText,
    /// `expires_in` negative.
    ExpiryNegative,
    /// `expires_in` null.
    ExpiryNull,
    /// `expires_in` absent.
    ExpiryMissing,
    /// `expires_in` beyond every range.
    ExpiryHuge,
    /// `token_type` `mac`.
    TokenTypeMac,
    /// `access_token` as a number.
    AccessTokenNumber,
    /// No access token.
    NoAccessToken,
    /// No refresh token.
    NoRefreshToken,
    /// Fewer scopes than granted: those of calendars are left out.
    FewerScopes,
    /// Twice the same key in the JSON object.
    DuplicateKeys,
}

/// What is wrong with the next answers, and with how many.
#[derive(Debug, Clone, Default)]
pub struct Tampering {
    mode: Option<Tamper>,
    left: Option<u32>,
}

impl Tampering {
    /// Tampers with the next `times` answers, or with all until this is called again.
    pub fn set(&mut self, mode: Option<Tamper>, times: Option<u32>) {
        *self = Self { mode, left: times };
    }

    /// The mode in force, without using it up.
    pub fn mode(&self) -> Option<Tamper> {
        self.mode
    }

    /// The mode for one answer.
    pub fn take(&mut self) -> Option<Tamper> {
        let mode = self.mode?;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.mode = None;
            }
        }
        Some(mode)
    }
}

/// Makes an ID token's claims wrong.
pub fn spoil_claims(mode: Tamper, claims: &mut Map<String, Value>, now: DateTime<Utc>) {
    let hour = |offset: i64| json!((now + TimeDelta::hours(offset)).timestamp());
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (iss, aud) = (text("iss"), text("aud"));
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    let _ = match mode {
        Tamper::WrongAud => set("aud", json!(OTHER_CLIENT)),
        Tamper::AudArray => set("aud", json!([aud, OTHER_CLIENT])),
        Tamper::MissingAud => claims.remove("aud"),
        Tamper::WrongIss => set("iss", json!(iss.replace("localhost", "localhost.evil.example"))),
        Tamper::IssTrailingSlash => set("iss", json!(format!("{iss}/"))),
        Tamper::MissingIss => claims.remove("iss"),
        Tamper::WrongNonce => set("nonce", json!("another")),
        Tamper::MissingNonce => claims.remove("nonce"),
        Tamper::Expired => set("exp", hour(-1)),
        Tamper::MissingExp => claims.remove("exp"),
        Tamper::NotYetValid => set("nbf", hour(1)),
        _ => None,
    };
}

const OTHER_CLIENT: &str = "00000000-dead-4bad-8bad-000000000000";

/// Signs an ID token, wrongly if `mode` says so.
pub fn sign(key: &SigningKey, claims: &Value, mode: Option<Tamper>) -> String {
    match mode {
        Some(Tamper::AlgNone) => {
            format!("{}.", jose::signing_input(&json!({"typ": "JWT", "alg": "none"}), claims))
        }
        Some(Tamper::Hs256) => {
            let input = jose::signing_input(&json!({"typ": "JWT", "alg": "HS256", "kid": key.kid()}), claims);
            let public = key.jwk(None)["n"].as_str().unwrap_or_default().to_owned();
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public.as_bytes()), input.as_bytes());
            format!("{input}.{}", jose::encode(tag.as_ref()))
        }
        Some(Tamper::UnknownKid) => key.sign_as("unknown-key", claims),
        Some(Tamper::BadSignature) => flip_signature(&key.sign(claims)),
        _ => key.sign(claims),
    }
}

/// Changes the first character of the signature, which is never mere padding.
fn flip_signature(token: &str) -> String {
    let Some((input, signature)) = token.rsplit_once('.') else {
        return token.to_owned();
    };
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{input}.{first}{}", signature.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_mode_is_used_up() {
        let mut tampering = Tampering::default();
        tampering.set(Some(Tamper::WrongAud), Some(1));
        assert_eq!(tampering.take(), Some(Tamper::WrongAud));
        assert_eq!(tampering.take(), None);
    }

    #[test]
    fn names_are_camel_case() {
        let read: Tamper = serde_json::from_str("\"wrongIss\"").unwrap();
        assert_eq!(read, Tamper::WrongIss);
    }

    #[test]
    fn a_flipped_signature_differs_and_keeps_its_length() {
        assert_eq!(flip_signature("a.b.Axyz"), "a.b.Bxyz");
        assert_eq!(flip_signature("a.b.xyz"), "a.b.Ayz");
    }

    #[test]
    fn claims_are_spoiled_one_at_a_time() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::hours(2);
        let spoiled = |mode: Tamper| {
            let mut claims =
                Map::from_iter([("aud".to_owned(), json!("me")), ("iss".to_owned(), json!("i"))]);
            spoil_claims(mode, &mut claims, now);
            Value::Object(claims)
        };
        assert_eq!(spoiled(Tamper::Expired), json!({"aud": "me", "iss": "i", "exp": 3600}));
        assert_eq!(spoiled(Tamper::AudArray), json!({"aud": ["me", OTHER_CLIENT], "iss": "i"}));
        assert_eq!(spoiled(Tamper::IssTrailingSlash), json!({"aud": "me", "iss": "i/"}));
        assert_eq!(spoiled(Tamper::MissingAud), json!({"iss": "i"}));
    }
}
