//! Wrong answers of servers: each is a clear error, loses nothing, and the next good attempt works.

use convoke_desk::{Office, days};
use convoke_tenant::Options;
use serde_json::{Value, json};

fn small() -> Options {
    Options { events: 24, contacts: 8, directory: 8, ..Options::default() }
}

/// A sign-in whose token answer is wrong in one way ends in `code`; the next one works.
fn tampered_sign_in(tamper: &str, codes: &[&str]) {
    let mut office = Office::of(small());
    office.control("tamper", &json!({"tamper": tamper, "times": 1}));
    let refused = office.through_browser(&["sign-in"]);
    let code = refused.json["code"].as_str().unwrap_or_default().to_owned();
    assert!(codes.contains(&code.as_str()), "{tamper}: {refused:?}");
    assert_ne!(refused.status, 0, "{tamper}");
    assert!(!refused.json["message"].as_str().unwrap_or_default().is_empty());
    office.control("tamper", &json!({"tamper": Value::Null}));
    assert_eq!(office.through_browser(&["sign-in"]).done()["event"], "signedIn", "{tamper}");
}

#[test]
fn b23_html_from_the_token_endpoint() {
    tampered_sign_in("html", &["unexpectedAnswer", "captivePortal"]);
}

#[test]
fn b30_id_token_for_another_client() {
    tampered_sign_in("wrongAud", &["idTokenRefused"]);
}

#[test]
fn b31_id_token_of_another_issuer() {
    tampered_sign_in("wrongIss", &["idTokenRefused"]);
}

#[test]
fn b32_id_token_that_expired() {
    tampered_sign_in("expired", &["idTokenRefused"]);
}

#[test]
fn b33_id_token_with_another_nonce() {
    tampered_sign_in("wrongNonce", &["idTokenRefused"]);
}

#[test]
fn b34_id_token_with_a_flipped_signature() {
    tampered_sign_in("badSignature", &["idTokenRefused"]);
    tampered_sign_in("algNone", &["idTokenRefused"]);
}

fn agenda(office: &Office) -> Value {
    let (from, to) = days();
    office.desk.run(&["agenda", "--from", &from, "--to", &to]).done()["meetings"].take()
}

/// A sync that meets a fault keeps the cache as it was; the next one is complete.
fn faulty_sync(fault: &Value, statuses: &[i32]) {
    let mut office = Office::of(small());
    office.connect();
    office.desk.run(&["sync"]).done();
    let before = agenda(&office);
    office.control("mutate", &json!({"n": 6, "seed": 3}));
    office.control("faults", fault);
    let failed = office.desk.run(&["sync", "--service", "calendar"]);
    assert!(statuses.contains(&failed.status), "{fault}: {failed:?}");
    assert_eq!(agenda(&office), before, "{fault}: the cache is as it was");
    office.control("faults", &json!([]));
    office.desk.run(&["sync"]).done();
    let (from, to) = days();
    let truth = office.truth(&format!("truth/agenda?from={from}&to={to}"));
    assert_eq!(agenda(&office), truth, "{fault}");
}

#[test]
fn b61_next_link_to_another_host_gets_no_token() {
    faulty_sync(&json!([{"match": "calendarView", "times": 100, "kind": "nextLinkHost"}]), &[1, 5]);
}

#[test]
fn f43_truncated_json_loses_nothing() {
    faulty_sync(&json!([{"match": "calendarView", "times": 100, "kind": "truncate"}]), &[1, 5]);
}

#[test]
fn f36_html_instead_of_json_loses_nothing() {
    faulty_sync(&json!([{"match": "calendarView", "times": 100, "kind": "html"}]), &[1, 5]);
}

#[test]
fn f49_f51_busy_servers_are_left_alone() {
    faulty_sync(
        &json!([{"match": "calendarView", "times": 100, "kind": "status", "status": 429, "retryAfter": "2.128"}]),
        &[5],
    );
    faulty_sync(&json!([{"match": "calendarView", "times": 100, "kind": "status", "status": 503}]), &[5]);
}

#[test]
fn f34_reset_in_mid_answer_loses_nothing() {
    faulty_sync(&json!([{"match": "calendarView", "times": 100, "kind": "reset"}]), &[5]);
}

#[test]
fn f58_lost_sync_state_heals_in_the_same_round() {
    let mut office = Office::of(small());
    office.connect();
    office.desk.run(&["sync"]).done();
    office.control("mutate", &json!({"n": 6, "seed": 9}));
    office.control("scenario", &json!({"name": "syncStateGoneOnce", "on": true}));
    office.desk.run(&["sync"]);
    office.control("scenario", &json!({"name": "syncStateGoneOnce", "on": false}));
    office.desk.run(&["sync"]).done();
    let (from, to) = days();
    assert_eq!(agenda(&office), office.truth(&format!("truth/agenda?from={from}&to={to}")));
}

#[test]
fn f52_expired_access_token_is_renewed_once() {
    let mut office = Office::of(small());
    office.connect();
    office.desk.run(&["sync"]).done();
    office.control("tokens/expire", &json!({}));
    office.desk.run(&["sync"]).done();
}

#[test]
fn f56_revoked_tokens_leave_the_cache_and_ask_to_sign_in() {
    let mut office = Office::of(small());
    office.connect();
    office.desk.run(&["sync"]).done();
    let before = agenda(&office);
    office.control("tokens/revoke", &json!({}));
    let refused = office.desk.run(&["sync"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("signInRequired")), "{refused:?}");
    assert_eq!(agenda(&office), before);
    assert_eq!(office.desk.run(&["status"]).done()["services"]["calendar"]["state"], "signInRequired");
    assert_eq!(office.through_browser(&["connect"]).done()["event"], "connected");
    office.desk.run(&["sync"]).done();
}
