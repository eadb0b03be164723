//! Which way the mailbox is reached: found out where nobody names it, asked for where a person must decide, and
//! followed when the mailbox or the policy moves.

use crate::ews_desk::*;
use convoke_desk::Office;
use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;
use serde_json::{Value, json};

/// The company's own Autodiscover, which is no host of the mail domain here.
const COMPANY: &str = "127.0.0.1";

/// Microsoft 365 connects; the first synchronization finds out that the mailbox is elsewhere.
fn led_away(quirks: &[Quirk]) -> Office {
    let mut office = nameless(small(quirks));
    consented(&office);
    office.through_browser(&["connect"]).done();
    office
}

#[test]
fn a_hybrid_mailbox_is_found_and_asks_for_trust_and_password() {
    let office = led_away(&[Quirk::Basic]);
    refused(&office.desk.run(&["sync"]), "hostNotTrusted", 4);
    let known = exchange(&office);
    assert_eq!(
        (&known["asks"], &known["host"], &known["inUse"]),
        (&json!("trust"), &json!(COMPANY), &json!(false))
    );
    let before = mark(&office);
    refused(&office.desk.run(&["sync"]), "hostNotTrusted", 4);
    assert!(log(&office, before).is_empty(), "who was asked already is not searched for again");

    refused(&office.desk.run(&["connect", "--exchange", "--trust-host", COMPANY]), "passwordRequired", 4);
    let known = exchange(&office);
    assert_eq!((&known["asks"], &known["found"]), (&json!("password"), &json!("autodiscover")));
    assert_eq!(known["url"], office.tenant().ready.ews.as_str());
    refused(&office.desk.run(&["sync"]), "passwordRequired", 4);
    let sent = log(&office, 0);
    assert_eq!(schemes(&sent), ["Bearer"], "no secret was sent: {sent:?}");

    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "found by Autodiscover");
    let known = exchange(&office);
    assert_eq!((&known["inUse"], &known["notInCloud"]), (&json!(true), &json!(true)));
}

#[test]
fn trust_is_asked_once_also_where_the_policy_lets_nobody_in() {
    let office = led_away(&[Quirk::Basic]);
    let allow =
        |way: &str| set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!([way]));
    allow("oauth");
    refused(&with_password(&office, &password(&office), &["--trust-host", COMPANY]), "noCommonSignIn", 4);
    allow("ntlm");
    assert_eq!(with_password(&office, &password(&office), &[]).done()["event"], "connected");
}

#[test]
fn an_account_without_any_mailbox_stays_without_a_server() {
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    consented(&office);
    move_to(&office, "none");
    office.through_browser(&["connect"]).done();
    for _ in 0..3 {
        let before = mark(&office);
        refused(&office.desk.run(&["sync"]), "mailboxUnavailable", 1);
        let known = exchange(&office);
        assert_eq!((&known["inUse"], &known["asks"]), (&json!(false), &Value::Null), "{known}");
        let asked = log(&office, before);
        assert!(asked.len() <= 3, "the server is asked for the mailbox, and no more: {asked:?}");
    }
}

#[test]
fn with_hybrid_modern_authentication_nobody_is_asked_for_anything_but_trust() {
    let office = led_away(&[Quirk::HybridModernAuth]);
    refused(&office.desk.run(&["sync"]), "hostNotTrusted", 4);
    silently(&office, &["--trust-host", COMPANY]);
    office.desk.run(&["sync"]).done();
    is_true(&office, "found by Autodiscover, with a token");
    // Where the policy names the server, not even that.
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    consented(&office);
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    is_true(&office, "named by the policy, with a token");
    assert_eq!(exchange(&office)["method"], "oauth");
}

#[test]
fn a_foreign_host_is_a_question_and_gets_nothing_before_the_answer() {
    let office = led_away(&[Quirk::AutodiscoverForeign, Quirk::Basic]);
    let host = "autodiscover.attacker.example";
    refused(&office.desk.run(&["sync"]), "hostNotTrusted", 4);
    assert_eq!(exchange(&office)["host"], host);
    let password = password(&office);
    let answer = with_password(&office, &password, &[]);
    refused(&answer, "hostNotTrusted", 4);
    assert_eq!(answer.json["detail"], host, "{answer:?}");
    let sent = log(&office, 0);
    assert!(sent.iter().all(|record| !record.authorization), "{sent:?}");
    assert!(!keeps_password(&office));
    // Somebody who trusts it all the same goes on, to a host that isn't there; then the true way opens again.
    let answer = with_password(&office, &password, &["--trust-host", host]);
    assert!(answer.status != 0 && answer.json["code"] != "hostNotTrusted", "{answer:?}");
    set(&office, Quirk::AutodiscoverForeign, false);
    assert_eq!(with_password(&office, &password, &["--trust-host", COMPANY]).done()["event"], "connected");
    office.desk.run(&["sync"]).done();
    is_true(&office, "the true way");
}

#[test]
fn a_person_names_the_server_where_the_policy_does_not() {
    let office = nameless(small(&[Quirk::Basic]));
    let (password, url) = (password(&office), office.tenant().ready.ews.clone());
    for bad in ["http://mail.contoso.example/EWS/Exchange.asmx", "mail.contoso.example", ""] {
        refused(&with_password(&office, &password, &["--ews-url", bad]), "exchangeNotFound", 4);
    }
    let before = mark(&office);
    with_password(&office, &password, &["--ews-url", &url]).done();
    let known = exchange(&office);
    assert_eq!((&known["found"], &known["url"]), (&json!("person"), &json!(url)));
    assert_eq!(known["notInCloud"], false, "nobody asked Microsoft 365");
    office.desk.run(&["sync"]).done();
    is_true(&office, "named by the person");
    let log = log(&office, before);
    assert!(
        log.iter().all(|record| !record.path.contains("utodiscover")),
        "nothing was searched for: {log:?}"
    );
    // The policy's word goes before the person's.
    set_policy(&office, |enforced| {
        enforced["integration"]["ews"]["url"] = json!("http://localhost:9/EWS/Exchange.asmx");
    });
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
    refused(&with_password(&office, &password, &["--ews-url", &url]), "offByPolicy", 4);
    refused(&with_password(&office, &password, &[]), "serverUnreachable", 5);
}

/// The company's service of version 2 is missing: what is left is the older one, in XML, after a sign-in.
fn without_version_2(quirks: &[Quirk]) -> Office {
    let office = nameless(small(quirks));
    office.control("faults", &json!({"match": "autodiscover.json", "kind": "status", "status": 404}));
    office
}

#[test]
fn the_older_autodiscover_gets_the_password_once_and_only_at_the_organizations_own_place() {
    let office = without_version_2(&[Quirk::Basic, Quirk::AccountLockout]);
    let password = password(&office);
    refused(&office.desk.run(&["connect", "--exchange"]), "passwordRequired", 4);
    assert!(log(&office, 0).iter().all(|record| !record.authorization), "nothing secret before it is given");
    refused(&with_password(&office, "not-the-password", &[]), "passwordRefused", 4);
    assert_eq!(noted(&log(&office, 0), "wrong password"), 1);
    with_password(&office, &password, &[]).done();
    assert_eq!(exchange(&office)["found"], "autodiscover");
    office.desk.run(&["sync"]).done();
    is_true(&office, "found by the older Autodiscover");
}

#[test]
fn the_older_autodiscover_leads_to_another_host_without_the_password() {
    let office = without_version_2(&[Quirk::Basic, Quirk::AutodiscoverRedirectUrl]);
    let password = password(&office);
    refused(&with_password(&office, &password, &[]), "hostNotTrusted", 4);
    assert_eq!(exchange(&office)["host"], COMPANY);
    let before = mark(&office);
    // Who trusts the host lets it be asked; it wants a sign-in, and credentials never go along.
    let answer = with_password(&office, &password, &["--trust-host", COMPANY]);
    refused(&answer, "exchangeNotFound", 4);
    let log = log(&office, before);
    let company: Vec<_> = log
        .iter()
        .filter(|record| record.host.as_ref().is_some_and(|host| host.starts_with(COMPANY)))
        .collect();
    assert!(!company.is_empty() && company.iter().all(|record| !record.authorization), "{log:?}");
    // The way on is to name the server.
    let url = office.tenant().ready.ews.clone();
    with_password(&office, &password, &["--ews-url", &url]).done();
}

#[test]
fn autodiscover_in_circles_ends_and_gets_nothing_secret() {
    for (office, way) in [
        (nameless(small(&[Quirk::Basic, Quirk::AutodiscoverLoop])), "version 2"),
        (without_version_2(&[Quirk::Basic, Quirk::AutodiscoverLoop]), "the older one"),
    ] {
        let answer = with_password(&office, &password(&office), &["--trust-host", COMPANY]);
        refused(&answer, "exchangeNotFound", 4);
        let log = log(&office, 0);
        assert!(log.len() < 40, "{way}: {}", log.len());
    }
}

#[test]
fn a_mailbox_that_moves_there_and_back_is_followed_without_duplicates() {
    let mut office =
        hybrid(LUCIA, Options { seed: 5, events: 200, contacts: 50, ..small(&[Quirk::HybridModernAuth]) });
    consented(&office);
    office.through_browser(&["connect"]).done();
    for round in 0..2 {
        for (place, uses_exchange) in [("onPremises", true), ("cloud", false)] {
            let moment = format!("round {round}, {place}");
            move_to(&office, place);
            office.desk.run(&["sync"]).done();
            is_true(&office, &moment);
            let known = exchange(&office);
            assert_eq!(
                (&known["inUse"], &known["notInCloud"]),
                (&json!(uses_exchange), &json!(uses_exchange))
            );
            office.control("mutate", &json!({"n": 4, "seed": 70 + round, "user": office.person.username}));
            office.desk.run(&["sync"]).done();
            is_true(&office, &format!("{moment}, after changes"));
        }
    }
}

#[test]
fn a_mailbox_that_went_and_came_back_unseen_changes_nothing_for_people() {
    let office = hybrid(PAT, Options { events: 60, ..small(&[]) });
    connected(&office);
    office.desk.run(&["sync"]).done();
    let before = mark(&office);
    move_to(&office, "cloud");
    move_to(&office, "onPremises");
    office.desk.run(&["sync"]).done();
    assert!(!log(&office, before).is_empty());
    is_true(&office, "back on the server, with new ids");
    assert_eq!(office.desk.run(&["changes"]).done()["changes"], json!([]));
    // And from there on changes are told again.
    office.control("mutate", &json!({"n": 12, "seed": 70, "user": office.person.username}));
    office.desk.run(&["sync"]).done();
    is_true(&office, "back on the server, after changes");
    assert_ne!(office.desk.run(&["changes"]).done()["changes"], json!([]));
}

#[test]
fn where_the_policy_wants_microsoft_365_alone_nothing_is_searched_for() {
    let mut office = hybrid(PAT, small(&[Quirk::Basic]));
    set_policy(&office, |enforced| enforced["integration"]["authorizeWith"] = json!("oauth"));
    office.through_browser(&["connect"]).done();
    refused(&office.desk.run(&["sync"]), "mailboxUnavailable", 1);
    assert!(log(&office, 0).is_empty(), "{:?}", log(&office, 0));
}

#[test]
fn the_policy_decides_over_the_route() {
    let mut office = hybrid(PAT, small(&[Quirk::Basic]));
    connected(&office);
    office.desk.run(&["sync"]).done();

    // Microsoft 365 alone: the route is dropped with its password, and can't be taken again.
    set_policy(&office, |enforced| enforced["integration"]["authorizeWith"] = json!("oauth"));
    let password = password(&office);
    let before = mark(&office);
    refused(&with_password(&office, &password, &[]), "offByPolicy", 4);
    assert!(!keeps_password(&office));
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
    assert!(log(&office, before).is_empty());
    assert_eq!(exchange(&office)["inUse"], false);

    // EWS alone: `connect` needs no option, and no browser.
    set_policy(&office, |enforced| enforced["integration"]["authorizeWith"] = json!("ews"));
    refused(&office.desk.run(&["connect"]), "passwordRequired", 4);
    let answer = office.desk.run_with_line(&["connect", "--password-stdin"], &password);
    assert_eq!(answer.done()["event"], "connected");
    office.desk.run(&["sync"]).done();

    // Another server: the old one gets nothing more.
    set_policy(&office, |enforced| {
        enforced["integration"]["ews"]["url"] = json!("http://localhost:9/EWS/Exchange.asmx");
    });
    let before = mark(&office);
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
    assert!(log(&office, before).is_empty() && !keeps_password(&office));
    refused(&office.desk.run(&["connect"]), "serverUnreachable", 5);
    let own = office.tenant().ready.ews.clone();
    set_policy(&office, |enforced| enforced["integration"]["ews"]["url"] = json!(own));

    // What Graph would need permissions for, EWS gives whatever they say.
    set_policy(&office, |enforced| {
        enforced["integration"]["permissions"] =
            json!({"calendar": "none", "contacts": "none", "directory": "none"});
    });
    office.desk.run_with_line(&["connect", "--password-stdin"], &password).done();
    office.desk.run(&["sync"]).done();
    is_true(&office, "without permissions");
    for service in ["calendar", "contacts", "directory"] {
        assert_eq!(state(&office, service), "connected");
    }
    office.through_browser(&["sign-in"]).done();
    office.desk.run(&["sync"]).done();
    is_true(&office, "after signing in again");
}

#[test]
fn a_policy_that_turns_to_the_exchange_server_ends_what_microsoft_365_granted() {
    let mut office = hybrid(LUCIA, small(&[]));
    move_to(&office, "cloud");
    set_policy(&office, |enforced| enforced["integration"]["authorizeWith"] = json!("oauth"));
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    set_policy(&office, |enforced| enforced["integration"]["authorizeWith"] = json!("ews"));
    let before = mark(&office);
    assert_ne!(office.desk.run(&["sync"]).status, 0);
    let graph = office.tenant().shared.log.since(before);
    assert!(graph.iter().all(|record| !record.path.starts_with("/v1.0")), "{graph:?}");
    assert_eq!(state(&office, "calendar"), "notConnected");
    move_to(&office, "onPremises");
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "after the policy turned to the server");
}

#[test]
fn one_answer_that_there_is_no_mailbox_beside_good_ones_ends_nothing() {
    let office = hybrid(PAT, small(&[]));
    connected(&office);
    office.desk.run(&["sync"]).done();
    let stray =
        json!({"match": "Exchange.asmx", "kind": "ewsFault", "code": "ErrorNonExistentMailbox", "times": 1});
    office.control("faults", &stray);
    let answer = office.desk.run(&["sync"]);
    assert_eq!(answer.status, 8, "one service failed: {answer:?}");
    assert!(answer.stderr.lines().count() >= 2 && answer.stderr.contains("mailbox"), "{answer:?}");
    let kept = (exchange(&office)["inUse"] == true, keeps_password(&office));
    assert_eq!(kept, (true, true), "{answer:?}");
    office.desk.run(&["sync"]).done();
    is_true(&office, "after the stray answer");
    // Nor does a round that has nothing to do.
    office.desk.run(&["sync", "--service", "directory"]).done();
    assert_eq!((exchange(&office)["inUse"] == true, keeps_password(&office)), (true, true));
}

/// The policy names a server that people may change.
fn propose(office: &Office, url: &str) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    policy["enforced"]["integration"]["ews"].as_object_mut().unwrap().remove("url");
    policy["defaults"] = json!({"integration": {"ews": {"url": url}}});
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}

#[test]
fn a_server_that_the_policy_proposes_later_ends_the_question_whom_to_trust() {
    let office = led_away(&[Quirk::Basic]);
    refused(&office.desk.run(&["sync"]), "hostNotTrusted", 4);
    propose(&office, &office.tenant().ready.ews);
    refused(&office.desk.run(&["sync"]), "passwordRequired", 4);
    let known = exchange(&office);
    assert_eq!((&known["asks"], &known["found"]), (&json!("password"), &json!("policy")));
}

#[test]
fn what_the_person_named_goes_before_what_the_policy_proposes() {
    let office = nameless(small(&[]));
    let own = office.tenant().ready.ews.replace("localhost", COMPANY);
    with_password(&office, &password(&office), &["--ews-url", &own]).done();
    propose(&office, &office.tenant().ready.ews);
    connected(&office);
    let known = exchange(&office);
    assert_eq!((&known["url"], &known["found"]), (&json!(own), &json!("person")));
}
