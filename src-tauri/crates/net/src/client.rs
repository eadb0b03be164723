//! The real transport: HTTP over TLS with the operating system's trust store and proxy.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{Request, Response};
use url::Url;

use crate::cause;
use crate::endpoint::{is_allowed, is_loopback};
use crate::error::NetError;
use crate::log::{Entry, number};
use crate::transport::{Limits, Transport};

/// What a [`Client`] needs to know.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Sent as `User-Agent`.
    pub user_agent: String,
    /// Time for name resolution, TCP and TLS together.
    pub connect_timeout: Duration,
    /// Whether the proxy of the system and of the environment is used. Never for loopback hosts.
    pub system_proxy: bool,
    /// Certificates in PEM that are trusted beside those of the operating system.
    pub extra_roots: Vec<Vec<u8>>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            user_agent: concat!("Convoke/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            system_proxy: true,
            extra_roots: Vec::new(),
        }
    }
}

/// The one HTTP client of a process.
///
/// The machine's trust store is read at the first request, and again after it could not be read: a machine
/// with an empty store gets [`NetError::NoTrustStore`] until that is mended, never a panic (F41). Plain http on
/// this machine needs no certificate and does not wait for the store.
#[derive(Debug)]
pub struct Client {
    options: ClientOptions,
    outward: Mutex<Option<reqwest::Client>>,
    loopback: Mutex<Option<reqwest::Client>>,
    plain: Mutex<Option<reqwest::Client>>,
}

/// Where a client may connect to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Any host, with https.
    Outward,
    /// This machine, with https.
    Loopback,
    /// This machine, with http: no TLS, hence no trust store.
    Plain,
}

impl Reach {
    /// The reach that an allowed `url` needs.
    fn of(url: &Url) -> Self {
        match (is_loopback(url), url.scheme()) {
            (true, "http") => Self::Plain,
            (true, _) => Self::Loopback,
            (false, _) => Self::Outward,
        }
    }
}

impl Client {
    /// A client that has touched neither network nor trust store yet.
    #[must_use]
    pub fn new(options: ClientOptions) -> Self {
        Self { options, outward: Mutex::new(None), loopback: Mutex::new(None), plain: Mutex::new(None) }
    }

    fn http(&self, reach: Reach) -> Result<reqwest::Client, NetError> {
        let slot = match reach {
            Reach::Outward => &self.outward,
            Reach::Loopback => &self.loopback,
            Reach::Plain => &self.plain,
        };
        let mut slot = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(client) = slot.as_ref() {
            return Ok(client.clone());
        }
        let client = build(&self.options, reach)?;
        Ok(slot.insert(client).clone())
    }

    async fn exchange(
        &self,
        url: &Url,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, NetError> {
        let client = self.http(Reach::of(url))?;
        let whole = async {
            let request = reqwest::Request::try_from(request).map_err(|error| cause::name(url, error))?;
            let answer = client.execute(request).await.map_err(|error| cause::name(url, error))?;
            read(url, answer, limits.max_body_bytes).await
        };
        match tokio::time::timeout(limits.total, whole).await {
            Ok(answer) => answer,
            Err(_) => Err(NetError::Timeout { host: cause::host(url), limit: limits.total }),
        }
    }
}

#[async_trait]
impl Transport for Client {
    async fn send(&self, mut request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        let url = allowed(&request.uri().to_string())?;
        number(request.headers_mut());
        let entry = Entry::new(request.method(), request.uri(), request.headers());
        let start = Instant::now();
        let answer = self.exchange(&url, request, limits).await;
        match &answer {
            Ok(answer) => entry.answered(answer.status().as_u16(), answer.body().len(), start.elapsed()),
            Err(error) => entry.failed(error, start.elapsed()),
        }
        answer
    }
}

/// The URL of a request, if it may be asked at all.
pub(crate) fn allowed(uri: &str) -> Result<Url, NetError> {
    let refuse = |shown: String| NetError::NotAllowed { url: shown };
    let url = Url::parse(uri).map_err(|_| refuse("a URL that can't be read".to_owned()))?;
    if is_allowed(&url) { Ok(url) } else { Err(refuse(format!("{}://{}", url.scheme(), cause::host(&url)))) }
}

fn build(options: &ClientOptions, reach: Reach) -> Result<reqwest::Client, NetError> {
    let unusable = |error: reqwest::Error| NetError::NoTrustStore { reason: cause::innermost(&error) };
    let mut builder = reqwest::Client::builder()
        .user_agent(&options.user_agent)
        .connect_timeout(options.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .https_only(reach != Reach::Plain);
    if reach != Reach::Outward || !options.system_proxy {
        builder = builder.no_proxy();
    }
    if reach == Reach::Plain {
        // No authority at all: should this client ever meet TLS, it trusts nobody.
        return builder.tls_certs_only([]).build().map_err(unusable);
    }
    let mut roots = Vec::new();
    for pem in &options.extra_roots {
        roots.extend(reqwest::Certificate::from_pem_bundle(pem).map_err(unusable)?);
    }
    if !roots.is_empty() {
        builder = builder.tls_certs_merge(roots);
    }
    builder.build().map_err(unusable)
}

/// Reads the body, giving up as soon as it is larger than `limit` after decompression (B24, F42).
async fn read(url: &Url, answer: reqwest::Response, limit: usize) -> Result<Response<Bytes>, NetError> {
    let too_large = || NetError::BodyTooLarge { host: cause::host(url), limit };
    if answer.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut answer = answer;
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| cause::name(url, error))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.version_mut() = answer.version();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    // The body is decoded and whole; what described its form on the wire no longer holds.
    response.headers_mut().remove(CONTENT_ENCODING);
    response.headers_mut().remove(CONTENT_LENGTH);
    Ok(response)
}
