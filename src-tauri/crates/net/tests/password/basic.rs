//! The password in every request, and the order of preference.

use convoke_net::Scheme::{Basic, Ntlm};
use convoke_net::{Credentials, NetError, PasswordTransport, Scheme, Transport};
use http::StatusCode;
use secrecy::SecretString;
use std::sync::Arc;

use crate::server::Leg::{self, Bare, First, Third};
use crate::server::{ANN, Behaviour, Server};
use crate::tls::tls;
use crate::{LIMITS, ann, options, post, request, transport_for};

const BOTH: &[&str] = &["NTLM", "Basic realm=\"mail\""];

#[tokio::test]
async fn the_callers_order_decides_not_the_servers() {
    for (allowed, expected) in [
        (&[Basic, Ntlm][..], &[Bare, Leg::Basic, Leg::Basic][..]),
        (&[Ntlm, Basic], &[Bare, First, Third, Bare]),
        (&[Basic], &[Bare, Leg::Basic, Leg::Basic]),
    ] {
        let (server, transport) = ann(Behaviour { offers: BOTH, ..Behaviour::default() }, allowed).await;
        for _ in 0..2 {
            assert_eq!(post(&transport, &server, "<one/>").await.unwrap().status(), StatusCode::OK);
        }
        server.record(|record| assert_eq!(record.legs(), expected, "{allowed:?}"));
    }
}

#[tokio::test]
async fn basic_works_over_tls() {
    let tls = tls("localhost", &[]);
    let server = Server::start(Behaviour { offers: BOTH, ..Behaviour::default() }, Some(tls.acceptor)).await;
    let url = format!("https://localhost:{}/", server.port);
    let transport = transport_for(options(vec![tls.authority]), &url, "CONTOSO\\ann", ANN.password, &[Basic]);
    assert_eq!(transport.send(request(&url, "<one/>"), LIMITS).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_refused_password_is_sent_once() {
    let server = Server::start(Behaviour { offers: BOTH, ..Behaviour::default() }, None).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let transport = transport_for(options(Vec::new()), &url, "CONTOSO\\ann", "wrong", &[Basic]);
    for _ in 0..3 {
        assert_eq!(post(&transport, &server, "<one/>").await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    server.record(|record| assert_eq!((record.failures, record.legs()), (1, vec![Bare, Leg::Basic])));
}

#[test]
fn no_scheme_works_over_plain_http_to_another_machine() {
    for scheme in [Scheme::Basic, Scheme::Ntlm] {
        for url in ["http://mail.contoso.com/EWS/Exchange.asmx", "http://10.0.0.1/", "ftp://127.0.0.1/"] {
            let credentials = Credentials::new("ann", SecretString::from("x")).unwrap();
            let (random, clock) = (Arc::new(crate::nonce), Arc::new(crate::now));
            let url = url.parse().unwrap();
            let made =
                PasswordTransport::new(options(Vec::new()), &url, credentials, &[scheme], random, clock);
            assert!(matches!(made, Err(NetError::NotAllowed { .. })), "{url}");
        }
    }
}
