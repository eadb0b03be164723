//! The three messages and what is in them.

use convoke_net::Scheme::Ntlm;
use convoke_net::{Limits, NetError, Transport};
use futures_util::future::join_all;
use http::StatusCode;

use crate::arithmetic::{Account, utf16};
use crate::server::Leg::{Bare, First, Third};
use crate::server::{ANN, Behaviour, Server};
use crate::tls::tls;
use crate::{LIMITS, NONCE, ann, options, post, request, transport_for};

#[tokio::test]
async fn three_messages_on_one_connection_and_then_none() {
    let (server, transport) = ann(Behaviour::default(), &[Ntlm]).await;
    for body in ["<one/>", "<two/>", "<three/>"] {
        let answer = post(&transport, &server, body).await.unwrap();
        assert_eq!((answer.status(), answer.body().as_ref()), (StatusCode::OK, &b"served"[..]));
    }
    server.record(|record| {
        assert_eq!(record.connections, 1);
        assert_eq!(record.legs(), [Bare, First, Third, Bare, Bare]);
        let bodies: Vec<_> = record.seen.iter().map(|seen| seen.body.as_ref()).collect();
        assert_eq!(bodies, [&b""[..], b"", b"<one/>", b"<two/>", b"<three/>"]);
        let lengths: Vec<_> = record.seen.iter().map(|seen| &seen.headers["content-length"]).collect();
        assert_eq!(lengths, ["0", "0", "6", "6", "8"]);
        let ids: Vec<_> = record.seen[..3].iter().map(|seen| &seen.headers["client-request-id"]).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "one number for all legs of a request");
        assert!(record.seen.iter().all(|seen| seen.path == "/EWS/Exchange.asmx"));
        assert_eq!(record.seen[0].headers["host"], format!("127.0.0.1:{}", server.port));
    });
}

#[tokio::test]
async fn the_third_message_says_what_windows_wants() {
    let (server, transport) = ann(Behaviour::default(), &[Ntlm]).await;
    post(&transport, &server, "<one/>").await.unwrap();
    server.record(|record| {
        let proven = &record.proven[0];
        assert!(proven.mic);
        assert_eq!(proven.time, Behaviour::default().time.unwrap());
        assert_eq!(proven.client_challenge, NONCE);
        assert_eq!(proven.lm_response, [0; 24]);
        assert!(proven.workstation.is_empty());
        assert_eq!(proven.pairs[&2], utf16("CONTOSO"));
        assert_eq!(proven.pairs[&6], [2, 0, 0, 0]);
        assert_eq!(proven.pairs[&9], utf16("HTTP/127.0.0.1"));
        assert!(!proven.pairs.contains_key(&10), "no channel, no binding");
    });
}

#[tokio::test]
async fn a_server_without_a_clock_gets_ours() {
    let (server, transport) = ann(Behaviour { time: None, ..Behaviour::default() }, &[Ntlm]).await;
    post(&transport, &server, "<one/>").await.unwrap();
    // 2026-03-04T10:00:00Z in hundreds of nanoseconds since 1601.
    let expected = 134_170_920_000_000_000_u64.to_le_bytes();
    server.record(|record| assert_eq!(record.proven[0].time, expected));
}

#[tokio::test]
async fn a_principal_name_goes_whole_and_without_domain() {
    let account = Account { domain: "", user: "ann.müller@contoso.com", password: "x" };
    let server = Server::start(Behaviour { account, ..Behaviour::default() }, None).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let transport = transport_for(options(Vec::new()), &url, "ann.müller@contoso.com", "x", &[Ntlm]);
    assert_eq!(post(&transport, &server, "").await.unwrap().status(), StatusCode::OK);
    server.record(|record| assert_eq!(record.names, [(String::new(), account.user.to_owned())]));
}

#[tokio::test]
async fn many_at_once_wait_for_one_handshake() {
    let (server, transport) = ann(Behaviour::default(), &[Ntlm]).await;
    let answers = join_all((0..8).map(|_| post(&transport, &server, "<many/>"))).await;
    assert!(answers.iter().all(|answer| answer.as_ref().unwrap().status() == StatusCode::OK));
    server.record(|record| {
        assert_eq!((record.connections, record.proven.len()), (1, 1));
        assert_eq!(record.seen.iter().filter(|seen| seen.body == "<many/>").count(), 8);
    });
}

#[tokio::test]
async fn channel_bindings_are_those_of_the_certificate() {
    let tls = tls("localhost", &[b"h2", b"http/1.1"]);
    let behaviour = Behaviour { binding: Some(tls.binding), ..Behaviour::default() };
    let server = Server::start(behaviour, Some(tls.acceptor)).await;
    let url = format!("https://localhost:{}/EWS/Exchange.asmx", server.port);
    let transport = transport_for(options(vec![tls.authority]), &url, "CONTOSO\\ann", ANN.password, &[Ntlm]);
    for body in ["<one/>", "<two/>"] {
        assert_eq!(transport.send(request(&url, body), LIMITS).await.unwrap().status(), StatusCode::OK);
    }
    server.record(|record| {
        assert_eq!(record.connections, 1);
        assert_eq!(record.proven[0].pairs[&9], utf16("HTTP/localhost"));
        assert_eq!(record.alpn, [Some(b"http/1.1".to_vec())], "no HTTP/2, although it was offered");
    });
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_gets_nothing() {
    let tls = tls("localhost", &[]);
    let server = Server::start(Behaviour::default(), Some(tls.acceptor)).await;
    let url = format!("https://localhost:{}/", server.port);
    let transport = transport_for(options(Vec::new()), &url, "ann", "x", &[Ntlm]);
    let error = transport.send(request(&url, "<one/>"), LIMITS).await.unwrap_err();
    assert!(matches!(error, NetError::Tls { .. }), "{error:?}");
    server.record(|record| assert!(record.seen.is_empty()));
}

#[tokio::test]
async fn a_challenge_that_is_none_is_named_and_no_proof_goes_out() {
    for (challenge, code) in
        [("NTLM", "ntlm"), ("NTLM TlRMTVNTUAAC", "ntlm"), ("NTLM !", "ntlm"), ("Basic x", "noCommonScheme")]
    {
        let behaviour = Behaviour { challenge: Some(challenge), ..Behaviour::default() };
        let (server, transport) = ann(behaviour, &[Ntlm]).await;
        let error = post(&transport, &server, "<one/>").await.unwrap_err();
        assert_eq!(error.code(), code, "{challenge}: {error:?}");
        server.record(|record| assert_eq!(record.legs(), [Bare, First]));
    }
}

#[tokio::test]
async fn answers_stay_within_the_limit() {
    let (server, transport) = ann(Behaviour::default(), &[Ntlm]).await;
    let url = format!("http://127.0.0.1:{}/", server.port);
    let limits = Limits { max_body_bytes: 5, ..LIMITS };
    let error = transport.send(request(&url, ""), limits).await.unwrap_err();
    assert!(matches!(error, NetError::BodyTooLarge { limit: 5, .. }), "{error:?}");
    assert_eq!(post(&transport, &server, "").await.unwrap().body().as_ref(), b"served");
}
