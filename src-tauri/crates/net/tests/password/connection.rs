//! Connections that end, sessions that are forgotten, servers that hang.

use std::time::Duration;

use convoke_net::Scheme::Ntlm;
use convoke_net::{Limits, NetError, Transport};
use http::StatusCode;

use crate::server::Behaviour;
use crate::server::Leg::{Bare, First, Third};
use crate::{LIMITS, ann, post, request};

#[tokio::test]
async fn a_connection_that_ends_between_the_messages_is_replaced() {
    let behaviour = Behaviour { closes_after_challenge: 1, ..Behaviour::default() };
    let (server, transport) = ann(behaviour, &[Ntlm]).await;
    assert_eq!(post(&transport, &server, "<one/>").await.unwrap().status(), StatusCode::OK);
    server.record(|record| {
        assert_eq!(record.legs(), [Bare, First, First, Third]);
        assert_eq!((record.connections, record.failures), (2, 0));
        assert_eq!(record.seen.iter().filter(|seen| !seen.body.is_empty()).count(), 1);
    });
}

#[tokio::test]
async fn a_server_that_never_keeps_a_connection_is_named() {
    let behaviour = Behaviour { closes_after_challenge: usize::MAX, ..Behaviour::default() };
    let (server, transport) = ann(behaviour, &[Ntlm]).await;
    let error = post(&transport, &server, "<one/>").await.unwrap_err();
    assert!(matches!(error, NetError::NotKept { .. }), "{error:?}");
    server.record(|record| {
        assert!(record.proven.is_empty() && record.failures == 0);
        assert!(record.connections <= 3, "{}", record.connections);
    });
}

#[tokio::test]
async fn a_connection_that_ends_after_an_answer_takes_the_session_along() {
    let (server, transport) =
        ann(Behaviour { closes_after_answer: true, ..Behaviour::default() }, &[Ntlm]).await;
    for _ in 0..3 {
        assert_eq!(post(&transport, &server, "<one/>").await.unwrap().status(), StatusCode::OK);
    }
    server.record(|record| {
        assert_eq!(record.legs(), [Bare, First, Third, First, Third, First, Third]);
        assert_eq!(record.connections, 3);
    });
}

#[tokio::test]
async fn a_forgotten_session_is_renewed() {
    let (server, transport) = ann(Behaviour { forgets_after: 1, ..Behaviour::default() }, &[Ntlm]).await;
    for _ in 0..4 {
        assert_eq!(post(&transport, &server, "<one/>").await.unwrap().status(), StatusCode::OK);
    }
    server.record(|record| {
        // The third request finds the session forgotten.
        assert_eq!(record.legs(), [Bare, First, Third, Bare, Bare, First, Third, Bare]);
        assert_eq!((record.failures, record.proven.len()), (0, 2));
    });
}

#[tokio::test]
async fn a_request_that_was_given_up_leaves_no_half_handshake() {
    for hangs in [Bare, First, Third] {
        let (server, transport) =
            ann(Behaviour { hangs: Some(hangs), ..Behaviour::default() }, &[Ntlm]).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let limits = Limits { total: Duration::from_millis(200), ..LIMITS };
        let error = transport.send(request(&url, "<one/>"), limits).await.unwrap_err();
        assert!(matches!(error, NetError::Timeout { .. }), "{error:?}");
        assert_eq!(post(&transport, &server, "<two/>").await.unwrap().status(), StatusCode::OK);
        server.record(|record| assert_eq!((record.connections, record.failures), (2, 0), "{hangs:?}"));
    }
}

#[tokio::test]
async fn a_server_that_asks_nothing_gets_no_credentials() {
    let (server, transport) = ann(Behaviour { offers: &[], ..Behaviour::default() }, &[Ntlm]).await;
    assert_eq!(post(&transport, &server, "<one/>").await.unwrap().body().as_ref(), b"served");
    server.record(|record| {
        assert_eq!(record.legs(), [Bare, Bare]);
        assert_eq!(record.seen[1].body, "<one/>");
    });
}

#[tokio::test]
async fn a_busy_server_is_left_alone() {
    for leg in [Bare, First, Third] {
        let answers = Some((leg, StatusCode::SERVICE_UNAVAILABLE));
        let (server, transport) = ann(Behaviour { answers, ..Behaviour::default() }, &[Ntlm]).await;
        let answer = post(&transport, &server, "<one/>").await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        server.record(|record| assert_eq!(record.legs().last(), Some(&leg)));
    }
}
