//! Starting, serving and stopping a tenant.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::{Router, middleware};
use chrono::{TimeDelta, Utc};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use crate::clock::TenantClock;
use crate::control;
use crate::entra::{self, Entra};
use crate::error::TenantError;
use crate::ews;
use crate::ews::auth::Connection;
use crate::faults;
use crate::graph;
use crate::log::{self, Cut};
use crate::options::Options;
use crate::policy_file::{self, PolicyFacts};
use crate::ready::{Ready, ReadySso, ReadyUser, Urls};
use crate::sso::{self, Sso};
use crate::state::{Parts, Shared, TenantState};
use crate::tls::{self, Tls};
use crate::world::{World, WorldOptions};

/// A tenant that serves. It stops when dropped.
#[derive(Debug)]
pub struct Running {
    /// What a client needs to know.
    pub ready: Ready,
    /// The tenant's state, for tests in the same process.
    pub shared: Shared,
    stop: watch::Sender<bool>,
    // Held for its Drop, which removes the policy files.
    _files: TempDir,
}

impl Running {
    /// Closes the listeners and cuts all connections.
    pub fn stop(self) {
        self.stop.send_replace(true);
    }

    /// Moves the tenant's clock by `delta`.
    pub fn advance(&self, delta: TimeDelta) {
        self.shared.clock.advance(delta);
    }
}

/// Builds a tenant's world and serves it in the background of the current tokio runtime.
///
/// # Errors
/// When the port is taken, or files, keys or certificates can't be made.
pub async fn start(options: Options) -> Result<Running, TenantError> {
    let listeners =
        bind(options.port).await.map_err(|source| TenantError::Bind { port: options.port, source })?;
    let port =
        listeners[0].local_addr().map_err(|source| TenantError::Bind { port: options.port, source })?.port();
    let tls = if options.tls { Some(tls::generate()?) } else { None };
    let files = TempDir::with_prefix("convoke-tenant-").map_err(TenantError::Files)?;
    let shared = Arc::new(build(&options, Urls::new(port, options.tls))?);
    let ready = describe(&shared, &files, tls.as_ref()).map_err(TenantError::Files)?;
    let (stop, stopped) = watch::channel(false);
    let router = router(Arc::clone(&shared));
    let secured = tls.map(|tls| (tls.acceptor, tls.certificate_hash));
    for listener in listeners {
        tokio::spawn(accept(listener, secured.clone(), router.clone(), stopped.clone()));
    }
    Ok(Running { ready, shared, stop, _files: files })
}

fn build(options: &Options, urls: Urls) -> Result<TenantState, TenantError> {
    let world = World::generate(&WorldOptions {
        seed: options.seed,
        events: options.events,
        contacts: options.contacts,
        directory: options.directory,
        on_premises: options.on_premises.clone(),
        now: options.now.unwrap_or_else(Utc::now),
    });
    let parts =
        Parts { urls, clock: TenantClock::new(options.now), world, entra: Entra::new()?, sso: Sso::new()? };
    Ok(TenantState::new(parts, &options.scenarios))
}

fn describe(shared: &Shared, files: &TempDir, tls: Option<&Tls>) -> io::Result<Ready> {
    let (urls, world) = (&shared.urls, shared.world());
    let facts =
        PolicyFacts { urls, tenant_id: &world.tenant_id, domain: &entra::realm::federated_domain(&world) };
    policy_file::write(files.path(), &facts)?;
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    if let Some(tls) = tls {
        std::fs::write(files.path().join("ca.pem"), &tls.ca_pem)?;
    }
    Ok(Ready {
        authority: urls.authority.clone(),
        tenant_id: world.tenant_id.clone(),
        client_id: entra::app::CLIENT_ID.to_owned(),
        graph: urls.graph(),
        ews: urls.ews(),
        sso: ReadySso { issuer: urls.sso_issuer(), client_id: sso::CLIENT_ID.to_owned() },
        ca: tls.map(|_| path("ca.pem")),
        policy: path("policy.json"),
        policy_sso: path("policy-sso.json"),
        policy_ews: path("policy-ews.json"),
        users: ReadyUser::all(&world),
        control: urls.control(),
    })
}

/// All endpoints, with the layers that every answer passes.
fn router(shared: Shared) -> Router {
    Router::new()
        .merge(entra::router(Arc::clone(&shared)))
        .nest("/sso", sso::router(Arc::clone(&shared)))
        .nest("/v1.0", graph::router(Arc::clone(&shared)))
        .nest("/_control", control::router(Arc::clone(&shared)))
        .merge(ews::router(Arc::clone(&shared)))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), faults::layer))
        .layer(middleware::from_fn_with_state(shared, log::record))
}

/// Binds 127.0.0.1 and, where the machine has it, `[::1]` on the same port: browsers may try either for `localhost`.
async fn bind(port: u16) -> io::Result<Vec<TcpListener>> {
    const ATTEMPTS: usize = 16;
    for attempt in 1.. {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let same = SocketAddr::from((Ipv6Addr::LOCALHOST, v4.local_addr()?.port()));
        match TcpListener::bind(same).await {
            Ok(v6) => return Ok(vec![v4, v6]),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                if port != 0 || attempt == ATTEMPTS {
                    return Err(error);
                }
            }
            Err(_) => return Ok(vec![v4]),
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

async fn accept(
    listener: TcpListener,
    tls: Option<(TlsAcceptor, [u8; 32])>,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let stream = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    // Mostly "too many open files": give connections time to end.
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        tokio::spawn(connection(stream, tls.clone(), router.clone(), stopped.clone()));
    }
}

async fn connection(
    stream: TcpStream,
    tls: Option<(TlsAcceptor, [u8; 32])>,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let serving = async {
        match tls {
            None => serve(stream, router, None).await,
            Some((acceptor, certificate)) => {
                if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream, router, Some(certificate)).await;
                }
            }
        }
    };
    tokio::select! {
        _ = stopped.changed() => {}
        () = serving => {}
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    router: Router,
    certificate: Option<[u8; 32]>,
) {
    let connection = Arc::new(Connection::new(certificate));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Arc::clone(&connection));
        respond(router.clone(), request)
    });
    // An error is a connection cut by the client, or by a fault: neither is worth a word.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(mut router: Router, request: Request<Incoming>) -> Result<Response, ConnectionCut> {
    let answered: Result<Response, Infallible> = router.call(request.map(Body::new)).await;
    let Ok(response) = answered;
    if response.extensions().get::<Cut>().is_some() { Err(ConnectionCut) } else { Ok(response) }
}

/// Makes the server close the connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut on purpose")]
struct ConnectionCut;
