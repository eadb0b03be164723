//! The one connection against real sockets: reuse, limits, compression.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Asked, Line};
use crate::client::ClientOptions;
use crate::error::NetError;

const LIMIT: usize = 64 * 1024;
const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A server in a thread of its own. For each connection it answers the requests with the given answers, closes,
/// and says so. It ends with the last connection, and hands over the heads that it read.
struct Raw {
    url: String,
    closed: mpsc::Receiver<()>,
    thread: std::thread::JoinHandle<Vec<String>>,
}

impl Raw {
    fn start(connections: Vec<Vec<Vec<u8>>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://127.0.0.1:{}/path", listener.local_addr().unwrap().port());
        let (tell, closed) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut heads = Vec::new();
            for answers in connections {
                let (mut stream, _) = listener.accept().unwrap();
                for answer in answers {
                    heads.push(head(&mut stream));
                    stream.write_all(&answer).unwrap();
                }
                drop(stream);
                tell.send(()).unwrap_or_default();
            }
            heads
        });
        Self { url, closed, thread }
    }

    fn heads(self) -> Vec<String> {
        self.thread.join().unwrap()
    }
}

fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn line(url: &str) -> Line {
    let options = ClientOptions { system_proxy: false, ..ClientOptions::default() };
    Line::new(options, url.parse().unwrap())
}

async fn get(line: &mut Line, url: &str) -> Result<Response<Bytes>, NetError> {
    line.open().await?;
    match line.ask(Request::get(url).body(Bytes::new()).unwrap(), LIMIT).await? {
        Asked::Answer(answer) => Ok(answer),
        Asked::NotSent => Err(line.not_kept()),
    }
}

async fn fetch(answer: &[u8]) -> Result<Response<Bytes>, NetError> {
    let server = Raw::start(vec![vec![answer.to_vec()]]);
    get(&mut line(&server.url), &server.url).await
}

fn compressed(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    let body = encoder.finish().unwrap();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), &body].concat()
}

#[tokio::test]
async fn all_requests_share_one_connection() {
    let server = Raw::start(vec![vec![OK.to_vec(); 6]]);
    let mut line = line(&server.url);
    for _ in 0..6 {
        assert_eq!(get(&mut line, &server.url).await.unwrap().body(), "ok");
    }
    let heads = server.heads();
    assert_eq!(heads.len(), 6);
    for head in heads {
        assert!(head.starts_with("GET /path HTTP/1.1\r\n"), "{head}");
        for line in ["host: 127.0.0.1:", "user-agent: Convoke/", "accept-encoding: gzip\r\n"] {
            assert!(head.contains(line), "{line} in {head}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced() {
    let server = Raw::start(vec![vec![OK.to_vec()], vec![OK.to_vec()]]);
    let mut line = line(&server.url);
    for _ in 0..2 {
        assert_eq!(get(&mut line, &server.url).await.unwrap().body(), "ok");
        server.closed.recv().unwrap();
        // The end of the stream lies in the system's queue by now; one wait for the reactor brings it in.
        let (mut one, mut other) = tokio::io::duplex(1);
        one.write_all(b"x").await.unwrap();
        other.read_exact(&mut [0]).await.unwrap();
        tokio::time::timeout(Duration::ZERO, std::future::pending::<()>()).await.unwrap_err();
    }
    assert_eq!(server.heads().len(), 2);
}

#[tokio::test]
async fn f34_an_answer_that_breaks_off_is_named_and_not_asked_again() {
    for half in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"SSH-2.0-OpenSSH\r\n\r\n"] {
        let error = fetch(half).await.unwrap_err();
        assert!(matches!(error, NetError::Protocol { .. }) && error.is_transient(), "{error:?}");
    }
}

#[tokio::test]
async fn f42_b24_bodies_end_at_the_limit() {
    let zeros = vec![0; 32 << 20];
    for answer in [compressed(&zeros), b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".to_vec()] {
        let error = fetch(&answer).await.unwrap_err();
        assert!(matches!(error, NetError::BodyTooLarge { limit: 65536, .. }), "{error:?}");
    }
    let mut undeclared = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    undeclared.resize(undeclared.len() + 65537, b'x');
    assert!(matches!(fetch(&undeclared).await, Err(NetError::BodyTooLarge { .. })));
    undeclared.pop();
    assert_eq!(fetch(&undeclared).await.unwrap().body().len(), 65536);
    let answer = fetch(&compressed(&zeros[..65536])).await.unwrap();
    assert_eq!(answer.body().len(), 65536);
    assert!(!answer.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn compressed_bodies_that_are_none_are_refused_and_empty_ones_are_not() {
    let none = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd";
    assert!(matches!(fetch(none).await, Err(NetError::Protocol { .. })));
    let cut = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00";
    assert!(matches!(fetch(cut).await, Err(NetError::Protocol { .. })));
    let empty = b"HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n";
    assert!(fetch(empty).await.unwrap().body().is_empty());
}

#[tokio::test]
async fn f33_a_closed_port_is_no_connection() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    drop(listener);
    let error = get(&mut line(&url), &url).await.unwrap_err();
    assert!(matches!(error, NetError::Connect { .. }) && error.is_offline(), "{error:?}");
}
