//! Accepts connections until the attempt ends.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::header::{HeaderValue, LOCATION};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming as Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio::time::timeout;
use url::Url;

use super::delivery::Delivery;
use super::gate::{Gate, Refusal};
use super::page::{Language, Page};
use super::{ListenerLimits, Loopback};

/// The first byte of a TLS handshake (RFC 8446 §5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// What the browser gets for its answer.
#[derive(Debug)]
pub(crate) enum Reply {
    /// A page of ours.
    Page(Page),
    /// The next page of the same visit. An address that we made; nothing of a request is in it (B09).
    Continue(Url),
}

/// What the listener tells the attempt.
pub(crate) enum Incoming {
    /// The answer. The sender of the reply goes with it.
    Answer(Delivery, oneshot::Sender<Reply>),
    /// A request that is not the answer.
    Refused(Refusal),
    /// A browser spoke TLS: it remembers that `localhost` is https (B16).
    Tls,
}

/// A running listener. Dropping it closes the port.
pub(crate) struct Server {
    incoming: mpsc::Receiver<Incoming>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

struct Shared {
    gate: Gate,
    taken: AtomicBool,
    tell: mpsc::Sender<Incoming>,
    limits: ListenerLimits,
}

impl Server {
    pub(crate) fn start(loopback: Loopback, gate: Gate, limits: ListenerLimits) -> Self {
        let (tell, incoming) = mpsc::channel(64);
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::new(Shared { gate, taken: AtomicBool::new(false), tell, limits });
        let task = tokio::spawn(run(loopback, shared, stopped));
        Self { incoming, stop: Some(stop), task }
    }

    /// The next thing that happens. `None` when the sockets broke.
    pub(crate) async fn next(&mut self) -> Option<Incoming> {
        self.incoming.recv().await
    }

    /// Closes the port after the last page has been sent.
    pub(crate) async fn finish(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the task has ended already.
            _ = stop.send(());
        }
        if let Err(error) = (&mut self.task).await
            && !error.is_cancelled()
        {
            tracing::warn!("the loopback listener ended early");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection: how to end it, and whether its request is complete.
struct Open {
    end: AbortHandle,
    busy: Arc<AtomicBool>,
}

async fn run(loopback: Loopback, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    let mut tasks = JoinSet::new();
    let mut open: VecDeque<Open> = VecDeque::new();
    loop {
        let stream = tokio::select! {
            _ = &mut stopped => break,
            Some(_) = tasks.join_next(), if !tasks.is_empty() => continue,
            stream = accept(&loopback) => stream,
        };
        let Ok(stream) = stream else {
            // Out of file descriptors or the like; the pause keeps the loop from spinning.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        open.retain(|connection| !connection.end.is_finished());
        make_room(&mut open, shared.limits.connections);
        let busy = Arc::new(AtomicBool::new(false));
        let end = tasks.spawn(serve(stream, Arc::clone(&shared), Arc::clone(&busy)));
        open.push_back(Open { end, busy });
    }
    drop(loopback);
    for connection in open.iter().filter(|connection| !connection.busy.load(Ordering::Acquire)) {
        connection.end.abort();
    }
    // What remains is sending its page.
    let farewell = async { while tasks.join_next().await.is_some() {} };
    if timeout(shared.limits.farewell, farewell).await.is_err() {
        tasks.abort_all();
    }
}

/// Ends the oldest connection that has not completed its request, when there are too many.
fn make_room(open: &mut VecDeque<Open>, most: usize) {
    if open.len() < most {
        return;
    }
    if let Some(at) = open.iter().position(|connection| !connection.busy.load(Ordering::Acquire))
        && let Some(oldest) = open.remove(at)
    {
        oldest.end.abort();
    }
}

async fn accept(loopback: &Loopback) -> io::Result<TcpStream> {
    tokio::select! {
        accepted = loopback.v4.accept() => accepted.map(|(stream, _)| stream),
        accepted = accept_v6(loopback.v6.as_ref()) => accepted.map(|(stream, _)| stream),
    }
}

async fn accept_v6(listener: Option<&TcpListener>) -> io::Result<(TcpStream, std::net::SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>, busy: Arc<AtomicBool>) {
    let mut first = [0_u8; 1];
    match timeout(shared.limits.head, stream.peek(&mut first)).await {
        Ok(Ok(1)) if first[0] == TLS_HANDSHAKE => {
            // Full means that the attempt has been told often enough.
            drop(shared.tell.try_send(Incoming::Tls));
            return;
        }
        Ok(Ok(1)) => {}
        _ => return,
    }
    let limits = shared.limits;
    let service = service_fn(move |request| {
        busy.store(true, Ordering::Release);
        answer(Arc::clone(&shared), request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if connection.await.is_err() {
        // hyper has answered what could be answered (400, 414, 431); the rest is the stranger's affair.
        tracing::debug!("a connection to the loopback listener broke off");
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Body>) -> Result<Response<Full<Bytes>>, Infallible> {
    // The body is dropped unread.
    let (parts, _) = request.into_parts();
    let language = Language::of(&parts.headers);
    let delivery = match shared.gate.judge(&parts) {
        Ok(delivery) => delivery,
        Err(refusal) => {
            drop(shared.tell.try_send(Incoming::Refused(refusal)));
            let page = if refusal == Refusal::Path { Page::Nothing } else { Page::Stranger };
            return Ok(response(refusal.status(), page, language));
        }
    };
    if shared.taken.swap(true, Ordering::AcqRel) {
        // The same answer again: a second tab, a reload, or a replay (B03, B17).
        return Ok(response(StatusCode::GONE, Page::Over, language));
    }
    let (show, shown) = oneshot::channel();
    let told = shared.tell.send(Incoming::Answer(delivery, show)).await;
    let reply = match told {
        Ok(()) => shown.await.unwrap_or(Reply::Page(Page::Over)),
        Err(_) => Reply::Page(Page::Over),
    };
    Ok(match reply {
        Reply::Page(page) => response(StatusCode::OK, page, language),
        Reply::Continue(url) => redirect(&url, language),
    })
}

/// Sends the browser on (RFC 9110 §15.4.4), with the page that it shows where it doesn't follow.
fn redirect(url: &Url, language: Language) -> Response<Full<Bytes>> {
    match HeaderValue::from_str(url.as_str()) {
        Ok(location) => {
            let mut response = response(StatusCode::SEE_OTHER, Page::Over, language);
            response.headers_mut().insert(LOCATION, location);
            response
        }
        Err(_) => response(StatusCode::OK, Page::Failed, language),
    }
}

fn response(status: StatusCode, page: Page, language: Language) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(page.html(language))));
    *response.status_mut() = status;
    let headers: HeaderMap = super::page::headers(language);
    *response.headers_mut() = headers;
    response
}
