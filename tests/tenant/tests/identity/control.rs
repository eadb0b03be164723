//! Faults, the log, the clock, the files, TLS.

use convoke_tenant::{Options, Scenario, start};
use serde_json::{Value, json};

use crate::browser::{Browser, code, control, get, tenant};

const KEYS: &str = "/common/discovery/v2.0/keys";

#[tokio::test]
async fn faults_meet_any_endpoint_as_often_as_asked() {
    let running = tenant().await;
    let keys = format!("{}{KEYS}", running.ready.authority);
    let busy = json!({"match": "/keys", "kind": "status", "status": 429, "retryAfter": 2.128, "times": 1});
    control(&running, "faults", &busy).await;
    let (status, body, headers) = get(&keys, None).await;
    assert_eq!((status, &body["error"]["code"]), (429, &json!("TooManyRequests")));
    assert_eq!(headers["retry-after"], "2.128");
    assert_eq!(get(&keys, None).await.0, 200);
}

#[tokio::test]
async fn answers_are_cut_replaced_and_redirected() {
    let running = tenant().await;
    let keys = format!("{}{KEYS}", running.ready.authority);
    let http =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let set = async |fault: Value| {
        control(&running, "faults", &json!([fault])).await;
    };
    set(json!({"match": KEYS, "kind": "reset"})).await;
    assert!(http.get(&keys).send().await.is_err());
    set(json!({"match": KEYS, "kind": "truncate"})).await;
    let cut = http.get(&keys).send().await.unwrap();
    assert_eq!(cut.status(), 200);
    assert!(cut.bytes().await.is_err(), "the body ends before its length");
    set(json!({"match": KEYS, "kind": "html"})).await;
    assert!(http.get(&keys).send().await.unwrap().text().await.unwrap().contains("Guest network"));
    set(json!({"match": KEYS, "kind": "redirect", "url": "http://evil.example/"})).await;
    let redirect = http.get(&keys).send().await.unwrap();
    assert_eq!(
        (redirect.status().as_u16(), &redirect.headers()["location"]),
        (307, &"http://evil.example/".parse().unwrap())
    );
    set(json!({"match": KEYS, "kind": "replace", "from": "RSA", "to": "EC"})).await;
    assert_eq!(get(&keys, None).await.1["keys"][0]["kty"], "EC");
    set(json!({"match": KEYS, "kind": "slow", "bytes": 4096, "delayMs": 1})).await;
    assert_eq!(get(&keys, None).await.1["keys"][0]["kty"], "RSA");
    set(json!({"match": KEYS, "kind": "large", "bytes": 100_000})).await;
    assert_eq!(http.get(&keys).send().await.unwrap().bytes().await.unwrap().len(), 100_000);
    control(&running, "faults", &json!([])).await;
    assert_eq!(get(&keys, None).await.0, 200);
}

#[tokio::test]
async fn the_log_shows_requests_without_secrets() {
    let running = tenant().await;
    code(&running, &mut Browser::new(), &[]).await;
    get(&format!("{}/me", running.ready.graph), Some("secret-token")).await;
    let (_, log, _) = get(&format!("{}/log", running.ready.control), None).await;
    let me = log.as_array().unwrap().iter().find(|record| record["path"] == "/v1.0/me").unwrap();
    assert_eq!((&me["authorization"], &me["status"]), (&json!(true), &json!(401)));
    let text = log.to_string();
    let password = &running.ready.users[0].password;
    assert!(!text.contains("secret-token") && !text.contains(password), "{text}");
    let latest = log.as_array().unwrap().len();
    let (_, rest, _) = get(&format!("{}/log?after={latest}", running.ready.control), None).await;
    assert_eq!(rest, json!([]));
}

#[tokio::test]
async fn pages_of_browsers_have_no_control() {
    let running = tenant().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let state = format!("{}/state", running.ready.control);
    let refused = http.get(state).header("origin", "http://localhost").send().await.unwrap();
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn keys_rotate_and_old_ones_stay() {
    let running = tenant().await;
    let keys = format!("{}{KEYS}", running.ready.authority);
    let (_, before, _) = get(&keys, None).await;
    control(&running, "keys", &json!({})).await;
    let (_, after, _) = get(&keys, None).await;
    assert_eq!(before["keys"][0], after["keys"][0]);
    assert_eq!(after["keys"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_policy_files_point_here() {
    let running = tenant().await;
    let read = |path: &str| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let policy = read(&running.ready.policy);
    let microsoft365 = &policy["enforced"]["microsoft365"];
    assert_eq!(microsoft365["endpoints"]["authority"], json!(running.ready.authority));
    assert_eq!(microsoft365["tenant"], json!(running.ready.tenant_id));
    assert_eq!(policy["enforced"]["sso"]["issuer"], Value::Null);
    let generic = read(&running.ready.policy_sso);
    assert_eq!(generic["enforced"]["sso"]["issuer"], json!(running.ready.sso.issuer));
    let hybrid = read(&running.ready.policy_ews);
    assert_eq!(hybrid["enforced"]["integration"]["ews"]["url"], json!(running.ready.ews));
    assert!(policy["enforced"]["integration"]["ews"].is_null());
}

#[tokio::test]
async fn scenarios_given_at_the_start_are_on() {
    let scenarios = vec![Scenario::parse("consent:off").unwrap(), Scenario::parse("shortTokens").unwrap()];
    let running = start(Options { scenarios, events: 0, contacts: 0, directory: 0, ..Options::default() })
        .await
        .unwrap();
    let (_, state, _) = get(&format!("{}/state", running.ready.control), None).await;
    let names: Vec<&str> =
        state["scenarios"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(names.contains(&"consent:off") && names.contains(&"shortTokens"), "{names:?}");
}

#[tokio::test]
async fn tls_is_trusted_through_its_own_ca_only() {
    let running = start(Options { tls: true, events: 0, contacts: 0, directory: 0, ..Options::default() })
        .await
        .unwrap();
    let url = format!("{}{KEYS}", running.ready.authority);
    assert!(url.starts_with("https://localhost:"));
    let pem = std::fs::read(running.ready.ca.as_ref().unwrap()).unwrap();
    let ca = reqwest::Certificate::from_pem(&pem).unwrap();
    let trusting = reqwest::Client::builder().no_proxy().tls_certs_only([ca]).build().unwrap();
    assert_eq!(trusting.get(&url).send().await.unwrap().status(), 200);
    let other = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(other.get(&url).send().await.is_err());
}

#[tokio::test]
async fn a_stopped_tenant_answers_no_more() {
    let running = tenant().await;
    let url = format!("{}{KEYS}", running.ready.authority);
    let policy = running.ready.policy.clone();
    running.stop();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut answered = true;
    for _ in 0..1000 {
        tokio::task::yield_now().await;
        answered = http.get(&url).send().await.is_ok();
        if !answered {
            break;
        }
    }
    assert!(!answered && !std::path::Path::new(&policy).exists());
}
