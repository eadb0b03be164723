//! The claims of a `WWW-Authenticate` header (Entra, "Claims challenges"; continuous access evaluation).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

const LONGEST: usize = 8_192;

/// The decoded JSON object of the first `claims="…"` parameter, in whichever order and header it stands.
pub(crate) fn claims(headers: &HeaderMap) -> Option<String> {
    let mut headers = headers.get_all(WWW_AUTHENTICATE).iter();
    headers.find_map(|value| decode(parameter(value.to_str().ok()?, "claims")?))
}

fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.match_indices(name).find_map(|(at, _)| {
        let starts = header[..at].ends_with([' ', ',', '\t']);
        let value = header[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        starts.then(|| quoted(value)).flatten()
    })
}

fn quoted(value: &str) -> Option<&str> {
    match value.strip_prefix('"') {
        Some(rest) => rest.split_once('"').map(|(inside, _)| inside),
        None => value.split([',', ' ']).next(),
    }
}

fn decode(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim_end_matches('=');
    let bytes = STANDARD_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok()?;
    let json = String::from_utf8(bytes).ok()?;
    let object: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json).ok();
    object.map(|_| json)
}
