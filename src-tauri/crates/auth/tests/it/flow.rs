//! Flows: what ends an attempt, what does not, and what the browser shows.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use convoke_auth::browser::{Browser, BrowserError};
use convoke_auth::flow::{AdminConsentRequest, FlowEvent, admin_consent, authorize};
use convoke_auth::{AuthError, Authority, AuthorizeRequest, Grant, Identity};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use url::Url;

use crate::authority::{BASE, CLIENT, Fake, KEY, OBJECT, Reply, TENANT, claims, header, sign, tokens};
use crate::browser::{Bench, Opened};

pub fn entra() -> Authority {
    Authority::Entra { base: Url::parse(BASE).unwrap(), tenant: "organizations".into() }
}

pub fn request() -> AuthorizeRequest {
    AuthorizeRequest::new(entra(), CLIENT, vec!["Calendars.Read".into(), "offline_access".into()])
}

type Nonce = Arc<Mutex<String>>;

/// An authority whose token endpoint answers well, with the nonce of the page.
fn good() -> (Arc<Fake>, Nonce) {
    let nonce = Nonce::default();
    let seen = Arc::clone(&nonce);
    let fake = Fake::new(move |_| {
        Reply::Json(200, tokens(Some(sign(&header(), &claims(&seen.lock().unwrap()), &KEY))))
    });
    (fake, nonce)
}

/// Runs a flow and answers its page with `query`, where `STATE` stands for the state.
async fn run(
    fake: Arc<Fake>,
    nonce: Option<Nonce>,
    query: &str,
) -> (Result<Grant, AuthError>, String, Opened) {
    let mut bench = Bench::new(fake);
    let (deps, pages) = bench.split();
    let browser = async {
        let opened = Opened::read(&pages.recv().await.unwrap());
        if let Some(nonce) = nonce {
            nonce.lock().unwrap().clone_from(&opened.parameters["nonce"]);
        }
        let page = opened.deliver(&query.replace("STATE", opened.state())).await;
        (page, opened)
    };
    let (grant, (page, opened)) = tokio::join!(authorize(request(), deps, |_| {}), browser);
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, opened.port)).await.is_err(), "the port is still open");
    (grant, page, opened)
}

#[tokio::test]
async fn a_sign_in_brings_tokens_and_an_identity() {
    let (fake, nonce) = good();
    let (grant, page, opened) = run(Arc::clone(&fake), Some(nonce), "code=the-code&state=STATE").await;
    let grant = grant.unwrap();
    assert_eq!(grant.tokens.access_token.expose_secret(), "at-1");
    assert_eq!(grant.tokens.refresh_token.unwrap().expose_secret(), "rt-1");
    assert_eq!(grant.identity.tenant_id.as_deref(), Some(TENANT));
    assert_eq!(grant.identity.object_id.as_deref(), Some(OBJECT));
    assert_eq!(grant.identity.username.as_deref(), Some("ann@contoso.com"));
    assert_eq!(grant.identity.name.as_deref(), Some("Ann Ånström"));
    assert!(page.contains("You are signed in"), "{page}");
    let form = fake.last_form();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "the-code");
    assert_eq!(form["redirect_uri"], opened.parameters["redirect_uri"]);
    assert_eq!(form["client_id"], CLIENT);
    assert!(form["claims"].contains("cp1") && !form.contains_key("client_secret"));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    assert_eq!(opened.parameters["code_challenge"], challenge);
}

#[tokio::test]
async fn a_refusal_in_the_redirect_is_named_and_shown() {
    for (query, code, shown) in [
        (
            "error=access_denied&error_subcode=cancel&error_description=AADSTS65004%3A+x",
            "declined",
            "not granted",
        ),
        ("error=consent_required&error_description=AADSTS65001%3A+x", "consentRequired", "administrator"),
        ("error=access_denied&error_description=AADSTS90094%3A+x", "adminApprovalRequired", "administrator"),
        ("error=access_denied&error_description=AADSTS53003%3A+x", "blockedByOrganization", "does not allow"),
        ("error=invalid_request&error_description=AADSTS50020%3A+x", "wrongAccount", "another account"),
        ("error=server_error", "serverBusy", "did not work"),
        ("error=temporarily_unavailable", "serverBusy", "did not work"),
        ("error=%3Cscript%3E", "misconfigured", "did not work"),
        ("admin_consent=True", "unexpectedAnswer", "did not work"),
    ] {
        let (fake, _) = good();
        let (grant, page, _) = run(Arc::clone(&fake), None, &format!("{query}&state=STATE")).await;
        assert_eq!(grant.unwrap_err().code(), code, "{query}");
        assert!(page.contains(shown), "{query}: {page}");
        assert_eq!(fake.count("/token"), 0);
    }
}

fn refusal(status: u16, error: Value) -> Reply {
    Reply::Json(status, error)
}

async fn token_reply(reply: impl Fn() -> Reply + Send + Sync + 'static) -> AuthError {
    let fake = Fake::new(move |_| reply());
    run(fake, None, "code=the-code&state=STATE").await.0.unwrap_err()
}

#[tokio::test]
async fn b05_a_code_for_another_verifier_fails_cleanly() {
    let error = token_reply(|| {
        refusal(400, json!({"error": "invalid_grant", "error_codes": [501_481], "error_description": "AADSTS501481: x"}))
    })
    .await;
    assert_eq!((error.code(), error.aadsts()), ("signInRequired", Some(501_481)));
}

#[tokio::test]
async fn b23_f36_a_page_of_the_network_is_named() {
    let page = || Reply::Raw(200, vec![("content-type", "text/html".into())], b"<html>Hotel".to_vec());
    assert!(token_reply(page).await.to_string().contains("web page"));
    let not_json = || Reply::Raw(502, vec![], b"Bad gateway".to_vec());
    assert_eq!(token_reply(not_json).await.code(), "serverBusy");
    let forbidden = || Reply::Raw(403, vec![], b"<html>Blocked by proxy".to_vec());
    assert_eq!(token_reply(forbidden).await.code(), "unexpectedAnswer");
}

#[tokio::test]
async fn b26_a_redirecting_token_endpoint_is_refused() {
    for status in [301, 302, 303, 307, 308] {
        let moved = move || Reply::Raw(status, vec![("location", "http://evil.example/".into())], vec![]);
        assert_eq!(token_reply(moved).await.code(), "unexpectedAnswer");
    }
}

#[tokio::test]
async fn f49_f51_a_busy_server_says_how_long() {
    for (status, header, expected) in [(429, "7", 7), (503, "junk", 60), (500, "99999", 3600)] {
        let busy = move || Reply::Raw(status, vec![("retry-after", header.into())], vec![]);
        let AuthError::Transient { retry_after, .. } = token_reply(busy).await else { panic!() };
        assert_eq!(retry_after, Duration::from_secs(expected));
    }
}

#[tokio::test]
async fn an_offline_machine_is_named() {
    assert!(token_reply(|| Reply::Offline).await.is_offline());
}

#[tokio::test]
async fn another_account_than_the_wanted_one_is_refused() {
    let (fake, nonce) = good();
    let mut bench = Bench::new(fake);
    let (deps, pages) = bench.split();
    let wanted = Identity {
        object_id: Some("somebody-else".into()),
        tenant_id: Some(TENANT.into()),
        ..Default::default()
    };
    let request = AuthorizeRequest { account: Some(wanted), ..request() };
    let browser = async {
        let opened = Opened::read(&pages.recv().await.unwrap());
        nonce.lock().unwrap().clone_from(&opened.parameters["nonce"]);
        opened.answer().await
    };
    let (grant, page) = tokio::join!(authorize(request, deps, |_| {}), browser);
    assert!(matches!(grant, Err(AuthError::AccountMismatch)));
    assert!(page.contains("That was another account"));
}

#[tokio::test]
async fn b04_an_old_attempt_takes_nothing_from_a_new_one() {
    let (fake, nonce) = good();
    let mut first = Bench::new(Arc::clone(&fake));
    let mut second = Bench::new(fake);
    let (first_deps, first_pages) = first.split();
    let (second_deps, second_pages) = second.split();
    let browser = async {
        let old = Opened::read(&first_pages.recv().await.unwrap());
        let new = Opened::read(&second_pages.recv().await.unwrap());
        let crossed = new.deliver(&format!("code=c&state={}", old.state())).await;
        assert!(crossed.starts_with("HTTP/1.1 400"), "{crossed}");
        nonce.lock().unwrap().clone_from(&new.parameters["nonce"]);
        new.answer().await
    };
    let abandoned = authorize(request(), first_deps, |_| {});
    let both = async { tokio::join!(authorize(request(), second_deps, |_| {}), browser) };
    tokio::select! {
        _ = abandoned => panic!("the old attempt ended"),
        (grant, _) = both => assert!(grant.is_ok()),
    }
}

#[tokio::test]
async fn b20_a_cancelled_attempt_closes_its_port() {
    let (fake, _) = good();
    let mut bench = Bench::new(fake);
    let cancel = bench.cancel.clone();
    let (deps, pages) = bench.split();
    let person = async {
        let opened = Opened::read(&pages.recv().await.unwrap());
        cancel.send(true).unwrap();
        opened.port
    };
    let (grant, port) = tokio::join!(authorize(request(), deps, |_| {}), person);
    assert!(matches!(grant, Err(AuthError::Cancelled)));
    closes(port).await;
}

#[tokio::test]
async fn b20_an_attempt_without_answer_times_out() {
    let (fake, _) = good();
    let mut bench = Bench::new(fake);
    let (mut deps, pages) = bench.split();
    deps.timeout = Duration::from_millis(50);
    let grant = authorize(request(), deps, |_| {}).await;
    assert!(matches!(grant, Err(AuthError::Timeout(_))));
    closes(Opened::read(&pages.recv().await.unwrap()).port).await;
}

/// The listener's task ends at its next turn.
async fn closes(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

struct NoneThere;

impl Browser for NoneThere {
    fn open(&self, _: &Url) -> Result<(), BrowserError> {
        Err(BrowserError::NotFound)
    }
}

#[tokio::test]
async fn b22_without_a_browser_the_link_still_works() {
    let (fake, nonce) = good();
    let mut bench = Bench::new(fake);
    let (mut deps, _) = bench.split();
    deps.browser = Arc::new(NoneThere);
    let (send, mut links) = tokio::sync::mpsc::unbounded_channel();
    let (failed, mut failures) = tokio::sync::mpsc::unbounded_channel();
    let person = async {
        let opened = Opened::read(&links.recv().await.unwrap());
        failures.recv().await.unwrap();
        nonce.lock().unwrap().clone_from(&opened.parameters["nonce"]);
        opened.answer().await
    };
    let flow = authorize(request(), deps, |event| match event {
        FlowEvent::Browser { url } => send.send(url).unwrap(),
        FlowEvent::BrowserNotOpened { .. } => failed.send(()).unwrap(),
        _ => {}
    });
    let (grant, _) = tokio::join!(flow, person);
    assert!(grant.is_ok());
}

#[tokio::test]
async fn admin_consent_checks_the_error_first() {
    for (query, expected) in [
        ("admin_consent=True&tenant=t&scope=x", Ok(Some("t".to_owned()))),
        (
            "admin_consent=True&error=access_denied&error_description=AADSTS65004%3A+x&error_uri=u",
            Err("declined"),
        ),
        ("admin_consent=True&error=consent_required", Err("consentRequired")),
        ("code=x", Err("unexpectedAnswer")),
    ] {
        let (fake, _) = good();
        let mut bench = Bench::new(fake);
        let (deps, pages) = bench.split();
        let request = AdminConsentRequest {
            authority: entra(),
            client_id: CLIENT.into(),
            scopes: vec!["Calendars.Read".into()],
        };
        let browser = async {
            let url = pages.recv().await.unwrap();
            assert!(url.path().ends_with("/organizations/v2.0/adminconsent"));
            let opened = Opened::read(&url);
            opened.deliver(&format!("{query}&state={}", opened.state())).await
        };
        let (consent, _) = tokio::join!(admin_consent(request, deps, |_| {}), browser);
        assert_eq!(consent.map(|consent| consent.tenant).map_err(|error| error.code()), expected, "{query}");
    }
}

#[test]
fn the_administrators_link_carries_no_state_of_ours() {
    let request = AdminConsentRequest {
        authority: entra(),
        client_id: CLIENT.into(),
        scopes: vec!["Calendars.Read".into()],
    };
    let url = request.link().unwrap();
    let map: HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(map["redirect_uri"], "http://localhost");
    assert!(!map.contains_key("state"));
}

#[tokio::test]
async fn b28_metadata_of_another_issuer_stop_the_sign_in_before_the_browser() {
    for (key, value) in [
        ("issuer", "https://evil.example/{tenantid}/v2.0"),
        ("token_endpoint", "https://evil.example/token"),
        ("jwks_uri", "http://login.example/keys"),
        ("authorization_endpoint", "javascript:alert(1)"),
    ] {
        let (fake, _) = good();
        fake.metadata.lock().unwrap()[key] = Value::String(value.into());
        let mut bench = Bench::new(fake);
        let (deps, pages) = bench.split();
        let error = authorize(request(), deps, |_| {}).await.unwrap_err();
        assert_eq!(error.code(), "unexpectedAnswer", "{key}");
        assert!(pages.try_recv().is_err(), "a browser opened");
    }
}
