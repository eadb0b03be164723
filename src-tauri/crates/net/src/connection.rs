//! One kept-alive HTTP/1.1 connection to one server, with never a second beside it.
//!
//! For servers that tie what they know about the client to the TCP connection, as NTLM does. The pool of
//! [`Client`](crate::Client) can't promise this: it races a new connection against the one that is about to
//! become free.

use bytes::Bytes;
use http::Request;
use url::Url;

use crate::cause;
use crate::client::allowed;
use crate::endpoint::same_host;
use crate::error::NetError;
use crate::log::number;
use crate::transport::Limits;

mod body;
mod dial;
mod line;
#[cfg(test)]
mod tests;
mod tls;

pub(crate) use line::{Asked, Line};

/// Numbers the request after its URL was found to belong to `server`.
///
/// # Errors
/// [`NetError::NotAllowed`] for any other scheme, host or port.
pub(crate) fn prepared(server: &Url, mut request: Request<Bytes>) -> Result<Request<Bytes>, NetError> {
    let url = allowed(&request.uri().to_string())?;
    if !same_host(server, &url) {
        return Err(NetError::NotAllowed { url: format!("{}://{}", url.scheme(), cause::host(&url)) });
    }
    number(request.headers_mut());
    Ok(request)
}

/// Ends `work` when the time of `limits` is over. What was under way is dropped, and its connection with it.
pub(crate) async fn within<T>(
    server: &Url,
    limits: Limits,
    work: impl Future<Output = Result<T, NetError>>,
) -> Result<T, NetError> {
    match tokio::time::timeout(limits.total, work).await {
        Ok(done) => done,
        Err(_) => Err(NetError::Timeout { host: cause::host(server), limit: limits.total }),
    }
}
