//! The connection itself, for one borrower at a time.

use std::time::Instant;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HOST, HeaderValue, USER_AGENT};
use http::{Request, Response, Uri, Version};
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use url::Url;

use super::body;
use super::dial::{Dialer, Live};
use crate::cause;
use crate::client::ClientOptions;
use crate::error::NetError;
use crate::log::Entry;

/// What became of a request.
pub(crate) enum Asked {
    /// The server's whole answer.
    Answer(Response<Bytes>),
    /// The connection had ended before anything of the request went out: it may be sent again.
    NotSent,
}

/// At most one connection to one server.
#[derive(Debug)]
pub(crate) struct Line {
    dialer: Dialer,
    live: Option<Live>,
}

impl Line {
    pub(crate) fn new(options: ClientOptions, server: Url) -> Self {
        Self { dialer: Dialer::new(options, server), live: None }
    }

    /// The server at the other end.
    pub(crate) fn server(&self) -> &Url {
        self.dialer.server()
    }

    /// Whether a connection is there and the server has not closed it, as far as this side knows.
    pub(crate) async fn is_open(&mut self) -> bool {
        let open = match &mut self.live {
            Some(live) => live.sender.ready().await.is_ok(),
            None => false,
        };
        if !open {
            self.close();
        }
        open
    }

    /// Opens the connection unless it is open.
    pub(crate) async fn open(&mut self) -> Result<(), NetError> {
        if !self.is_open().await {
            self.live = Some(self.dialer.dial().await?);
        }
        Ok(())
    }

    /// Ends the connection.
    pub(crate) fn close(&mut self) {
        self.live = None;
    }

    /// The server's certificate in DER, if the connection is open and secured by TLS.
    pub(crate) fn certificate(&self) -> Option<&[u8]> {
        self.live.as_ref()?.certificate.as_deref()
    }

    /// The error of a server that ends connections instead of keeping them.
    pub(crate) fn not_kept(&self) -> NetError {
        NetError::NotKept { host: cause::host(self.server()) }
    }

    /// Sends `request` on the open connection and reads the answer.
    ///
    /// The connection stays only after a whole answer: one that was given up in the middle, by an error or
    /// because the caller stopped waiting, is closed.
    pub(crate) async fn ask(
        &mut self,
        request: Request<Bytes>,
        max_body_bytes: usize,
    ) -> Result<Asked, NetError> {
        let Some(mut live) = self.live.take() else {
            return Ok(Asked::NotSent);
        };
        let entry = Entry::new(request.method(), request.uri(), request.headers());
        let start = Instant::now();
        let request = self.on_the_wire(request);
        let asked = exchange(self.server(), &mut live.sender, request, max_body_bytes).await;
        match &asked {
            Ok(Asked::Answer(answer)) => {
                entry.answered(answer.status().as_u16(), answer.body().len(), start.elapsed());
                self.live = Some(live);
            }
            Ok(Asked::NotSent) => {}
            Err(error) => entry.failed(error, start.elapsed()),
        }
        asked
    }

    /// The request in origin form (RFC 9112 §3.2.1) with the headers that every request carries.
    fn on_the_wire(&self, request: Request<Bytes>) -> Request<Full<Bytes>> {
        let (mut parts, body) = request.into_parts();
        parts.uri = parts.uri.path_and_query().cloned().map_or_else(|| Uri::from_static("/"), Uri::from);
        parts.version = Version::HTTP_11;
        parts.headers.insert(HOST, self.dialer.host_header());
        parts.headers.entry(USER_AGENT).or_insert_with(|| self.dialer.user_agent());
        parts.headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        Request::from_parts(parts, Full::new(body))
    }
}

async fn exchange(
    server: &Url,
    sender: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
    max_body_bytes: usize,
) -> Result<Asked, NetError> {
    if sender.ready().await.is_err() {
        return Ok(Asked::NotSent);
    }
    match sender.try_send_request(request).await {
        Ok(answer) => body::read(server, answer, max_body_bytes).await.map(Asked::Answer),
        Err(mut failed) => match failed.take_message() {
            Some(_) => Ok(Asked::NotSent),
            None => Err(cause::broken(server, failed.into_error())),
        },
    }
}
