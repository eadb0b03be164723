//! `convokectl doctor`: what it says of a good desk and of each thing that can be wrong, and its exit status.

use convoke_desk::{Answer, Browser, Desk, Office};
use convoke_tenant::entra::consent_policy::ConsentPolicy;
use convoke_tenant::scenario::IdentityScenario;
use convoke_tenant::{Options, Scenario};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

const CHECKS: [&str; 12] = [
    "policy",
    "realm",
    "authority",
    "sso",
    "tls",
    "clock",
    "keychain",
    "cache",
    "account",
    "consent",
    "graph",
    "ews",
];

/// What never applies at this desk: no provider of its own, no TLS on loopback, no mailbox on an Exchange server.
const NEVER: [&str; 3] = ["sso", "tls", "ews"];

pub(crate) fn office(scenarios: Vec<Scenario>) -> Office {
    Office::of(Options { events: 12, contacts: 8, directory: 8, scenarios, ..Options::default() })
}

/// The doctor's report, whose form holds whatever it says.
#[track_caller]
pub(crate) fn report(office: &Office, status: i32) -> Value {
    let answer = office.desk.run(&["doctor"]);
    assert_eq!(answer.status, status, "{answer:?}");
    let checks = answer.json["checks"].as_array().expect("checks");
    let ids: Vec<_> = checks.iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids, CHECKS, "{answer:?}");
    for check in checks {
        let sentence = check["detail"].as_str().unwrap();
        assert!(sentence.ends_with('.') || sentence.ends_with('?'), "{check}");
        assert_eq!(check["fix"].is_null(), check["status"] == "ok", "{check}");
        assert_eq!(check["code"].is_string(), check["status"] == "fail" && check["id"] != "clock", "{check}");
    }
    no_secret(office, &answer);
    answer.json
}

/// Only on a living tenant: it knows every token that it gave out.
fn no_secret(office: &Office, answer: &Answer) {
    let text = format!("{}{}", answer.stdout, answer.stderr);
    assert!(!text.contains("eyJ"), "{text}");
    if answer.status == 5 {
        return;
    }
    for token in office.truth("tokens").as_array().unwrap() {
        assert!(!text.contains(token.as_str().unwrap()), "{text}");
    }
}

#[track_caller]
pub(crate) fn check<'a>(report: &'a Value, id: &str, status: &str) -> &'a Value {
    let check = report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap();
    assert_eq!(check["status"], status, "{report:#}");
    check
}

#[track_caller]
pub(crate) fn says(check: &Value, parts: &[&str]) {
    let text = format!("{} {}", check["detail"], check["fix"]);
    for part in parts {
        assert!(text.contains(part), "{part}: {check}");
    }
}

/// These checks are skipped, and name the one that failed.
#[track_caller]
pub(crate) fn skipped_for(report: &Value, cause: &str, ids: &[&str]) {
    for id in ids {
        says(check(report, id, "skipped"), &[&format!("because {cause} failed")]);
    }
}

#[test]
fn after_sign_in_and_connecting_everything_is_well() {
    let mut office = office(vec![]);
    office.connect();
    let found = report(&office, 0);
    for id in CHECKS {
        check(&found, id, if NEVER.contains(&id) { "skipped" } else { "ok" });
    }
    let username = office.tenant().ready.users[0].username.clone();
    says(check(&found, "account", "ok"), &[&username]);
    says(check(&found, "realm", "ok"), &["federated", "localhost"]);
    says(
        check(&found, "consent", "ok"),
        &["granted: User.Read, Calendars.Read, Contacts.Read, User.ReadBasic.All."],
    );
    office.desk.run(&["sync"]).done();
    says(check(&report(&office, 0), "cache", "ok"), &["meetings", "8 contacts as of"]);
    let text = Answer::of(office.desk.command(&["doctor"])).stdout;
    assert_eq!(text.lines().filter(|line| line.starts_with("ok    ")).count(), 9, "{text}");
    assert!(!text.contains('\u{1b}'), "no colours outside of a terminal: {text}");
}

#[test]
fn whoever_is_not_signed_in_is_told_to() {
    let office = office(vec![]);
    let found = report(&office, 4);
    says(check(&found, "account", "fail"), &["User: run convokectl sign-in"]);
    says(check(&found, "graph", "ok"), &["without a token"]);
    check(&found, "realm", "ok");
    skipped_for(&found, "account", &["cache", "consent"]);
    let text = Answer::of(office.desk.command(&["doctor"])).stdout;
    assert!(
        text.contains("fail  account    Nobody is signed in.\n                 User: run convokectl"),
        "{text}"
    );
}

#[test]
fn whoever_has_not_connected_is_told_to_and_where_an_administrator_may_approve() {
    let mut office = office(vec![]);
    office.through_browser(&["sign-in"]).done();
    let found = report(&office, 4);
    says(check(&found, "consent", "fail"), &["Calendars.Read", "convokectl connect", "/adminconsent?"]);
    says(check(&found, "graph", "ok"), &["without a token"]);
}

#[test]
fn what_waits_for_an_administrator_is_named_with_role_and_link_until_it_is_approved() {
    let mut office = office(vec![Scenario::Consent(ConsentPolicy::MicrosoftManaged)]);
    office.through_browser(&["sign-in"]).done();
    assert_eq!(office.through_browser(&["connect"]).status, 8);
    let found = report(&office, 4);
    let consent = check(&found, "consent", "fail");
    says(
        consent,
        &["administrator: Calendars.Read;", "Cloud Application Administrator", "/v2.0/adminconsent?"],
    );
    assert_eq!(consent["code"], "adminApprovalRequired");
    says(check(&found, "graph", "ok"), &["calendar"]);
    let scope = "Calendars.Read Contacts.Read User.Read User.ReadBasic.All openid profile offline_access";
    office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
    says(check(&report(&office, 0), "consent", "warn"), &["approved by now", "convokectl sync"]);
    office.desk.run(&["sync"]).done();
    check(&report(&office, 0), "consent", "ok");
}

#[test]
fn a_sign_in_that_was_revoked_is_to_be_renewed() {
    let mut office = office(vec![]);
    office.connect();
    office.control("tokens/revoke", &json!({}));
    let found = report(&office, 4);
    assert_eq!(check(&found, "consent", "fail")["code"], "signInRequired");
    says(check(&found, "consent", "fail"), &["User: run convokectl connect"]);
    says(check(&found, "graph", "ok"), &["because consent failed"]);
}

#[test]
fn the_realm_is_told_as_it_is() {
    let office = office(vec![Scenario::Identity(IdentityScenario::ManagedDomain)]);
    says(check(&report(&office, 4), "realm", "ok"), &["is managed", "Microsoft's page"]);
    set_policy(&office, |policy| policy["enforced"]["sso"]["domain"] = json!("nobody.example"));
    says(check(&report(&office, 4), "realm", "warn"), &["nobody.example", "Domain Name Administrator"]);
    set_policy(&office, |policy| policy["enforced"]["sso"]["domain"] = Value::Null);
    says(check(&report(&office, 4), "realm", "skipped"), &["sso.domain"]);
}

#[test]
fn offline_the_authority_says_so_and_what_needs_the_network_is_skipped() {
    let mut office = office(vec![]);
    office.connect();
    office.desk.run(&["sync"]).done();
    office.cut_network();
    let found = report(&office, 5);
    says(check(&found, "authority", "fail"), &["can't be reached", "localhost"]);
    skipped_for(&found, "authority", &["realm", "sso", "clock", "consent", "graph"]);
    for id in ["policy", "keychain", "cache", "account"] {
        check(&found, id, "ok");
    }
}

#[test]
fn a_server_that_never_answers_ends_by_the_limit() {
    let office = office(vec![]);
    office.control("faults", &json!([{"match": "openid-configuration", "kind": "hang"}]));
    let started = std::time::Instant::now();
    let found = report(&office, 5);
    assert!(started.elapsed().as_secs() < 25, "{:?}", started.elapsed());
    says(check(&found, "authority", "fail"), &["localhost did not answer within 10 seconds"]);
}

#[test]
fn without_a_keychain_it_says_so_and_skips_what_lies_in_it() {
    let mut office = office(vec![]);
    office.desk = Desk::without_keyring(&office.tenant().ready.policy);
    office.through_browser(&["sign-in"]);
    let found = report(&office, 6);
    says(check(&found, "keychain", "fail"), &["User:", "Secret Service"]);
    skipped_for(&found, "keychain", &["cache", "consent"]);
    check(&found, "account", "ok");
}

#[cfg(unix)]
#[test]
fn a_silent_keychain_ends_by_its_own_limit() {
    let mut office = office(vec![]);
    office.connect();
    let daemon = office.desk.keyring.daemon_pid().unwrap().to_string();
    let signal = |name: &str| assert!(Command::new("kill").args([name, &daemon]).status().unwrap().success());
    signal("-STOP");
    let found = report(&office, 6);
    signal("-CONT");
    assert_eq!(check(&found, "keychain", "fail")["code"], "keychainLocked");
    check(&report(&office, 0), "keychain", "ok");
}

#[test]
fn a_broken_policy_is_named_with_its_place_and_nobody_is_asked_by_it() {
    let office = office(vec![]);
    std::fs::write(&office.desk.policy, "{\n  \"enforced\": nonsense\n}\n").unwrap();
    let before = office.truth("log").as_array().unwrap().len();
    let found = report(&office, 3);
    says(check(&found, "policy", "fail"), &["policy.json:2:", "convokectl policy validate"]);
    skipped_for(&found, "policy", &["realm", "authority", "sso", "tls", "clock", "consent", "graph", "ews"]);
    check(&found, "keychain", "ok");
    assert_eq!(office.truth("log").as_array().unwrap().len(), before, "no request left this computer");
}

#[test]
fn a_small_mistake_in_the_policy_is_a_warning() {
    let office = office(vec![]);
    set_policy(&office, |policy| policy["defaults"]["sync"]["pastDay"] = json!(3));
    says(check(&report(&office, 4), "policy", "warn"), &["pastDay", "Did you mean"]);
}

#[test]
fn a_tenant_that_nobody_knows_is_a_mistake_of_the_policy() {
    let office = office(vec![Scenario::Identity(IdentityScenario::TenantUnknown)]);
    let found = report(&office, 1);
    says(
        check(&found, "authority", "fail"),
        &["AADSTS90002", "microsoft365.tenant", "Who can do it: Administrator"],
    );
    check(&found, "realm", "ok");
    check(&found, "clock", "ok");
}

#[test]
fn a_damaged_cache_is_told_once_and_healed_by_a_sync() {
    let mut office = office(vec![]);
    office.connect();
    office.desk.run(&["sync"]).done();
    let mut bytes = std::fs::read(office.desk.cache()).unwrap();
    bytes[..64].fill(0x5a);
    std::fs::write(office.desk.cache(), bytes).unwrap();
    says(check(&report(&office, 0), "cache", "warn"), &["was damaged", "convokectl sync"]);
    office.desk.run(&["sync"]).done();
    says(check(&report(&office, 0), "cache", "ok"), &["8 contacts"]);
}

#[test]
fn damage_that_only_reading_finds_fails_and_is_healed_by_a_sync() {
    let mut office = office(vec![]);
    office.connect();
    office.desk.run(&["sync"]).done();
    let mut bytes = std::fs::read(office.desk.cache()).unwrap();
    let rest = bytes.len() / 8;
    bytes[rest..].fill(0x5a);
    std::fs::write(office.desk.cache(), bytes).unwrap();
    let found = report(&office, 7);
    assert_eq!(check(&found, "cache", "fail")["code"], "cacheUnusable");
    says(check(&found, "cache", "fail"), &["User: run convokectl sync"]);
    office.desk.run(&["sync"]).done();
    says(check(&report(&office, 0), "cache", "ok"), &["8 contacts"]);
}

#[test]
fn a_cache_that_cannot_be_opened_fails() {
    let mut office = office(vec![]);
    office.connect();
    let cache: PathBuf = office.desk.cache();
    std::fs::remove_file(&cache).unwrap();
    std::fs::create_dir(&cache).unwrap();
    says(check(&report(&office, 7), "cache", "fail"), &["User:"]);
}

#[test]
fn a_mailbox_that_is_not_in_the_cloud_is_explained() {
    let mut office = office(vec![]);
    let users = office.tenant().ready.users.clone();
    let user = users.iter().find(|user| user.mailbox == "onPremises").unwrap();
    office.browser = Browser::of(&user.username, &user.password);
    office.connect();
    let found = report(&office, 4);
    says(check(&found, "graph", "ok"), &[&user.username, "MailboxNotEnabledForRESTAPI", "See ews"]);
    check(&found, "ews", "fail");
    set_policy(&office, |policy| policy["enforced"]["integration"]["authorizeWith"] = json!("oauth"));
    let found = report(&office, 1);
    let graph = check(&found, "graph", "fail");
    says(graph, &[&user.username, "MailboxNotEnabledForRESTAPI", "Exchange Administrator"]);
    assert_eq!(graph["code"], "mailboxUnavailable");
    says(check(&found, "ews", "skipped"), &["integration.authorizeWith is oauth"]);
}

#[test]
fn a_clock_that_is_off_is_told_by_how_much() {
    let office = office(vec![]);
    let late = json!([{"match": "openid-configuration", "kind": "delay", "delayMs": 0,
        "headers": {"date": "Wed, 04 Mar 2026 10:02:00 GMT"}}]);
    office.control("faults", &late);
    says(check(&report(&office, 1), "clock", "fail"), &["days ahead of that of localhost"]);
}

#[test]
fn the_organizations_own_provider_is_asked() {
    let mut office = office(vec![]);
    office.desk = Desk::new(&office.tenant().ready.policy_sso);
    check(&report(&office, 4), "sso", "ok");
    set_policy(&office, |policy| {
        let issuer = policy["enforced"]["sso"]["issuer"].as_str().unwrap().to_owned();
        policy["enforced"]["sso"]["issuer"] = json!(format!("{issuer}/elsewhere"));
    });
    says(check(&report(&office, 1), "sso", "fail"), &["policy file: set sso.issuer"]);
}

#[test]
fn a_certificate_that_nobody_trusts_is_told_apart_from_a_dead_server() {
    let mut office =
        Office::of(Options { tls: true, events: 4, contacts: 4, directory: 4, ..Options::default() });
    let answer = office.desk.run(&["doctor"]);
    assert_eq!(answer.status, 5, "{answer:?}");
    assert_eq!(check(&answer.json, "tls", "fail")["code"], "tlsUntrusted");
    skipped_for(&answer.json, "tls", &["realm", "authority", "clock", "graph"]);
    let mut trusting = office.desk.command(&["--json", "doctor"]);
    trusting.env("SSL_CERT_FILE", office.tenant().ready.ca.as_ref().unwrap());
    check(&Answer::of(trusting).json, "tls", "ok");
    office.cut_network();
    let answer = office.desk.run(&["doctor"]);
    assert_eq!(check(&answer.json, "authority", "fail")["code"], "serverUnreachable");
    skipped_for(&answer.json, "authority", &["tls"]);
}

pub(crate) fn set_policy(office: &Office, change: impl FnOnce(&mut Value)) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    change(&mut policy);
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}
