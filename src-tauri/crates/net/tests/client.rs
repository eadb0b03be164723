//! The real client against raw sockets: TLS trust, size and time limits, redirects, compression.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use std::io::Write;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use convoke_net::{Client, ClientOptions, Limits, NetError, Transport};
use http::{Request, Response};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

const LIMITS: Limits = Limits { max_body_bytes: 64 * 1024, total: Duration::from_secs(20) };

fn client(extra_roots: Vec<Vec<u8>>) -> Client {
    Client::new(ClientOptions { extra_roots, system_proxy: false, ..ClientOptions::default() })
}

fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

/// A server that reads a request's head, writes `answer`, then closes or stays silent.
async fn raw_server(answer: Vec<u8>, close: bool) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut head = [0_u8; 4096];
                drop(stream.read(&mut head).await);
                drop(stream.write_all(&answer).await);
                if !close {
                    std::future::pending::<()>().await;
                }
            });
        }
    });
    port
}

async fn fetch(answer: &[u8], close: bool, limits: Limits) -> Result<Response<Bytes>, NetError> {
    let port = raw_server(answer.to_vec(), close).await;
    client(Vec::new()).send(get(&format!("http://127.0.0.1:{port}/x?secret=1")), limits).await
}

fn gzip(length: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..length.div_ceil(zeros.len()) {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

fn compressed(body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

#[tokio::test]
async fn an_answer_of_any_status_is_an_answer() {
    for status in [200_u16, 204, 302, 400, 401, 410, 429, 503] {
        let head = format!("HTTP/1.1 {status} X\r\nX-Test: 1\r\nContent-Length: 0\r\n\r\n");
        let answer = fetch(head.as_bytes(), true, LIMITS).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["x-test"], "1");
    }
}

#[tokio::test]
async fn b26_f37_a_redirect_is_not_followed() {
    let port = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen".to_vec(), true).await;
    for status in [301, 302, 303, 307, 308] {
        let head =
            format!("HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n\r\n");
        let answer = fetch(head.as_bytes(), true, LIMITS).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert!(answer.body().is_empty());
    }
}

#[tokio::test]
async fn f42_b24_a_gzip_bomb_ends_at_the_limit() {
    let bomb = gzip(32 << 20);
    assert!(bomb.len() < 1 << 20);
    let error = fetch(&compressed(&bomb), true, LIMITS).await.unwrap_err();
    assert!(matches!(error, NetError::BodyTooLarge { limit: 65536, .. }), "{error:?}");
}

#[tokio::test]
async fn compressed_answers_arrive_decoded() {
    let limits = Limits { max_body_bytes: 2 << 20, ..LIMITS };
    let answer = fetch(&compressed(&gzip(1 << 20)), true, limits).await.unwrap();
    assert_eq!(answer.body().len(), 1 << 20);
    assert!(!answer.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn b24_a_body_larger_than_the_limit_is_refused() {
    let declared = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n";
    assert!(matches!(fetch(declared, false, LIMITS).await, Err(NetError::BodyTooLarge { .. })));
    let mut undeclared = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    undeclared.resize(200_000, b'x');
    assert!(matches!(fetch(&undeclared, false, LIMITS).await, Err(NetError::BodyTooLarge { .. })));
    let mut exact = b"HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n".to_vec();
    exact.extend(vec![b'x'; 65536]);
    assert_eq!(fetch(&exact, false, LIMITS).await.unwrap().body().len(), 65536);
}

#[tokio::test]
async fn f35_an_answer_that_does_not_end_times_out() {
    let limits = Limits { total: Duration::from_millis(200), ..LIMITS };
    for half in [&b""[..], b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"] {
        let error = fetch(half, false, limits).await.unwrap_err();
        assert!(matches!(error, NetError::Timeout { .. }) && error.is_offline(), "{error:?}");
    }
}

#[tokio::test]
async fn f34_an_answer_that_breaks_off_is_named() {
    for half in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"SSH-2.0-OpenSSH\r\n\r\n"] {
        let error = fetch(half, true, LIMITS).await.unwrap_err();
        assert!(matches!(error, NetError::Protocol { .. }) && error.is_transient(), "{error:?}");
    }
}

#[tokio::test]
async fn f33_a_closed_port_is_no_connection() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = client(Vec::new()).send(get(&format!("http://localhost:{port}/")), LIMITS).await.unwrap_err();
    assert!(matches!(error, NetError::Connect { .. }) && error.is_offline(), "{error:?}");
}

#[tokio::test]
async fn b26_only_https_and_loopback_are_asked() {
    for url in ["http://graph.microsoft.com/v1.0/me?secret=1", "ftp://localhost/", "https://u:p@localhost/"] {
        let error = client(Vec::new()).send(get(url), LIMITS).await.unwrap_err();
        assert!(matches!(error, NetError::NotAllowed { .. }), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

/// A throw-away authority and a server with a certificate for `name`; the authority's PEM and the port.
async fn tls_server(name: &str) -> (Vec<u8>, u16) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut head = [0_u8; 4096];
                drop(stream.read(&mut head).await);
                drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await);
                drop(stream.shutdown().await);
            });
        }
    });
    (authority.pem().into_bytes(), port)
}

#[tokio::test]
async fn f40_b27_a_certificate_of_a_trusted_authority_is_accepted_and_no_other() {
    let (pem, port) = tls_server("localhost").await;
    let url = format!("https://localhost:{port}/");
    let answer = client(vec![pem.clone()]).send(get(&url), LIMITS).await.unwrap();
    assert_eq!(answer.body().as_ref(), b"ok");
    let error = client(Vec::new()).send(get(&url), LIMITS).await.unwrap_err();
    assert!(matches!(error, NetError::Tls { .. }) && !error.is_offline(), "{error:?}");
}

#[tokio::test]
async fn b27_a_certificate_for_another_name_is_refused() {
    let (pem, port) = tls_server("elsewhere.example").await;
    let error = client(vec![pem]).send(get(&format!("https://localhost:{port}/")), LIMITS).await.unwrap_err();
    assert!(matches!(error, NetError::Tls { .. }), "{error:?}");
}

/// The trust store is named by the environment, so each case runs this very test in a process of its own.
/// Nothing listens on port 1: `connect` says that the store was fine or not needed.
#[test]
#[cfg(target_os = "linux")]
fn f41_b27_an_empty_trust_store_is_an_error_and_no_panic() {
    if let (Ok(url), Ok(expected)) =
        (std::env::var("CONVOKE_TEST_URL"), std::env::var("CONVOKE_TEST_EXPECTED"))
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let asked = runtime.block_on(client(Vec::new()).send(get(&url), LIMITS));
        assert_eq!(asked.unwrap_err().code(), expected);
        return;
    }
    for (store, url, expected) in [
        ("/dev/null", "https://127.0.0.1:1/", "noTrustStore"),
        ("/dev/null", "http://127.0.0.1:1/", "connect"),
        ("/etc/ssl/certs/ca-certificates.crt", "https://127.0.0.1:1/", "connect"),
    ] {
        let done = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "f41_b27_an_empty_trust_store_is_an_error_and_no_panic"])
            .env("CONVOKE_TEST_URL", url)
            .env("CONVOKE_TEST_EXPECTED", expected)
            .env("SSL_CERT_FILE", store)
            .env("SSL_CERT_DIR", "/nonexistent")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
}

/// The proxy is named by the environment, so this test too runs itself in a process of its own.
#[test]
#[cfg(target_os = "linux")]
fn f38_a_proxy_that_asks_for_a_sign_in_is_named() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    if std::env::var_os("CONVOKE_TEST_PROXIED").is_some() {
        let client = Client::new(ClientOptions::default());
        let asked = runtime.block_on(client.send(get("https://graph.microsoft.com/v1.0/me"), LIMITS));
        assert_eq!(asked.unwrap_err().code(), "proxyAuth");
        return;
    }
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let proxy = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let asks = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0_u8; 4096];
        let length = std::io::Read::read(&mut stream, &mut head).unwrap();
        stream.write_all(b"HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n").unwrap();
        String::from_utf8_lossy(&head[..length]).into_owned()
    });
    let done = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "f38_a_proxy_that_asks_for_a_sign_in_is_named"])
        .env("CONVOKE_TEST_PROXIED", "1")
        .env("HTTPS_PROXY", proxy)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(asks.join().unwrap().starts_with("CONNECT graph.microsoft.com:443 "));
}
