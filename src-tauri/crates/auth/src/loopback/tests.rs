use std::net::Ipv4Addr;

use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::delivery::Delivery;
use super::gate::Gate;
use super::page::Page;
use super::{Incoming, ListenerLimits, Loopback, Reply, Server};
use crate::authority::Issuer;

mod bounds;
mod pages;

const STATE: &str = "right-state";

struct Bench {
    port: u16,
    server: Server,
}

async fn bench_with(limits: ListenerLimits) -> Bench {
    let loopback = Loopback::bind().await.unwrap();
    let port = loopback.port;
    let gate = Gate {
        port,
        state: SecretString::from(STATE),
        issuer: Issuer::Exact("https://login.example/t/v2.0".into()),
    };
    Bench { port, server: Server::start(loopback, gate, limits) }
}

async fn bench() -> Bench {
    bench_with(ListenerLimits::default()).await
}

/// Sends raw bytes and reads until the server closes.
async fn send(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    // The server may refuse before it has read everything.
    drop(stream.write_all(request).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

fn head(port: u16, target: &str, more: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n{more}\r\n").into_bytes()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

fn good(port: u16) -> Vec<u8> {
    head(port, &format!("/?code=the-code&state={STATE}&session_state=x"), "")
}

/// The answer arrives and is answered with a page: the listener was still waiting.
async fn still_waits(bench: &mut Bench) {
    let port = bench.port;
    let browser = tokio::spawn(async move { send(port, &good(port)).await });
    let show = loop {
        match bench.server.next().await.unwrap() {
            Incoming::Answer(Delivery::Code(code), show) => {
                assert_eq!(code.expose_secret(), "the-code");
                break show;
            }
            Incoming::Answer(..) => panic!("another answer"),
            Incoming::Refused(_) | Incoming::Tls => {}
        }
    };
    show.send(Reply::Page(Page::SignedIn)).unwrap();
    let answer = browser.await.unwrap();
    assert_eq!(status(&answer), 200);
    assert!(answer.contains("You are signed in"));
}

/// `request` is refused with `expected`, and the wait goes on.
async fn refused(request: impl Fn(u16) -> Vec<u8>, expected: u16) {
    let mut bench = bench().await;
    let answer = send(bench.port, &request(bench.port)).await;
    assert_eq!(status(&answer), expected, "{answer}");
    let lower = answer.to_ascii_lowercase();
    assert!(!lower.contains("\r\nlocation:") && !lower.contains("access-control"), "{answer}");
    still_waits(&mut bench).await;
}

#[tokio::test]
async fn b01_b04_wrong_state_keeps_waiting() {
    refused(|port| head(port, "/?code=x&state=WRONG", ""), 400).await;
    refused(|port| head(port, &format!("/?code=x&state={STATE}%00"), ""), 400).await;
    refused(|port| head(port, "/?error=access_denied&state=WRONG", ""), 400).await;
}

#[tokio::test]
async fn b02_state_must_stand_once() {
    refused(|port| head(port, "/?code=x", ""), 400).await;
    refused(|port| head(port, "/?code=x&state=", ""), 400).await;
    refused(|port| head(port, &format!("/?code=x&state={STATE}&state=WRONG"), ""), 400).await;
    refused(|port| head(port, &format!("/?code=x&state=WRONG&state={STATE}"), ""), 400).await;
    refused(|port| head(port, &format!("/?code=x&code=y&state={STATE}"), ""), 400).await;
    refused(|port| head(port, &format!("/?code=x&error=y&state={STATE}"), ""), 400).await;
    refused(|port| head(port, &format!("/?code=&state={STATE}"), ""), 400).await;
    refused(|port| head(port, "/", ""), 400).await;
}

#[tokio::test]
async fn b03_b17_the_second_delivery_gets_a_calm_page() {
    let mut bench = bench().await;
    let port = bench.port;
    let first = tokio::spawn(async move { send(port, &good(port)).await });
    let Some(Incoming::Answer(_, show)) = bench.server.next().await else { panic!() };
    let second = send(port, &good(port)).await;
    assert_eq!(status(&second), 410);
    assert!(second.contains("This sign-in is over"));
    show.send(Reply::Page(Page::SignedIn)).unwrap();
    bench.server.finish().await;
    assert_eq!(status(&first.await.unwrap()), 200);
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err(), "the port is still open");
}

#[tokio::test]
async fn b08_b07_another_issuer_is_refused() {
    refused(|port| head(port, &format!("/?code=x&state={STATE}&iss=https%3A%2F%2Fevil.example%2F"), ""), 400)
        .await;
    let twice = format!("/?code=x&state={STATE}&iss=https%3A%2F%2Flogin.example%2Ft%2Fv2.0&iss=x");
    refused(|port| head(port, &twice, ""), 400).await;
}

#[tokio::test]
async fn b09_b10_nothing_of_the_request_is_in_the_answer() {
    for query in [
        "redirect=http://evil.example&code=x&state=WRONG",
        "error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%22%3E%3Cimg%20src=x%3E&state=right-state",
        "x=%0d%0aLocation:%20http://evil.example&canary=1",
    ] {
        let mut bench = bench().await;
        let port = bench.port;
        let browser = tokio::spawn(async move { send(port, &head(port, &format!("/?{query}"), "")).await });
        if let Some(Incoming::Answer(delivery, show)) = bench.server.next().await {
            let Delivery::Refused(error) = delivery else { panic!() };
            show.send(Reply::Page(Page::of(&error.classify(None)))).unwrap();
        }
        let answer = browser.await.unwrap();
        let lower = answer.to_ascii_lowercase();
        for forbidden in ["script", "<img", "evil", "canary", "\r\nlocation:"] {
            assert!(!lower.contains(forbidden), "{forbidden} in {answer}");
        }
        for wanted in [
            "content-security-policy: default-src 'none'; style-src 'sha256-",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "x-frame-options: deny",
        ] {
            assert!(lower.contains(wanted), "{wanted} not in {answer}");
        }
    }
}

#[tokio::test]
async fn b11_foreign_and_missing_hosts() {
    let with = |host: &'static str| {
        move |_| format!("GET /?code=x&state={STATE} HTTP/1.1\r\n{host}\r\n").into_bytes()
    };
    refused(with("Host: evil.example\r\n"), 403).await;
    refused(with("Host: localhost\r\n"), 403).await;
    refused(with("Host: localhost.evil.example:1\r\n"), 403).await;
    refused(with(""), 403).await;
    let two =
        |port| format!("GET /?code=x&state={STATE} HTTP/1.1\r\nHost: localhost:{port}\r\nHost: x\r\n\r\n");
    refused(|port| two(port).into_bytes(), 403).await;
}

#[tokio::test]
async fn b12_other_pages_can_not_deliver() {
    for more in [
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Mode: cors\r\n",
        "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n",
        "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
        "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nSec-Purpose: prefetch\r\n",
    ] {
        refused(|port| head(port, &format!("/?code=x&state={STATE}"), more), 403).await;
    }
    refused(
        |port| {
            format!("OPTIONS /?code=x&state={STATE} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://evil.example\r\n\r\n")
                .into_bytes()
        },
        403,
    )
    .await;
}

#[tokio::test]
async fn a_navigation_of_a_browser_delivers() {
    let mut bench = bench().await;
    let port = bench.port;
    let more = "Origin: null\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nAccept-Language: es-MX,es;q=0.9,en;q=0.8\r\n";
    let target = format!("/?code=c&state={STATE}&iss=https%3A%2F%2Flogin.example%2Ft%2Fv2.0");
    let browser = tokio::spawn(async move { send(port, &head(port, &target, more)).await });
    let Some(Incoming::Answer(_, show)) = bench.server.next().await else { panic!() };
    show.send(Reply::Page(Page::SignedIn)).unwrap();
    let answer = browser.await.unwrap();
    assert!(answer.contains("lang=\"es\"") && answer.contains("Puede cerrar esta pestaña"), "{answer}");
}

#[tokio::test]
async fn b09_the_tab_goes_on_to_our_own_address_only() {
    let mut bench = bench().await;
    let port = bench.port;
    let target = format!("/?code=c&state={STATE}&redirect=http%3A%2F%2Fevil.example&url=%2F%2Fevil.example");
    let browser = tokio::spawn(async move { send(port, &head(port, &target, "")).await });
    let Some(Incoming::Answer(_, reply)) = bench.server.next().await else { panic!() };
    reply.send(Reply::Continue("https://login.example/t/authorize?x=1".parse().unwrap())).unwrap();
    let answer = browser.await.unwrap();
    assert_eq!(status(&answer), 303);
    assert!(answer.contains("location: https://login.example/t/authorize?x=1\r\n"), "{answer}");
    assert!(!answer.contains("evil"), "{answer}");
}
