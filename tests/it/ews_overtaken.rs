//! Who connects otherwise, leaves or signs out while the Exchange server is asked: what is under way then changes nothing
//! any more, and keeps nothing.

use crate::ews_desk::*;
use convoke_desk::{Answer, Office};
use convoke_tenant::ews::quirks::Quirk;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Child, Stdio};

/// The office of Pat with Basic, where Microsoft 365 is consented to as well.
fn office() -> Office {
    let mut office = hybrid(PAT, small(&[Quirk::Basic, Quirk::HybridModernAuth]));
    set_policy(&office, |enforced| {
        enforced["integration"]["authorizeWith"] = json!("auto");
        enforced["integration"]["ews"]["auth"] = json!(["basic"]);
    });
    office.through_browser(&["connect"]).done();
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "before");
    office
}

/// Starts a command, and comes back when its request number `skip` at the server waits there.
fn held(office: &Office, arguments: &[&str], line: &str, skip: u32) -> Child {
    let late = json!({"match": "Exchange.asmx", "kind": "delay", "delayMs": 6000, "skip": skip, "times": 1});
    office.control("faults", &late);
    let mut command = office.desk.command(&[&["--json"], arguments].concat());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = writeln!(child.stdin.take().unwrap(), "{line}");
    while !office.tenant().shared.faults.rules().is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it asked so often");
        std::thread::yield_now();
    }
    child
}

fn ended(child: Child) -> Answer {
    Answer::from(child.wait_with_output().unwrap())
}

/// Requires that no server is in use and nobody asked for anything: only the policy's address is known.
#[track_caller]
fn is_asked_for_nothing(office: &Office) {
    let known = exchange(office);
    assert_eq!(
        (&known["inUse"], &known["asks"], &known["user"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
}

#[test]
fn a_round_that_began_before_the_mailbox_moved_stores_and_tells_nothing() {
    let office = office();
    let round = held(&office, &["sync", "--full"], "", 3);
    move_to(&office, "cloud");
    office.desk.run(&["sync"]).done();
    is_true(&office, "in the cloud");
    ended(round).done();
    is_true(&office, "after the round that was overtaken");
    is_asked_for_nothing(&office);
    assert_eq!(state(&office, "calendar"), "connected");
}

#[test]
fn a_round_that_began_with_another_sign_in_ends_with_the_new_one() {
    let office = office();
    let round = held(&office, &["sync", "--full"], "", 3);
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!(["ntlm", "basic"]));
    connected(&office);
    ended(round).done();
    let known = exchange(&office);
    assert_eq!((&known["inUse"], &known["asks"]), (&json!(true), &Value::Null));
    office.desk.run(&["sync"]).done();
    is_true(&office, "with the new sign-in");
}

#[test]
fn who_disconnects_beside_a_round_is_asked_for_nothing() {
    let office = office();
    let round = held(&office, &["sync", "--full"], "", 3);
    office.desk.run(&["disconnect"]).done();
    refused(&ended(round), "notConnected", 4);
    is_asked_for_nothing(&office);
    assert_eq!(state(&office, "calendar"), "notConnected");
    assert!(!keychain(&office).contains("exchange-password"));
}

#[test]
fn who_leaves_while_the_server_is_asked_is_not_connected_again() {
    for (leaves, code, status) in
        [(["disconnect"].as_slice(), "notConnected", 4), (&["sign-out", "--purge"], "signInRequired", 4)]
    {
        let office = hybrid(PAT, small(&[Quirk::Basic]));
        set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!(["basic"]));
        let connect = ["connect", "--exchange", "--password-stdin"];
        // The challenge is the first request, the probe the second one.
        let connecting = held(&office, &connect, &password(&office), 1);
        office.desk.run(leaves).done();
        refused(&ended(connecting), code, status);
        assert!(!keychain(&office).contains("exchange-password"), "{leaves:?}");
        if leaves[0] == "disconnect" {
            is_asked_for_nothing(&office);
            refused(&office.desk.run(&["sync"]), "notConnected", 4);
        }
    }
}

#[test]
fn a_pause_outlives_who_signs_out_and_everything_of_theirs() {
    let mut office = office();
    let busy =
        json!({"match": "Exchange.asmx", "kind": "status", "status": 503, "retryAfter": 600, "times": 1});
    office.control("faults", &busy);
    refused(&office.desk.run(&["sync", "--full"]), "throttled", 5);
    office.desk.run(&["sign-out", "--purge"]).done();
    office.through_browser(&["sign-in"]).done();
    let before = mark(&office);
    refused(&with_password(&office, &password(&office), &[]), "throttled", 5);
    assert!(log(&office, before).is_empty(), "{:?}", log(&office, before));
}
