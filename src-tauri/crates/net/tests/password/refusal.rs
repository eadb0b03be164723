//! What a server's no leads to. Directories lock accounts, so every wrong proof counts.

use convoke_net::Scheme::{Basic, Ntlm};
use convoke_net::{NetError, Transport};
use http::StatusCode;

use crate::server::Leg::{Bare, First, Third};
use crate::server::{ANN, Behaviour, Server};
use crate::tls::tls;
use crate::{LIMITS, ann, options, post, request, transport_for};

const UNAUTHORIZED: StatusCode = StatusCode::UNAUTHORIZED;

#[tokio::test]
async fn wrong_credentials_are_tried_once_in_a_transports_life() {
    for (user, password) in [("CONTOSO\\ann", "wrong"), ("CONTOSO\\bob", ANN.password), ("ann", ANN.password)]
    {
        let server = Server::start(Behaviour::default(), None).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let transport = transport_for(options(Vec::new()), &url, user, password, &[Ntlm, Basic]);
        for expected in ["401.1", "", "", "", ""] {
            let answer = post(&transport, &server, "<one/>").await.unwrap();
            assert_eq!((answer.status(), answer.body().as_ref()), (UNAUTHORIZED, expected.as_bytes()));
            assert_eq!(answer.headers()["www-authenticate"], "Negotiate", "as the server said it");
        }
        server.record(|record| {
            assert_eq!(record.failures, 1);
            assert_eq!(record.legs(), [Bare, First, Third]);
        });
    }
}

#[tokio::test]
async fn a_password_that_changes_meanwhile_is_refused_once() {
    let behaviour = Behaviour { forgets_after: 1, ..Behaviour::default() };
    let tenant = Server::start(behaviour, None).await;
    let url = format!("http://127.0.0.1:{}/", tenant.port);
    let transport = transport_for(options(Vec::new()), &url, "CONTOSO\\ann", ANN.password, &[Ntlm]);
    post(&transport, &tenant, "<one/>").await.unwrap();
    tenant.change(|behaviour| behaviour.account.password = "another");
    post(&transport, &tenant, "<two/>").await.unwrap();
    for _ in 0..3 {
        assert_eq!(post(&transport, &tenant, "<three/>").await.unwrap().status(), UNAUTHORIZED);
    }
    tenant.record(|record| assert_eq!(record.failures, 1));
}

/// What a device that ends TLS on the way makes of it: the server knows another certificate than the client.
#[tokio::test]
async fn bindings_of_another_certificate_are_refused_and_named_if_the_server_says_so() {
    for (tells, expected) in [(false, Ok(UNAUTHORIZED)), (true, Err("extendedProtection"))] {
        let (front, behind) = (tls("localhost", &[]), tls("localhost", &[]));
        let behaviour = Behaviour { binding: Some(behind.binding), tells, ..Behaviour::default() };
        let server = Server::start(behaviour, Some(front.acceptor)).await;
        let url = format!("https://localhost:{}/", server.port);
        let transport =
            transport_for(options(vec![front.authority]), &url, "CONTOSO\\ann", ANN.password, &[Ntlm]);
        for _ in 0..2 {
            let answer = transport.send(request(&url, "<one/>"), LIMITS).await;
            assert_eq!(answer.map(|answer| answer.status()).map_err(|error| error.code()), expected);
        }
        server.record(|record| assert_eq!(record.failures, 1));
    }
}

#[tokio::test]
async fn a_server_without_an_allowed_scheme_gets_no_credentials() {
    for (offers, allowed) in [
        (&["Negotiate", "NTLM"][..], &[Basic][..]),
        (&["Negotiate", "Basic realm=\"x\""], &[Ntlm]),
        (&["Negotiate"], &[Ntlm, Basic]),
        (&["NTLM", "Basic realm=\"x\""], &[]),
    ] {
        let (server, transport) = ann(Behaviour { offers, ..Behaviour::default() }, allowed).await;
        let error = post(&transport, &server, "<one/>").await.unwrap_err();
        assert!(matches!(error, NetError::NoCommonScheme { .. }), "{error:?}");
        assert!(error.to_string().contains("(it offers: Negotiate") || offers[0] == "NTLM", "{error}");
        server.record(|record| assert_eq!(record.legs(), [Bare]));
    }
}
