//! Each way to sign in at the company's Exchange server, from the first password or token to the agenda, and that
//! nothing secret stays where it must not.

use crate::ews_desk::*;
use convoke_desk::Answer;
use convoke_tenant::ews::quirks::Quirk;
use serde_json::json;

#[test]
fn ntlm_and_basic_work_with_a_password_that_the_keychain_keeps() {
    let ways =
        [("ntlm", "NTLM", json!(["oauth", "ntlm", "basic"])), ("basic", "Basic", json!(["basic", "ntlm"]))];
    std::thread::scope(|scope| {
        for (method, scheme, order) in &ways {
            scope.spawn(|| a_password_works(method, scheme, order));
        }
    });
}

fn a_password_works(method: &str, scheme: &str, order: &serde_json::Value) {
    let mut office = hybrid(PAT, small(&[Quirk::Basic]));
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = order.clone());
    refused(&office.desk.run(&["connect", "--exchange"]), "passwordRequired", 4);
    assert_eq!(exchange(&office)["asks"], "password");
    assert!(!keeps_password(&office));
    let password = password(&office);
    let answer = with_password(&office, &password, &["--user", "CONTOSO\\pat.obrien"]).done();
    for service in ["calendar", "contacts", "directory"] {
        assert_eq!(answer["services"][service]["state"], "connected", "{answer}");
    }
    let known = exchange(&office);
    assert_eq!(
        (&known["inUse"], &known["method"], &known["asks"]),
        (&json!(true), &json!(method), &json!(null))
    );
    assert_eq!((&known["user"], &known["found"]), (&json!("CONTOSO\\pat.obrien"), &json!("policy")));
    assert!(keeps_password(&office));
    // Another process, later: nobody is asked.
    office.desk.run(&["sync"]).done();
    is_true(&office, method);
    let log = log(&office, 0);
    let with_credentials: Vec<&str> = schemes(&log).into_iter().filter(|one| *one != "Bearer").collect();
    assert_eq!(with_credentials, [scheme], "{log:?}");
    office.desk.run(&["sign-out"]).done();
    assert!(!keeps_password(&office), "{method}: after signing out");
    office.through_browser(&["sign-in"]).done();
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
    connected(&office);
    assert!(keeps_password(&office));
    office.desk.run(&["sync"]).done();
    office.desk.run(&["disconnect"]).done();
    assert!(!keeps_password(&office), "{method}: after disconnecting");
    assert_eq!(exchange(&office)["inUse"], false);
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
}

#[test]
fn hybrid_modern_authentication_needs_no_password_and_where_microsoft_365_is_connected_no_browser() {
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth, Quirk::Basic]));
    office.through_browser(&["connect", "--exchange"]).done();
    office.desk.run(&["sync"]).done();
    is_true(&office, "through the browser");
    assert_eq!(exchange(&office)["method"], "oauth");
    assert!(!keeps_password(&office));
    office.desk.run(&["disconnect"]).done();

    // Microsoft 365 first: its refresh token is good for the server too.
    office.through_browser(&["connect"]).done();
    silently(&office, &[]);
    office.desk.run(&["sync"]).done();
    is_true(&office, "silently");
    let log = log(&office, 0);
    assert_eq!(schemes(&log), ["Bearer"]);
}

#[test]
fn a_policy_that_forbids_what_is_offered_says_so_and_nothing_secret_is_sent() {
    let office = hybrid(PAT, small(&[Quirk::Basic]));
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!(["oauth"]));
    let password = password(&office);
    let answer = with_password(&office, &password, &[]);
    refused(&answer, "noCommonSignIn", 4);
    nothing_secret_was_sent(&office, &answer);
}

fn nothing_secret_was_sent(office: &convoke_desk::Office, answer: &Answer) {
    // The empty bearer token that asks for the challenge is all.
    let log = log(office, 0);
    assert!(!log.is_empty() && schemes(&log) == ["Bearer"], "{log:?} {answer:?}");
    assert!(log.iter().all(|record| record.status == Some(401)), "{log:?}");
    assert!(!keeps_password(office));
}
