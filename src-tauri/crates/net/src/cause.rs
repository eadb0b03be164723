//! From the HTTP libraries' errors to [`NetError`].

use std::error::Error;
use std::io;

use url::Url;

use crate::error::NetError;

/// The host of `url` for a message.
pub(crate) fn host(url: &Url) -> String {
    url.host_str().unwrap_or("the server").to_owned()
}

/// Names what went wrong. The error's URL is dropped: its query may hold secrets.
pub(crate) fn name(url: &Url, error: reqwest::Error) -> NetError {
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

/// Names what went wrong while a connection to `url` was being opened.
pub(crate) fn opening(url: &Url, error: Box<dyn Error + Send + Sync>) -> NetError {
    let host = host(url);
    if let Some(tls) = find::<rustls::Error>(error.as_ref()) {
        return NetError::Tls { host, reason: tls.to_string() };
    }
    if proxy_wants_credentials(error.as_ref()) {
        return NetError::ProxyAuth { host };
    }
    if could_not_resolve(error.as_ref()) {
        return NetError::Dns { host, source: error };
    }
    NetError::Connect { host, source: error }
}

/// Names an answer that broke off.
pub(crate) fn broken(url: &Url, error: impl Error + Send + Sync + 'static) -> NetError {
    if let Some(tls) = find::<rustls::Error>(&error) {
        return NetError::Tls { host: host(url), reason: tls.to_string() };
    }
    NetError::Protocol { host: host(url), source: Box::new(error) }
}

/// The text of the last error of the chain: the one that says what happened.
pub(crate) fn innermost(error: &dyn Error) -> String {
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

/// The connector's error type is private as well.
fn could_not_resolve(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|error| error.to_string() == "dns error")
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

#[cfg(test)]
mod tests {
    use super::opening;
    use crate::error::NetError;
    use hyper_util::client::legacy::connect::HttpConnector;
    use tower_service::Service;

    /// A label of more than 63 characters (RFC 1035 §2.3.4) is refused by the resolver itself.
    #[tokio::test]
    async fn f33_a_name_that_can_not_be_resolved_is_named() {
        let url = format!("http://{}.invalid/", "x".repeat(64));
        let error = HttpConnector::new().call(url.parse().unwrap()).await.unwrap_err();
        let named = opening(&url.parse().unwrap(), Box::new(error));
        assert!(matches!(named, NetError::Dns { .. }) && named.is_offline(), "{named:?}");
    }
}
