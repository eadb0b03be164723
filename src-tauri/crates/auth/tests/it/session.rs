//! Access tokens while the product runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use convoke_auth::keychain::{KeychainError, MemoryKeychain, SecretBytes, SecretStore};
use convoke_auth::session::SessionParts;
use convoke_auth::{AuthError, Identity, Resource, Session, TokenSet};
use convoke_model::clock::Clock;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::authority::{CLIENT, Fake, KEY, OBJECT, Reply, TENANT, claims, header, now, sign, tokens};
use crate::flow::entra;

mod races;

#[derive(Default)]
struct TestClock(AtomicI64);

impl TestClock {
    fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        now() + TimeDelta::seconds(self.0.load(Ordering::SeqCst))
    }
}

struct Bench {
    fake: Arc<Fake>,
    clock: Arc<TestClock>,
    keychain: Arc<MemoryKeychain>,
    session: Arc<Session>,
}

fn session(fake: &Arc<Fake>, clock: &Arc<TestClock>, keychain: &Arc<MemoryKeychain>) -> Arc<Session> {
    Arc::new(Session::new(SessionParts {
        account: "a1".into(),
        identity: Identity {
            tenant_id: Some(TENANT.into()),
            object_id: Some(OBJECT.into()),
            ..Identity::default()
        },
        authority: entra(),
        client_id: CLIENT.into(),
        transport: Arc::clone(fake) as Arc<dyn convoke_net::Transport>,
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        secrets: Arc::clone(keychain) as Arc<dyn SecretStore>,
    }))
}

fn bench(script: impl Fn(usize, &str) -> Reply + Send + Sync + 'static) -> Bench {
    let calls = AtomicUsize::new(0);
    let fake = Fake::new(move |form| {
        script(calls.fetch_add(1, Ordering::SeqCst) + 1, form.get("refresh_token").map_or("", String::as_str))
    });
    let (clock, keychain) = (Arc::new(TestClock::default()), Arc::new(MemoryKeychain::default()));
    put(&keychain, "rt-0");
    let session = session(&fake, &clock, &keychain);
    Bench { fake, clock, keychain, session }
}

fn put(keychain: &MemoryKeychain, token: &str) {
    keychain.set("a1/refresh-token", &SecretBytes::from(token.as_bytes().to_vec())).unwrap();
}

fn stored(keychain: &MemoryKeychain) -> Option<String> {
    let bytes = keychain.get("a1/refresh-token").unwrap()?;
    Some(String::from_utf8(bytes.expose_secret().to_vec()).unwrap())
}

fn graph() -> Resource {
    Resource::new(["Calendars.Read"])
}

/// A good answer number `number`.
fn grant(number: usize) -> Reply {
    Reply::Json(200, granted(number))
}

fn granted(number: usize) -> Value {
    let mut answer = tokens(None);
    answer["access_token"] = json!(format!("at-{number}"));
    answer["refresh_token"] = json!(format!("rt-{number}"));
    answer
}

fn refuse(error: &str, code: u32) -> Reply {
    Reply::Json(
        400,
        json!({"error": error, "error_codes": [code], "error_description": format!("AADSTS{code}: x")}),
    )
}

async fn token(bench: &Bench) -> Result<String, AuthError> {
    bench.session.access_token(&graph()).await.map(|token| token.secret.expose_secret().to_owned())
}

#[tokio::test]
async fn a_token_is_kept_until_five_minutes_before_its_end() {
    let bench = bench(|number, _| grant(number));
    assert_eq!(token(&bench).await.unwrap(), "at-1");
    bench.clock.advance(3600 - 301);
    assert_eq!(token(&bench).await.unwrap(), "at-1");
    bench.clock.advance(2);
    assert_eq!(token(&bench).await.unwrap(), "at-2");
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-2"));
    let form = bench.fake.last_form();
    assert_eq!(form["scope"], "Calendars.Read openid profile offline_access");
    assert_eq!(form["refresh_token"], "rt-1");
    assert!(form["claims"].contains("cp1"));
    assert_eq!(bench.fake.count("openid-configuration"), 1);
}

#[tokio::test]
async fn f46_a_clock_that_went_back_asks_again() {
    let bench = bench(|number, _| grant(number));
    token(&bench).await.unwrap();
    bench.clock.advance(-86_400);
    assert_eq!(token(&bench).await.unwrap(), "at-2");
}

#[tokio::test]
async fn b25_without_a_new_refresh_token_the_old_one_stays() {
    let bench = bench(|number, _| {
        let mut answer = granted(number);
        answer.as_object_mut().unwrap().remove("refresh_token");
        Reply::Json(200, answer)
    });
    token(&bench).await.unwrap();
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-0"));
}

#[tokio::test]
async fn f30_f51_no_failure_removes_the_refresh_token() {
    for reply in 0..6 {
        let bench = bench(move |_, _| match reply {
            0 => Reply::Offline,
            1 => Reply::Raw(503, vec![], vec![]),
            2 => Reply::Raw(200, vec![], b"<html>".to_vec()),
            3 => refuse("invalid_grant", 700_082),
            4 => refuse("invalid_grant", 50_173),
            _ => refuse("invalid_grant", 50_196),
        });
        assert!(token(&bench).await.is_err());
        assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-0"), "{reply}");
    }
}

#[tokio::test]
async fn b36_f56_a_refusal_is_asked_once_in_two_minutes() {
    let bench = bench(|_, _| refuse("invalid_grant", 700_082));
    for _ in 0..10 {
        assert!(matches!(token(&bench).await, Err(AuthError::NeedsInteraction(_))));
    }
    assert_eq!(bench.fake.count("/token"), 1);
    bench.clock.advance(121);
    token(&bench).await.unwrap_err();
    assert_eq!(bench.fake.count("/token"), 2);
}

#[tokio::test]
async fn f57_the_loop_answer_is_quiet_for_five_minutes() {
    let bench = bench(|number, _| if number == 1 { refuse("invalid_grant", 50_196) } else { grant(number) });
    for seconds in [0, 100, 100, 99] {
        bench.clock.advance(seconds);
        let error = token(&bench).await.unwrap_err();
        assert!(matches!(error, AuthError::Transient { .. }) && !error.needs_person());
    }
    assert_eq!(bench.fake.count("/token"), 1);
    bench.clock.advance(2);
    assert_eq!(token(&bench).await.unwrap(), "at-2");
}

#[tokio::test]
async fn a_broken_connection_is_tried_once_more() {
    let bench = bench(|number, _| if number == 1 { Reply::BreaksOff } else { grant(number) });
    assert_eq!(token(&bench).await.unwrap(), "at-2");
}

#[tokio::test]
async fn b35_tokens_of_another_account_are_refused() {
    let bench = bench(|number, _| {
        let mut other = claims("");
        other["oid"] = json!("99999999-2222-3333-4444-555555555555");
        let mut answer = granted(number);
        answer["id_token"] = json!(sign(&header(), &other, &KEY));
        Reply::Json(200, answer)
    });
    assert!(matches!(token(&bench).await, Err(AuthError::AccountMismatch)));
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-0"));
}

#[tokio::test]
async fn b35_the_same_account_is_accepted() {
    let bench = bench(|number, _| {
        let mut answer = granted(number);
        answer["id_token"] = json!(sign(&header(), &claims(""), &KEY));
        Reply::Json(200, answer)
    });
    assert_eq!(token(&bench).await.unwrap(), "at-1");
}

#[tokio::test]
async fn f53_a_challenge_goes_into_the_next_refresh_and_into_its_refusal() {
    let bench = bench(|number, _| if number == 2 { refuse("invalid_grant", 50_076) } else { grant(number) });
    token(&bench).await.unwrap();
    let challenge = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;
    bench.session.claims_challenge(challenge).await.unwrap();
    let error = token(&bench).await.unwrap_err();
    assert_eq!(error.claims(), Some(challenge));
    assert!(bench.fake.last_form()["claims"].contains("nbf"));
    bench.clock.advance(121);
    token(&bench).await.unwrap();
    bench.clock.advance(3600);
    token(&bench).await.unwrap();
    assert!(!bench.fake.last_form()["claims"].contains("nbf"), "the challenge is met");
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_for_all() {
    let bench = bench(|number, _| grant(number));
    let first = bench.session.access_token(&graph()).await.unwrap();
    bench.session.invalidate(&first).await;
    bench.session.invalidate(&first).await;
    assert_eq!(token(&bench).await.unwrap(), "at-2");
    bench.session.invalidate(&first).await;
    assert_eq!(token(&bench).await.unwrap(), "at-2");
}

#[tokio::test]
async fn f21_f22_keychain_failures_are_named_and_mend_themselves() {
    let bench = bench(|number, _| grant(number));
    for (error, code) in [
        (KeychainError::Unavailable(None), "keychainUnavailable"),
        (KeychainError::Locked, "keychainLocked"),
        (KeychainError::Timeout, "keychainTimeout"),
    ] {
        bench.keychain.fail_with(Some(error));
        assert_eq!(token(&bench).await.unwrap_err().code(), code);
    }
    bench.keychain.fail_with(None);
    assert_eq!(token(&bench).await.unwrap(), "at-1");
}

#[tokio::test]
async fn signing_in_and_out() {
    let bench = bench(|number, _| grant(number));
    bench.session.sign_out().await.unwrap();
    assert!(!bench.session.is_signed_in().await.unwrap());
    assert!(matches!(token(&bench).await, Err(AuthError::SignedOut)));
    let set = TokenSet {
        access_token: SecretString::from("at-new"),
        expires_at: bench.clock.now() + TimeDelta::hours(1),
        refresh_token: Some(SecretString::from("rt-new")),
        scopes: vec!["Calendars.Read".into()],
    };
    bench.session.store(&graph(), set).await.unwrap();
    assert_eq!(token(&bench).await.unwrap(), "at-new");
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-new"));
    assert_eq!(bench.fake.count("/token"), 0);
    let restarted = session(&bench.fake, &bench.clock, &bench.keychain);
    assert_eq!(restarted.access_token(&graph()).await.unwrap().secret.expose_secret(), "at-1");
}
