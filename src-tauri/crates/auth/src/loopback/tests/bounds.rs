//! Methods, sizes, slow strangers, and the life of the port.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::{STATE, bench, bench_with, good, head, refused, send, status, still_waits};
use crate::loopback::gate::Refusal;
use crate::loopback::{Incoming, ListenerLimits, Loopback};

#[tokio::test]
async fn b13_method_and_path_are_exact() {
    for method in ["POST", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"] {
        refused(
            |port| {
                format!("{method} /?code=x&state={STATE} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")
                    .into_bytes()
            },
            405,
        )
        .await;
    }
    for path in ["/CB", "//", "/.", "/a/..", "/%2f", "/index.html"] {
        refused(|port| head(port, &format!("{path}?code=x&state={STATE}"), ""), 404).await;
    }
    refused(|port| head(port, &format!("http://localhost:{port}/?code=x&state={STATE}"), ""), 403).await;
    refused(
        |port| format!("CONNECT localhost:{port} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").into_bytes(),
        403,
    )
    .await;
    refused(|_| b"nonsense\r\n\r\n".to_vec(), 400).await;
}

#[tokio::test]
async fn b14_sizes_are_bounded() {
    refused(|port| head(port, &format!("/?state={STATE}&code={}", "x".repeat(20_000)), ""), 400).await;
    let post = |port| {
        format!(
            "GET /?code=x&state={STATE} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 1073741824\r\n\r\n"
        )
    };
    refused(|port| post(port).into_bytes(), 413).await;
    // Past the buffer hyper answers and closes; unread bytes may reset the connection before that is seen.
    for request in [
        head(1, &format!("/?state={STATE}&code={}", "x".repeat(1 << 20)), ""),
        head(1, "/", &"X-A: b\r\n".repeat(10_000)),
    ] {
        let mut bench = bench().await;
        let answer = send(bench.port, &request).await;
        assert!([0, 400, 414, 431].contains(&status(&answer)), "{answer}");
        still_waits(&mut bench).await;
    }
}

#[tokio::test]
async fn b15_slow_strangers_do_not_keep_the_answer_out() {
    let mut bench = bench().await;
    let mut strangers = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, bench.port)).await.unwrap();
        drop(stream.write_all(b"G").await);
        strangers.push(stream);
    }
    still_waits(&mut bench).await;
}

#[tokio::test]
async fn b15_a_head_that_does_not_end_is_cut_off() {
    let limits = ListenerLimits { head: Duration::from_millis(100), ..ListenerLimits::default() };
    for start in [&b""[..], b"G", b"GET / HTTP/1.1\r\nHost:"] {
        let mut bench = bench_with(limits).await;
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, bench.port)).await.unwrap();
        stream.write_all(start).await.unwrap();
        let mut rest = Vec::new();
        // Ends because the server closes; the test would hang otherwise.
        drop(stream.read_to_end(&mut rest).await);
        still_waits(&mut bench).await;
    }
}

#[tokio::test]
async fn b16_tls_is_closed_with_a_hint() {
    let mut bench = bench().await;
    let answer = send(bench.port, &[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc]).await;
    assert_eq!(answer, "");
    assert!(matches!(bench.server.next().await, Some(Incoming::Tls)));
    still_waits(&mut bench).await;
}

#[tokio::test]
async fn b17_a_favicon_is_not_there() {
    let mut bench = bench().await;
    assert_eq!(status(&send(bench.port, &head(bench.port, "/favicon.ico", "")).await), 404);
    assert!(matches!(bench.server.next().await, Some(Incoming::Refused(Refusal::Path))));
    still_waits(&mut bench).await;
}

#[tokio::test]
async fn b18_the_port_can_not_be_taken_and_is_the_same_on_both_addresses() {
    let loopback = Loopback::bind().await.unwrap();
    assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, loopback.port)).await.is_err());
    if loopback.v6.is_some() {
        assert!(TcpListener::bind((Ipv6Addr::LOCALHOST, loopback.port)).await.is_err());
    }
    assert_eq!(loopback.redirect_uri(), format!("http://localhost:{}", loopback.port));
}

#[tokio::test]
async fn b19_only_this_machine_reaches_it() {
    let loopback = Loopback::bind().await.unwrap();
    assert!(loopback.v4.local_addr().unwrap().ip().is_loopback());
    assert!(loopback.v6.is_none_or(|v6| v6.local_addr().unwrap().ip().is_loopback()));
}

#[tokio::test]
async fn ipv6_delivers_too() {
    let mut bench = bench().await;
    let Ok(mut stream) = TcpStream::connect((Ipv6Addr::LOCALHOST, bench.port)).await else {
        assert!(TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await.is_err(), "::1 is there but not served");
        return;
    };
    stream.write_all(&good(bench.port)).await.unwrap();
    assert!(matches!(bench.server.next().await, Some(Incoming::Answer(..))));
}

#[tokio::test]
async fn b20_dropping_the_server_closes_the_port() {
    let bench = bench().await;
    let port = bench.port;
    let (ended, end) = oneshot::channel::<()>();
    let mut idle = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    drop(bench);
    let mut rest = Vec::new();
    drop(idle.read_to_end(&mut rest).await);
    drop(ended);
    assert!(end.await.is_err());
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err());
}
