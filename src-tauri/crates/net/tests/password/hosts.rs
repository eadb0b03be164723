//! Where credentials go: to the one server, and nowhere else.

use std::net::{Ipv4Addr, TcpListener};

use convoke_net::Scheme::{Basic, Ntlm};
use convoke_net::{NetError, Transport};
use http::StatusCode;

use crate::server::Behaviour;
use crate::server::Leg::{self, Bare, First, Third};
use crate::{LIMITS, ann, post, request};

/// A listener that nobody should call.
fn foreign() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://127.0.0.1:{}/stolen", listener.local_addr().unwrap().port());
    (listener, url)
}

fn assert_uncalled(foreign: &TcpListener) {
    assert_eq!(foreign.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_the_other_host_gets_nothing() {
    for (leg, scheme) in [(Bare, Ntlm), (First, Ntlm), (Third, Ntlm), (Leg::Basic, Basic)] {
        let (foreign, url) = foreign();
        let behaviour = Behaviour {
            offers: &["NTLM", "Basic realm=\"x\""],
            redirects: Some((leg, url.clone())),
            ..Behaviour::default()
        };
        let (server, transport) = ann(behaviour, &[scheme]).await;
        let answer = post(&transport, &server, "<one/>").await.unwrap();
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(answer.headers()["location"], *url);
        server.record(|record| assert_eq!(record.legs().last(), Some(&leg)));
        assert_uncalled(&foreign);
    }
}

#[tokio::test]
async fn no_other_scheme_host_or_port_is_asked() {
    let (foreign, url) = foreign();
    let (server, transport) = ann(Behaviour::default(), &[Ntlm, Basic]).await;
    let port = server.port;
    for url in [
        url,
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://127.0.0.1:{port}@example.invalid/"),
        "http://127.0.0.1/".to_owned(),
    ] {
        let error = transport.send(request(&url, "<one/>"), LIMITS).await.unwrap_err();
        assert!(matches!(error, NetError::NotAllowed { .. }), "{url}: {error:?}");
    }
    server.record(|record| assert!(record.seen.is_empty()));
    assert_uncalled(&foreign);
}

/// A bearer token meant for elsewhere must not slip through beside the password.
#[tokio::test]
async fn the_callers_own_authorization_is_dropped() {
    let (server, transport) = ann(Behaviour::default(), &[Ntlm]).await;
    let mut request = request(&format!("http://127.0.0.1:{}/", server.port), "<one/>");
    request.headers_mut().insert("authorization", "Bearer token".parse().unwrap());
    assert_eq!(transport.send(request, LIMITS).await.unwrap().status(), StatusCode::OK);
    server.record(|record| assert_eq!(record.legs(), [Bare, First, Third]));
}
