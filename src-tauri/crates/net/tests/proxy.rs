//! The system's proxy and trust store, for the pooled client and the one with a password alike.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]
#![cfg(target_os = "linux")]

#[path = "password/tls.rs"]
mod tls;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::Utc;
use convoke_model::random::RandomError;
use convoke_net::{Client, ClientOptions, Credentials, Limits, PasswordTransport, Scheme, Transport};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const URL: &str = "https://mail.contoso.test/";
const LIMITS: Limits = Limits { max_body_bytes: 64 * 1024, total: Duration::from_secs(20) };
/// The name of this test, which each case runs in a process of its own: the environment says what proxy and
/// trust store there are.
const TEST: &str = "f41_the_systems_proxy_and_trust_store_are_used";

/// A proxy that lets everybody through to `server`, or asks for credentials.
async fn proxy(server: Option<u16>) -> u16 {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        assert!(head.starts_with(b"CONNECT mail.contoso.test:443 HTTP/1.1\r\n"));
        let Some(server) = server else {
            return client.write_all(b"HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        };
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let mut server = tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await.unwrap();
        drop(tokio::io::copy_bidirectional(&mut client, &mut server).await);
    });
    port
}

async fn tls_server(tls: tokio_rustls::TlsAcceptor) -> u16 {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        // A client that knows no authority ends it here.
        let Ok(mut stream) = tls.accept(stream).await else {
            return;
        };
        let mut read = [0; 4096];
        while stream.read(&mut read).await.unwrap_or_default() > 0 {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await.unwrap();
        }
    });
    port
}

fn with_password(options: ClientOptions) -> PasswordTransport {
    let credentials = Credentials::new("CONTOSO\\ann", SecretString::from("x")).unwrap();
    let random = Arc::new(|_: &mut [u8]| Err(RandomError));
    let url = URL.parse().unwrap();
    PasswordTransport::new(options, &url, credentials, &[Scheme::Ntlm], random, Arc::new(Utc::now)).unwrap()
}

async fn outcome(kind: &str) -> &'static str {
    let root = std::env::var("CONVOKE_TEST_ROOT").unwrap();
    let extra_roots = if root.is_empty() { Vec::new() } else { vec![root.into_bytes()] };
    let options = ClientOptions { extra_roots, ..ClientOptions::default() };
    let transport: Box<dyn Transport> = match kind {
        "pooled" => Box::new(Client::new(options)),
        _ => Box::new(with_password(options)),
    };
    let request = http::Request::get(URL).body(Bytes::new()).unwrap();
    transport.send(request, LIMITS).await.map_or_else(|error| error.code(), |_| "answered")
}

#[tokio::test]
async fn f41_the_systems_proxy_and_trust_store_are_used() {
    if let Ok(kind) = std::env::var("CONVOKE_TEST_KIND") {
        assert_eq!(outcome(&kind).await, std::env::var("CONVOKE_TEST_EXPECTED").unwrap());
        return;
    }
    let tls = tls::tls("mail.contoso.test", &[]);
    assert_ne!(tls.binding, [0; 16]);
    let root = std::str::from_utf8(&tls.authority).unwrap();
    for kind in ["pooled", "password"] {
        for (asks, store, root, expected) in [
            (false, "/etc/ssl/certs/ca-certificates.crt", root, "answered"),
            (false, "/etc/ssl/certs/ca-certificates.crt", "", "tls"),
            (true, "/etc/ssl/certs/ca-certificates.crt", "", "proxyAuth"),
            (true, "/dev/null", "", "noTrustStore"),
        ] {
            let server = tls_server(tls.acceptor.clone()).await;
            let proxy = proxy((!asks).then_some(server)).await;
            let done = tokio::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", TEST])
                .env("CONVOKE_TEST_KIND", kind)
                .env("CONVOKE_TEST_EXPECTED", expected)
                .env("CONVOKE_TEST_ROOT", root)
                .env("HTTPS_PROXY", format!("http://127.0.0.1:{proxy}"))
                .env_remove("NO_PROXY")
                .env_remove("no_proxy")
                .env("SSL_CERT_FILE", store)
                .env("SSL_CERT_DIR", "/nonexistent")
                .output()
                .await
                .unwrap();
            assert!(done.status.success(), "{kind} {expected}: {}", String::from_utf8_lossy(&done.stdout));
        }
    }
}
