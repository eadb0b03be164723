//! `convokectl doctor` on mailboxes of the organization's own Exchange: which server, which sign-ins, and what a person
//! or an administrator must do.

use crate::doctor::{check, office, report, says, set_policy};
use convoke_desk::{Answer, Browser, Desk, Office};
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::{Options, Scenario};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

/// An office under the policy with the server, with somebody whose mailbox is there.
fn hybrid(quirks: &[Quirk]) -> Office {
    let mut office = office(quirks.iter().map(|quirk| Scenario::Exchange(*quirk)).collect());
    office.desk = Desk::new(&office.tenant().ready.policy_ews);
    let (user, password) = pat(&office);
    office.browser = Browser::of(&user, &password);
    office
}

/// Who has a mailbox on the server.
fn pat(office: &Office) -> (String, String) {
    let users = &office.tenant().ready.users;
    let user = users.iter().find(|user| user.mailbox == "onPremises").unwrap();
    (user.username.clone(), user.password.clone())
}

/// Connects the server with a password on stdin.
fn connect_with(office: &Office, password: &str) -> Answer {
    let (user, _) = pat(office);
    let mut command = office.desk.command(&["--json", "connect", "--user", &user, "--password-stdin"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    let json = serde_json::from_str(stdout.lines().last().unwrap_or_default()).unwrap_or(Value::Null);
    Answer { status: output.status.code().unwrap(), json, stdout, stderr }
}

/// How often a password went to the server. The question what is offered comes with an empty bearer token.
fn passwords_sent(office: &Office) -> usize {
    let log = office.truth("log");
    let ews = log.as_array().unwrap().iter().filter(|line| line["path"].as_str().unwrap().contains("/EWS/"));
    ews.filter(|line| line["authScheme"].as_str().is_some_and(|scheme| scheme != "Bearer")).count()
}

#[test]
fn who_has_not_entered_a_password_is_told_to_and_afterwards_all_is_well() {
    let mut office = hybrid(&[]);
    office.connect();
    let found = report(&office, 4);
    let ews = check(&found, "ews", "fail");
    assert_eq!(ews["code"], "passwordRequired", "{ews}");
    says(ews, &["The policy names http://localhost", "--password-stdin"]);
    says(ews, &["It offers negotiate, ntlm; integration.ews.auth allows oauth, ntlm, basic."]);
    assert_eq!(passwords_sent(&office), 0);

    let (user, password) = pat(&office);
    assert_eq!(connect_with(&office, &password).done()["event"], "connected");
    let found = report(&office, 0);
    says(check(&found, "ews", "ok"), &["Exchange 2019 or Subscription Edition (15.2.", "(ntlm)", &user]);
    says(check(&found, "consent", "skipped"), &["localhost", "no effect"]);
    says(check(&found, "graph", "skipped"), &["come from localhost"]);

    office.cut_network();
    let ews = report(&office, 5);
    assert_eq!(check(&ews, "ews", "fail")["code"], "serverUnreachable");
}

#[test]
fn a_password_that_was_refused_is_told_and_not_sent_again() {
    let mut office = hybrid(&[]);
    office.connect();
    let (user, password) = pat(&office);
    connect_with(&office, &password).done();
    office.control("account", &json!({"user": user, "standing": "passwordExpired"}));
    let ews = report(&office, 4);
    let ews = check(&ews, "ews", "fail");
    assert_eq!(ews["code"], "passwordRefused");
    says(ews, &["User: enter user name and password", "expired password"]);
    let sent = passwords_sent(&office);
    assert_ne!(sent, 0);
    for _ in 0..3 {
        let again = report(&office, 4);
        says(check(&again, "ews", "fail"), &["refused the password", "not sent again"]);
    }
    assert_eq!(passwords_sent(&office), sent);
    office.control("account", &json!({"user": user, "standing": "active"}));
    connect_with(&office, &password).done();
    check(&report(&office, 0), "ews", "ok");
}

#[test]
fn the_sign_in_of_the_organization_counts_as_consent() {
    let mut office = hybrid(&[Quirk::HybridModernAuth]);
    office.connect();
    let found = report(&office, 4);
    let ews = check(&found, "ews", "fail");
    assert_eq!(ews["code"], "signInRequired", "{ews}");
    says(ews, &["It offers oauth, negotiate, ntlm;", "convokectl connect --exchange"]);
    office.through_browser(&["connect", "--exchange"]).done();
    let found = report(&office, 0);
    says(check(&found, "ews", "ok"), &["which took a token"]);
    says(check(&found, "consent", "ok"), &["https://localhost/EWS.AccessAsUser.All", "no effect"]);
}

#[test]
fn one_approval_covers_microsoft_365_and_the_server() {
    let mut office = hybrid(&[Quirk::HybridModernAuth]);
    office.control("consent", &json!({"policy": "off"}));
    let request = office.desk.run(&["admin-request"]).done();
    let (text, link) = (request["text"].as_str().unwrap(), request["link"].as_str().unwrap());
    assert!(text.contains("  - https://localhost/EWS.AccessAsUser.All: show meetings"), "{text}");
    let admin = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    // At its end the link leads to a page of this computer that nobody serves.
    let _ = Browser::of(&admin.username, &admin.password).visit(link);
    office.connect();
    office.through_browser(&["connect", "--exchange"]).done();
    let found = report(&office, 0);
    says(check(&found, "consent", "ok"), &["https://localhost/EWS.AccessAsUser.All"]);
    says(check(&found, "ews", "ok"), &["which took a token"]);
}

#[test]
fn who_may_not_consent_to_the_server_is_told_who_must_act() {
    let mut office = hybrid(&[Quirk::HybridModernAuth]);
    office.connect();
    office.control("consent", &json!({"policy": "off"}));
    let refused = office.through_browser(&["connect", "--exchange"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("adminApprovalRequired")), "{refused:?}");
    let ews = report(&office, 4);
    assert_eq!(check(&ews, "ews", "fail")["code"], "signInRequired");
}

#[test]
fn without_a_common_sign_in_both_lists_and_both_administrators_are_named() {
    let mut office = hybrid(&[]);
    set_policy(&office, |policy| policy["enforced"]["integration"]["ews"]["auth"] = json!(["basic"]));
    office.connect();
    let found = report(&office, 4);
    let ews = check(&found, "ews", "fail");
    assert_eq!(ews["code"], "noCommonSignIn");
    says(ews, &["add one of ntlm to integration.ews.auth", "Administrator of the Exchange server"]);
    assert_eq!(passwords_sent(&office), 0);
}

#[test]
fn a_server_that_only_the_policy_names_fails_nobody_whose_mailbox_is_in_the_cloud() {
    let mut office = hybrid(&[]);
    let user = office.tenant().ready.users[0].clone();
    office.browser = Browser::of(&user.username, &user.password);
    office.connect();
    says(check(&report(&office, 0), "ews", "ok"), &["The policy names", "It offers negotiate, ntlm;"]);
    set_policy(&office, |policy| policy["enforced"]["integration"]["ews"]["auth"] = json!(["basic"]));
    says(check(&report(&office, 0), "ews", "warn"), &["no sign-in that the policy allows"]);
    set_policy(&office, |policy| {
        policy["enforced"]["integration"]["ews"]["url"] =
            json!("https://outlook.office365.com/EWS/Exchange.asmx");
    });
    says(
        check(&report(&office, 0), "ews", "warn"),
        &[
            "off by default from 2026-10-01",
            "ends for everybody on 2027-04-01",
            "take integration.ews.url out",
        ],
    );
}

#[test]
fn a_server_that_nobody_named_is_searched_and_the_places_are_named() {
    let mut office = hybrid(&[]);
    office.through_browser(&["sign-in"]).done();
    set_policy(&office, |policy| {
        policy["enforced"]["integration"] = json!({"authorizeWith": "ews", "ews": {"auth": ["ntlm"]}});
    });
    let found = report(&office, 4);
    check(&found, "consent", "skipped");
    check(&found, "graph", "skipped");
    let ews = check(&found, "ews", "fail");
    assert_eq!(ews["code"], "hostNotTrusted", "{ews}");
    says(ews, &["127.0.0.1", "--trust-host 127.0.0.1"]);
}

#[test]
fn a_foreign_host_is_a_question_first() {
    let mut office = hybrid(&[Quirk::AutodiscoverForeign]);
    office.through_browser(&["sign-in"]).done();
    set_policy(&office, |policy| {
        policy["enforced"]["integration"] = json!({"authorizeWith": "ews", "ews": {"auth": ["ntlm"]}});
    });
    let ews = report(&office, 4);
    let ews = check(&ews, "ews", "fail");
    assert_eq!(ews["code"], "hostNotTrusted");
    says(ews, &["autodiscover.attacker.example", "if you know"]);
}

#[test]
fn a_server_that_sends_on_is_told_apart_and_gets_no_sign_in() {
    let mut office = hybrid(&[]);
    office.connect();
    let portal =
        json!([{"match": "EWS", "kind": "redirect", "url": "https://portal.evil.example/in?token=1"}]);
    office.control("faults", &portal);
    let found = report(&office, 1);
    let ews = check(&found, "ews", "fail");
    assert_eq!(ews["code"], "unexpectedAnswer");
    says(
        ews,
        &["the policy names", "sends on to https://portal.evil.example/in (HTTP 307)", "integration.ews.url"],
    );
    assert!(!ews["detail"].as_str().unwrap().contains("token"), "{ews}");
    assert_eq!(passwords_sent(&office), 0);
}

#[test]
fn a_server_whose_certificate_nobody_trusts_is_told() {
    let mut office =
        Office::of(Options { tls: true, events: 4, contacts: 4, directory: 4, ..Options::default() });
    office.desk = Desk::new(&office.tenant().ready.policy_ews);
    set_policy(&office, |policy| policy["enforced"]["integration"]["authorizeWith"] = json!("ews"));
    let answer = office.desk.run(&["doctor"]);
    let ews = check(&answer.json, "ews", "fail");
    assert_eq!((answer.status, &ews["code"]), (5, &json!("tlsUntrusted")), "{answer:?}");
    says(ews, &["Help desk", "Administrator of the Exchange server"]);
    let mut trusting = office.desk.command(&["--json", "doctor"]);
    trusting.env("SSL_CERT_FILE", office.tenant().ready.ca.as_ref().unwrap());
    let answer = Answer::of(trusting);
    says(check(&answer.json, "ews", "ok"), &["It offers negotiate, ntlm;"]);
    office.cut_network();
    let answer = office.desk.run(&["doctor"]);
    assert_eq!(check(&answer.json, "ews", "fail")["code"], "serverUnreachable");
}
