//! The single messages of a sign-in: what is added to a request, and what is read from an answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderMap, HeaderValue,
    TRANSFER_ENCODING,
};
use http::{Method, Request, Response, StatusCode};

use crate::ntlm::NtlmError;
use crate::scheme::{Scheme, challenges};

/// Longest challenge in base64. Windows makes a few hundred bytes; the format allows little more than 128 KiB.
const LONGEST: usize = 256 * 1024;

/// The request without its body, which says nothing yet.
pub(super) fn without_body(request: &Request<Bytes>) -> Request<Bytes> {
    let mut empty = request.clone();
    *empty.body_mut() = Bytes::new();
    for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING] {
        empty.headers_mut().remove(name);
    }
    if !matches!(*empty.method(), Method::GET | Method::HEAD) {
        empty.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    empty
}

/// The request with an `Authorization` header.
pub(super) fn with(mut request: Request<Bytes>, authorization: HeaderValue) -> Request<Bytes> {
    request.headers_mut().insert(AUTHORIZATION, authorization);
    request
}

/// `Authorization: NTLM` with a message.
pub(super) fn ntlm(message: &[u8]) -> Result<HeaderValue, NtlmError> {
    let text = format!("{} {}", Scheme::Ntlm.name(), STANDARD.encode(message));
    let mut header = HeaderValue::try_from(text).map_err(|_| NtlmError::Malformed)?;
    header.set_sensitive(true);
    Ok(header)
}

/// The server's NTLM message.
///
/// # Errors
/// [`NtlmError::NoChallenge`] where it only offers NTLM.
pub(super) fn challenge(headers: &HeaderMap) -> Result<Vec<u8>, NtlmError> {
    let offers = challenges(headers);
    let with_message = |offer: &&crate::scheme::Challenge<'_>| offer.is("NTLM") && !offer.rest.is_empty();
    let message = offers.iter().find(with_message).ok_or(NtlmError::NoChallenge)?.rest;
    if message.len() > LONGEST {
        return Err(NtlmError::Malformed);
    }
    STANDARD.decode(message).map_err(|_| NtlmError::Malformed)
}

/// Whether the answer says something else than "who are you?" and is no answer to the request either: a
/// redirect, or a server that wants to be left alone. It is handed on as it is.
pub(super) fn is_final(answer: &Response<Bytes>) -> bool {
    let status = answer.status();
    status.is_redirection()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// Whether a refusal names wrong channel bindings (SEC_E_BAD_BINDINGS, 0x80090346). IIS says so only in its
/// detailed error pages, which are off for remote clients by default.
pub(super) fn names_bindings(answer: &Response<Bytes>) -> bool {
    let text = String::from_utf8_lossy(answer.body()).to_ascii_lowercase();
    ["80090346", "sec_e_bad_bindings"].iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::{challenge, ntlm, without_body};
    use crate::ntlm::NtlmError;
    use bytes::Bytes;
    use http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};
    use http::{HeaderName, Request};

    #[test]
    fn the_first_message_carries_no_body_and_keeps_the_rest() {
        let request = Request::post("https://mail.contoso.com/EWS/Exchange.asmx")
            .header("content-type", "text/xml")
            .header("x-anchormailbox", "ann@contoso.com")
            .body(Bytes::from_static(b"<secret/>"))
            .unwrap();
        let empty = without_body(&request);
        assert!(empty.body().is_empty());
        assert_eq!(empty.uri(), request.uri());
        let mut names: Vec<_> = empty.headers().keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["content-length", "x-anchormailbox"]);
        let get = Request::get("https://mail.contoso.com/").body(Bytes::new()).unwrap();
        assert!(without_body(&get).headers().is_empty());
    }

    #[test]
    fn messages_are_sensitive() {
        assert_eq!(format!("{:?}", ntlm(b"x").unwrap()), "Sensitive");
    }

    #[test]
    fn a_challenge_is_found_or_refused() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_static("Negotiate"));
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap());
            challenge(&headers)
        };
        assert_eq!(of("NTLM eA==").unwrap(), b"x");
        assert_eq!(of("NTLM").unwrap_err(), NtlmError::NoChallenge);
        assert_eq!(of("Basic eA==").unwrap_err(), NtlmError::NoChallenge);
        assert_eq!(of("NTLM ####").unwrap_err(), NtlmError::Malformed);
        assert_eq!(of(&format!("NTLM {}", "A".repeat(300_000))).unwrap_err(), NtlmError::Malformed);
    }
}
