//! Signing in with a user name and a password, against a real server that does its own arithmetic.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod arithmetic;
mod basic;
mod connection;
mod gate;
mod handshake;
mod hosts;
mod refusal;
mod secrets;
mod server;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeZone, Utc};
use convoke_model::random::RandomError;
use convoke_net::{ClientOptions, Credentials, Limits, NetError, PasswordTransport, Scheme, Transport};
use http::{Request, Response};
use secrecy::SecretString;

use server::{ANN, Behaviour, Server};

const LIMITS: Limits = Limits { max_body_bytes: 64 * 1024, total: Duration::from_secs(20) };
const NONCE: [u8; 8] = *b"\xf0nonce!\x0f";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 4, 10, 0, 0).unwrap()
}

fn nonce(bytes: &mut [u8]) -> Result<(), RandomError> {
    bytes.copy_from_slice(&NONCE);
    Ok(())
}

fn options(extra_roots: Vec<Vec<u8>>) -> ClientOptions {
    ClientOptions { extra_roots, system_proxy: false, ..ClientOptions::default() }
}

/// A transport to `url` for a user and a password.
fn transport_for(
    options: ClientOptions,
    url: &str,
    user: &str,
    password: &str,
    schemes: &[Scheme],
) -> PasswordTransport {
    let credentials = Credentials::new(user, SecretString::from(password)).unwrap();
    let url = url.parse().unwrap();
    PasswordTransport::new(options, &url, credentials, schemes, Arc::new(nonce), Arc::new(now)).unwrap()
}

/// A server and Ann's transport to it, over plain http on this machine.
async fn ann(behaviour: Behaviour, schemes: &[Scheme]) -> (Server, PasswordTransport) {
    let server = Server::start(behaviour, None).await;
    let url = format!("http://127.0.0.1:{}/EWS/Exchange.asmx", server.port);
    (server, transport_for(options(Vec::new()), &url, "CONTOSO\\ann", ANN.password, schemes))
}

/// Posts `body` to the server's EWS.
async fn post(
    transport: &PasswordTransport,
    server: &Server,
    body: &'static str,
) -> Result<Response<Bytes>, NetError> {
    let url = format!("http://127.0.0.1:{}/EWS/Exchange.asmx", server.port);
    transport.send(request(&url, body), LIMITS).await
}

fn request(url: &str, body: &'static str) -> Request<Bytes> {
    Request::post(url)
        .header("content-type", "text/xml; charset=utf-8")
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap()
}
