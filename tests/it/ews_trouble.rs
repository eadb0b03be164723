//! An Exchange server that stumbles, or can't be asked: what people have stays, and what is in the way is told.

use crate::ews_desk::*;
use convoke_desk::Answer;
use convoke_tenant::ews::quirks::Quirk;
use serde_json::{Value, json};
use std::process::Stdio;

#[test]
fn a_server_that_stumbles_over_details_takes_none_away() {
    let office = hybrid(PAT, small(&[]));
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "before");
    let stumbles =
        json!({"match": "GetItem", "kind": "ewsError", "code": "ErrorInternalServerError", "times": 1});
    office.control("faults", &stumbles);
    let before = mark(&office);
    office.desk.run(&["sync", "--full", "--service", "calendar"]).done();
    assert!(log(&office, before).iter().any(|record| record.fault == Some("ewsError")));
    is_true(&office, "links, attendees and texts are kept");
    assert_eq!(office.desk.run(&["changes"]).done()["changes"], json!([]));
}

#[test]
fn a_server_that_is_busy_at_the_first_question_is_left_alone() {
    let office = hybrid(PAT, small(&[]));
    let busy =
        json!({"match": "Exchange.asmx", "kind": "status", "status": 503, "retryAfter": 300, "times": 1});
    office.control("faults", &busy);
    refused(&with_password(&office, &password(&office), &[]), "throttled", 5);
    let before = mark(&office);
    refused(&with_password(&office, &password(&office), &[]), "throttled", 5);
    office.desk.run(&["doctor"]);
    assert!(log(&office, before).is_empty(), "{:?}", log(&office, before));
}

#[test]
fn a_directory_that_stumbles_holds_up_no_meeting() {
    let office = hybrid(PAT, small(&[Quirk::LegacyAddresses]));
    connected(&office);
    for code in ["ErrorInternalServerError", "ErrorADUnavailable", "ErrorNonExistentMailbox"] {
        let stumbles = json!({"match": "ResolveNames", "kind": "ewsError", "code": code});
        office.control("faults", &json!([stumbles]));
        office.desk.run(&["sync", "--full"]).done();
        let seen = office.desk.run(&["agenda", "--from", "2026-01-01", "--to", "2028-01-01"]).done();
        assert!(seen["meetings"].as_array().is_some_and(|meetings| meetings.len() > 3), "{code}: {seen}");
    }
    office.control("faults", &json!([]));
    office.desk.run(&["sync"]).done();
    is_true(&office, "the addresses that were missing are asked for again");
}

#[test]
fn a_sign_in_that_the_server_gave_up_is_replaced_by_one_that_it_offers() {
    let office = hybrid(PAT, small(&[Quirk::Basic]));
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!(["basic", "ntlm"]));
    connected(&office);
    set(&office, Quirk::Basic, false);
    office.desk.run(&["sync"]).done();
    assert_eq!(exchange(&office)["method"], "ntlm");
    is_true(&office, "with the other one");
}

#[test]
fn a_token_that_the_server_refuses_is_told_and_no_other_sign_in_asked_for() {
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!(["oauth"]));
    office.through_browser(&["connect", "--exchange"]).done();
    office.control("faults", &json!({"match": "Exchange.asmx", "kind": "status", "status": 401}));
    refused(&office.desk.run(&["sync"]), "tokenRefused", 4);
    assert_eq!(exchange(&office)["asks"], Value::Null);
    assert_eq!(office.desk.run(&["status"]).done()["services"]["calendar"]["code"], "tokenRefused");
}

#[test]
fn a_kept_password_is_not_shown_under_another_name() {
    let office = hybrid(PAT, small(&[Quirk::Basic]));
    connected(&office);
    let before = mark(&office);
    refused(&office.desk.run(&["connect", "--exchange", "--user", "CONTOSO\\nobody"]), "passwordRequired", 4);
    assert_eq!(noted(&log(&office, before), "unknown account"), 0);
    office.desk.run(&["sync"]).done();
    refused(&with_password(&office, "", &[]), "passwordRequired", 4);
}

#[test]
fn where_the_policy_proposes_microsoft_365_a_person_goes_to_the_server_by_hand() {
    let office = hybrid(PAT, small(&[]));
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    policy["enforced"]["integration"].as_object_mut().unwrap().remove("authorizeWith");
    policy["defaults"]["integration"]["authorizeWith"] = json!("oauth");
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "by hand");
    assert_eq!(exchange(&office)["found"], "person");
    let other = ["connect", "--ews-url", "https://other.contoso.example/EWS/Exchange.asmx"];
    refused(&office.desk.run(&other), "offByPolicy", 4);
}

#[test]
fn what_is_in_the_way_to_the_server_is_told_and_not_that_there_is_no_mailbox() {
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    office.through_browser(&["connect"]).done();
    for (url, what) in [
        ("http://localhost:9/EWS/Exchange.asmx", "nobody listens"),
        ("https://mail.contoso.invalid/EWS/Exchange.asmx", "a name that this network does not know"),
    ] {
        set_policy(&office, |enforced| enforced["integration"]["ews"]["url"] = json!(url));
        refused(&office.desk.run(&["sync"]), "serverUnreachable", 5);
        let told = office.desk.run(&["status"]).done();
        let calendar = &told["services"]["calendar"];
        assert_eq!(calendar["code"], "serverUnreachable", "{what}: {told}");
        assert_eq!(calendar["state"], "connected", "{what}: connecting again would mend nothing");
        let known = exchange(&office);
        assert_eq!((&known["url"], &known["notInCloud"]), (&json!(url), &json!(true)), "{what}");
        assert_eq!((&known["inUse"], &known["asks"]), (&json!(false), &Value::Null), "{what}");
    }
    move_to(&office, "cloud");
    office.desk.run(&["sync"]).done();
    assert_eq!(exchange(&office)["notInCloud"], false, "it is there after all");
    is_true(&office, "in the cloud");
}

#[test]
fn a_mailbox_that_left_the_cloud_and_came_back_unseen_changes_nothing_for_people() {
    let mut office = hybrid(PAT, small(&[]));
    move_to(&office, "cloud");
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    move_to(&office, "onPremises");
    move_to(&office, "cloud");
    office.desk.run(&["sync"]).done();
    is_true(&office, "back in the cloud, with new ids");
    assert_eq!(office.desk.run(&["changes"]).done()["changes"], json!([]));
}

#[test]
fn a_search_that_ends_late_undoes_nothing_that_a_person_connected_meanwhile() {
    let mut office = nameless(small(&[]));
    office.through_browser(&["connect"]).done();
    office.control("faults", &json!({"match": "utodiscover", "kind": "delay", "delayMs": 5000}));
    let before = mark(&office);
    let mut search = office.desk.command(&["--json", "sync"]).stdout(Stdio::piped()).spawn().unwrap();
    let is_elsewhere =
        || office.tenant().shared.log.since(before).iter().any(|record| record.status == Some(404));
    while !is_elsewhere() {
        assert!(search.try_wait().unwrap().is_none(), "it ended before it searched");
        std::thread::yield_now();
    }
    let url = office.tenant().ready.ews.clone();
    assert_eq!(with_password(&office, &password(&office), &["--ews-url", &url]).done()["event"], "connected");

    let searched = Answer::from(search.wait_with_output().unwrap());
    let known = exchange(&office);
    assert_eq!((&known["inUse"], &known["found"]), (&json!(true), &json!("person")), "{searched:?}");
    assert_eq!((&known["asks"], &known["url"]), (&Value::Null, &json!(url)));
    assert_eq!(state(&office, "calendar"), "connected");
    office.desk.run(&["sync"]).done();
    is_true(&office, "the server that the person named");
}
