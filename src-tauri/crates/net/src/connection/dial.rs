//! From a server's address to an open connection: name, TCP, proxy, TLS.

use bytes::Bytes;
use http::Uri;
use http::header::HeaderValue;
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tower_service::Service;
use url::Url;

use super::tls;
use crate::cause;
use crate::client::ClientOptions;
use crate::endpoint::is_loopback;
use crate::error::NetError;

/// An open connection. Dropping it closes it.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) sender: SendRequest<Full<Bytes>>,
    /// The server's certificate in DER.
    pub(super) certificate: Option<Vec<u8>>,
    task: JoinHandle<()>,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A proxy that only the pooled client could use.
#[derive(Debug, thiserror::Error)]
#[error("the proxy is not an http:// one")]
struct UnsupportedProxy;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Opens connections to one server.
pub(super) struct Dialer {
    options: ClientOptions,
    server: Url,
    /// Kept once the trust store could be read.
    tls: Option<TlsConnector>,
}

impl std::fmt::Debug for Dialer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dialer").field("host", &cause::host(&self.server)).finish_non_exhaustive()
    }
}

impl Dialer {
    pub(super) fn new(options: ClientOptions, server: Url) -> Self {
        Self { options, server, tls: None }
    }

    pub(super) fn server(&self) -> &Url {
        &self.server
    }

    /// `Host`: the port is named only where it is not the scheme's own (RFC 9110 §7.2).
    pub(super) fn host_header(&self) -> HeaderValue {
        let host = cause::host(&self.server);
        let text = self.server.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    pub(super) fn user_agent(&self) -> HeaderValue {
        HeaderValue::try_from(&self.options.user_agent)
            .unwrap_or_else(|_| HeaderValue::from_static("Convoke"))
    }

    /// Opens a connection within the options' time to connect.
    pub(super) async fn dial(&mut self) -> Result<Live, NetError> {
        let limit = self.options.connect_timeout;
        match tokio::time::timeout(limit, self.connect()).await {
            Ok(opened) => opened,
            Err(late) => Err(cause::opening(&self.server, Box::new(late))),
        }
    }

    async fn connect(&mut self) -> Result<Live, NetError> {
        let failed = |error: BoxError| cause::opening(&self.server, error);
        if self.server.scheme() != "https" {
            let stream = self.tcp().await.map_err(failed)?;
            return serve(stream, None).await.map_err(failed);
        }
        let tls = match &self.tls {
            Some(tls) => tls.clone(),
            None => self.tls.insert(tls::connector(&self.options.extra_roots)?).clone(),
        };
        let failed = |error: BoxError| cause::opening(&self.server, error);
        let name = tls::name(&self.server).map_err(failed)?;
        let tcp = self.tcp().await.map_err(failed)?;
        let stream = tls.connect(name, tcp).await.map_err(|error| failed(Box::new(error)))?;
        let chain = stream.get_ref().1.peer_certificates();
        let certificate = chain.and_then(<[_]>::first).map(|leaf| leaf.to_vec());
        serve(stream, certificate).await.map_err(failed)
    }

    /// The TCP connection, through the proxy where one is set for this server. Never for loopback hosts.
    async fn tcp(&self) -> Result<TcpStream, BoxError> {
        let server: Uri = self.server.as_str().parse()?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(self.options.connect_timeout));
        let matcher = (self.options.system_proxy && !is_loopback(&self.server)).then(Matcher::from_system);
        match matcher.and_then(|matcher| matcher.intercept(&server)) {
            None => called(tcp, server).await,
            Some(proxy) => called(tunnel(&proxy, tcp)?, server).await,
        }
    }
}

fn tunnel(proxy: &Intercept, tcp: HttpConnector) -> Result<Tunnel<HttpConnector>, BoxError> {
    if proxy.uri().scheme_str() != Some("http") {
        return Err(Box::new(UnsupportedProxy));
    }
    let tunnel = Tunnel::new(proxy.uri().clone(), tcp);
    Ok(match proxy.basic_auth() {
        Some(credentials) => tunnel.with_auth(credentials.clone()),
        None => tunnel,
    })
}

async fn called<S>(mut service: S, server: Uri) -> Result<TcpStream, BoxError>
where
    S: Service<Uri, Response = TokioIo<TcpStream>>,
    S::Error: Into<BoxError>,
{
    std::future::poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
    Ok(service.call(server).await.map_err(Into::into)?.into_inner())
}

/// Starts HTTP/1.1 on `stream`.
async fn serve<S>(stream: S, certificate: Option<Vec<u8>>) -> Result<Live, BoxError>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let task = tokio::spawn(async move {
        // How it ended is told to whoever waits for an answer.
        drop(connection.await);
    });
    Ok(Live { sender, certificate, task })
}
