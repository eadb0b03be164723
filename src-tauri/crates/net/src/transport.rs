//! The boundary between the product and the network.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::error::NetError;

/// How much a server may take of our time and memory for one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of body that are accepted, counted after decompression.
    pub max_body_bytes: usize,
    /// Time from the start of the request to the last byte of the answer.
    pub total: Duration,
}

impl Limits {
    /// For small JSON documents: metadata, keys, tokens, errors. 1 MiB in 30 s.
    pub const SMALL: Self = Self { max_body_bytes: 1 << 20, total: Duration::from_secs(30) };

    /// For a page of events or contacts. 32 MiB in 60 s (reliability F42).
    pub const PAGE: Self = Self { max_body_bytes: 32 << 20, total: Duration::from_secs(60) };
}

impl Default for Limits {
    fn default() -> Self {
        Self::PAGE
    }
}

/// Sends one request and returns the whole answer, whatever its status is.
///
/// An implementation follows no redirect and does not retry: a request that may have reached the server is never
/// sent twice. None adds credentials but the one that is made of them,
/// [`PasswordTransport`](crate::PasswordTransport).
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends `request`. Statuses such as 401 or 503 are answers, not errors.
    ///
    /// # Errors
    /// [`NetError`] when no complete answer within `limits` arrived.
    async fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, NetError>;
}

#[async_trait]
impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, NetError> {
        (**self).send(request, limits).await
    }
}
