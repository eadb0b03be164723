//! The heaviest mailbox of the research over EWS, and a server that wants to be left alone.

use crate::ews_desk::*;
use convoke_desk::Office;
use convoke_tenant::Options;
use serde_json::json;

#[test]
fn twelve_thousand_events_and_five_thousand_contacts_are_told_whole() {
    let office = hybrid(
        LUCIA,
        Options { seed: 2, events: 12_000, contacts: 5_000, directory: 100, ..Options::default() },
    );
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, "12,000 events and 5,000 contacts");
    // The server cuts a view at 1,000 entries.
    assert!(noted(&log(&office, 0), "FindItem") > 12, "the window was divided");
}

/// Makes the server busy, and gives the number of its last request before.
fn busy(office: &Office, form: &str, back_off: Option<u32>, times: u32) -> u64 {
    let rule = json!({"match": "Exchange.asmx", "kind": "ewsBusy", "form": form, "backOffMs": back_off, "times": times});
    let before = mark(office);
    office.control("faults", &rule);
    before
}

fn synced() -> Office {
    let office = hybrid(PAT, small(&[]));
    connected(&office);
    office.desk.run(&["sync"]).done();
    office
}

#[test]
fn a_busy_server_is_left_alone_for_as_long_as_it_says_by_every_process() {
    let office = synced();
    for form in ["fault", "message"] {
        let before = busy(&office, form, Some(1_500), 2);
        let mut tries = 0;
        // The program itself passes the time: each try is a process of its own.
        let last = loop {
            let answer = office.desk.run(&["sync"]);
            if answer.status == 0 || tries > 500 {
                break answer;
            }
            refused(&answer, "throttled", 5);
            tries += 1;
        };
        last.done();
        let log = log(&office, before);
        assert!(tries > 2 && log.iter().all(|record| !record.during_back_off), "{form} {tries} {log:?}");
        is_true(&office, form);
    }
}

#[test]
fn a_server_that_says_no_time_is_left_alone_for_a_minute_by_every_process() {
    for (form, back_off) in
        [("faultWithoutValue", None), ("message", None), ("iis", None), ("fault", Some(u32::MAX))]
    {
        let office = synced();
        let before = busy(&office, form, back_off, 1);
        refused(&office.desk.run(&["sync"]), "throttled", 5);
        let heard = mark(&office);
        let seen = log(&office, before);
        assert_eq!(seen.iter().filter(|record| record.fault == Some("ewsBusy")).count(), 1, "{seen:?}");
        // Not by a later sync, nor by somebody who connects anew.
        refused(&office.desk.run(&["sync", "--full"]), "throttled", 5);
        refused(&with_password(&office, &password(&office), &[]), "throttled", 5);
        // Not by who looks what is wrong either, nor by who disconnects in between.
        office.desk.run(&["doctor"]);
        is_true(&office, form);
        office.desk.run(&["disconnect"]).done();
        refused(&with_password(&office, &password(&office), &[]), "throttled", 5);
        assert!(log(&office, heard).is_empty(), "{form} {:?}", log(&office, heard));
    }
}
