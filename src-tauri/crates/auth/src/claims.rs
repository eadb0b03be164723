//! The `claims` request parameter: what we can do, and what a challenge demands (protocols §2).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

/// Challenges are small; a larger one is not one.
const LONGEST: usize = 16 * 1024;

/// A claims challenge that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server's claims challenge can't be read")]
pub struct BadClaims;

/// The `claims` parameter for a request to Entra: continuous access evaluation (`cp1`) and, where there is
/// one, the decoded challenge.
///
/// # Errors
/// [`BadClaims`] when `challenge` is not a JSON object.
pub fn parameter(challenge: Option<&str>) -> Result<String, BadClaims> {
    let mut claims = match challenge {
        Some(text) => serde_json::from_str::<Map<String, Value>>(text).map_err(|_| BadClaims)?,
        None => Map::new(),
    };
    let access = claims.entry("access_token").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(access) = access else {
        return Err(BadClaims);
    };
    access.insert("xms_cc".to_owned(), json!({ "values": ["cp1"] }));
    Ok(Value::Object(claims).to_string())
}

/// Reads the `claims` of a `WWW-Authenticate` header or of a token error: base64 of either alphabet, padded
/// or not, or plain JSON.
///
/// # Errors
/// [`BadClaims`] when it is neither.
pub fn decode(challenge: &str) -> Result<String, BadClaims> {
    let challenge = challenge.trim();
    if challenge.len() > LONGEST {
        return Err(BadClaims);
    }
    let text = if challenge.starts_with('{') {
        challenge.to_owned()
    } else {
        let bare = challenge.trim_end_matches('=');
        let bytes = STANDARD_NO_PAD.decode(bare).or_else(|_| URL_SAFE_NO_PAD.decode(bare));
        String::from_utf8(bytes.map_err(|_| BadClaims)?).map_err(|_| BadClaims)?
    };
    serde_json::from_str::<Map<String, Value>>(&text).map_err(|_| BadClaims)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{BadClaims, decode, parameter};

    const NBF: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

    #[test]
    fn capability_alone() {
        assert_eq!(parameter(None).unwrap(), r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#);
    }

    #[test]
    fn f53_challenge_is_merged_with_the_capability() {
        let claims = parameter(Some(NBF)).unwrap();
        let value: serde_json::Value = serde_json::from_str(&claims).unwrap();
        assert_eq!(value["access_token"]["nbf"]["value"], "1604106651");
        assert_eq!(value["access_token"]["xms_cc"]["values"][0], "cp1");
    }

    #[test]
    fn f53_every_alphabet_decodes() {
        use base64::Engine;
        use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
        for text in [STANDARD.encode(NBF), URL_SAFE.encode(NBF), URL_SAFE_NO_PAD.encode(NBF), NBF.to_owned()]
        {
            assert_eq!(decode(&text).unwrap(), NBF);
        }
        for junk in ["", "%%%", "e30x", "[]", "\"x\"", &"A".repeat(20_000)] {
            assert_eq!(decode(junk), Err(BadClaims), "{junk:.20}");
        }
        assert_eq!(parameter(Some(r#"{"access_token":5}"#)), Err(BadClaims));
    }
}
