//! What a person or a script is told when something can't be done: the true cause, what to do, the exit status.

use convoke_desk::Office;
use convoke_tenant::Options;
use serde_json::{Value, json};

fn office() -> Office {
    Office::of(Options { events: 12, contacts: 8, directory: 8, ..Options::default() })
}

fn change_policy(office: &Office, change: impl FnOnce(&mut Value)) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    change(&mut policy);
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}

#[track_caller]
fn check(office: &Office, arguments: &[&str], status: i32, code: &str) -> Value {
    let answer = office.desk.run(arguments);
    assert_eq!((answer.status, answer.json["code"].as_str()), (status, Some(code)), "{answer:?}");
    answer.json
}

#[test]
fn a_sync_before_connecting_says_that_it_is_not_connected() {
    let mut office = office();
    check(&office, &["sync"], 4, "signInRequired");
    office.through_browser(&["sign-in"]).done();
    check(&office, &["sync"], 4, "notConnected");
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    let directory = office.desk.run(&["sync", "--service", "directory"]).done();
    assert_eq!(directory["services"], json!({}), "the directory is looked up live");
    office.desk.run(&["disconnect"]).done();
    check(&office, &["sync"], 4, "notConnected");
}

#[test]
fn what_the_policy_permits_nothing_of_is_said_to_be_off() {
    let mut office = office();
    office.through_browser(&["sign-in"]).done();
    change_policy(&office, |policy| {
        policy["enforced"]["integration"]["permissions"] =
            json!({"calendar": "none", "contacts": "none", "directory": "none"});
    });
    check(&office, &["sync"], 4, "offByPolicy");
    check(&office, &["connect"], 4, "offByPolicy");
    check(&office, &["admin-request"], 4, "offByPolicy");
}

#[test]
fn a_policy_file_that_is_not_there_is_said_not_to_be_there() {
    let office = office();
    let told = check(&office, &["--policy", "/no/such.json", "sync"], 3, "policyRefused");
    let message = told["message"].as_str().unwrap();
    assert!(message.contains("/no/such.json") && message.contains("no such file"), "{message}");
}

#[test]
fn a_rule_of_the_organization_is_told_with_its_number_and_correlation_id() {
    let mut office = office();
    office.connect();
    office.control("scenario", &json!({"name": "conditionalAccess", "on": true}));
    office.control("tokens/expire", &json!({}));
    let told = check(&office, &["sync"], 4, "blockedByOrganization");
    assert!(told["message"].as_str().unwrap().contains("Conditional Access"), "{told}");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.contains("AADSTS53003") && detail.contains("correlation id"), "{detail}");
    let status = office.desk.run(&["status"]).done();
    assert_eq!(status["services"]["calendar"]["state"], "blocked", "{status}");
    assert!(
        status["services"]["calendar"]["message"].as_str().unwrap().contains("Conditional Access"),
        "{status}"
    );
}

#[test]
fn days_in_the_wrong_order_are_a_mistake_of_the_call() {
    let mut office = office();
    office.connect();
    for days in
        [["--from", "2026-11-27", "--to", "2026-11-26"], ["--from", "2030-01-02", "--to", "2030-01-01"]]
    {
        let answer = office.desk.run(&[&["agenda"][..], &days].concat());
        assert_eq!(answer.status, 2, "{answer:?}");
    }
}

#[test]
fn f53_a_claims_challenge_goes_into_the_next_authorization_once() {
    let mut office = office();
    office.connect();
    office.control("scenario", &json!({"name": "mfaOnRefresh", "on": true}));
    office.control("tokens/expire", &json!({}));
    let told = check(&office, &["sync"], 4, "signInRequired");
    assert!(told["message"].as_str().unwrap().contains("one more proof"), "{told}");
    office.control("scenario", &json!({"name": "mfaOnRefresh", "on": false}));
    for expected in [true, false] {
        let mut asked = String::new();
        let mut person = office.browser.clone();
        office.with_address(&["connect"], |address| {
            address.clone_into(&mut asked);
            person.go(address);
        });
        assert_eq!(asked.contains("capolids"), expected, "{asked}");
    }
    office.desk.run(&["sync"]).done();
}

#[test]
fn an_account_that_the_policy_does_not_allow_is_turned_away_after_signing_in() {
    let mut office = office();
    let allowed = std::fs::read_to_string(&office.desk.policy).unwrap();
    for limit in [json!({"allowedDomains": ["other.example"]}), json!({"allowedTenants": []})] {
        change_policy(&office, |policy| policy["enforced"]["accounts"] = limit.clone());
        let refused = office.through_browser(&["sign-in"]);
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (4, &json!("accountNotAllowed")),
            "{limit}: {refused:?}"
        );
        let message = refused.json["message"].as_str().unwrap();
        assert!(message.contains("does not allow this account"), "{message}");
    }
    std::fs::write(&office.desk.policy, allowed).unwrap();
    office.through_browser(&["sign-in"]).done();
}
