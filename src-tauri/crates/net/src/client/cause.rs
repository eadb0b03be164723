//! From the HTTP library's errors to [`NetError`].

use std::error::Error;
use std::io;

use url::Url;

use crate::error::NetError;

/// The host of `url` for a message.
pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or("the server").to_owned()
}

/// Names what went wrong. The error's URL is dropped: its query may hold secrets.
pub(super) fn name(url: &Url, error: reqwest::Error) -> NetError {
    let error = error.without_url();
    let host = host(url);
    if let Some(tls) = find::<rustls::Error>(&error) {
        return NetError::Tls { host, reason: tls.to_string() };
    }
    if proxy_wants_credentials(&error) {
        return NetError::ProxyAuth { host };
    }
    if error.is_dns() {
        return NetError::Dns { host, source: Box::new(error) };
    }
    if error.is_connect() {
        return NetError::Connect { host, source: Box::new(error) };
    }
    NetError::Protocol { host, source: Box::new(error) }
}

/// The text of the last error of the chain: the one that says what happened.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}

/// The tunnel's error type is private to the library, so that only its text is left to recognize it.
fn proxy_wants_credentials(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|error| error.to_string().ends_with("proxy authorization required"))
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| inner(*error))
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref::<T>())
}

/// The next error inwards. An I/O error's `source` skips the error that it wraps, hence `get_ref`.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
