//! `kill -9` at random points of a sync: the next one converges, nothing twice, nothing missing.

use convoke_desk::{Office, days, same_rows};
use convoke_tenant::Options;
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn f01_kill_at_fifty_points_of_a_sync() {
    let mut office = Office::of(Options { seed: 11, events: 400, contacts: 300, ..Options::default() });
    office.connect();
    let started = Instant::now();
    office.desk.run(&["sync"]).done();
    let whole = started.elapsed();
    for round in 0..50_u32 {
        office.control("mutate", &json!({"n": 5, "seed": 5_000 + round}));
        // Full rounds and rounds of changes in turns.
        let arguments: &[&str] = if round % 2 == 0 { &["sync", "--full"] } else { &["sync"] };
        let mut command = office.desk.command(arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        // Spread over the whole of a run, in an order that no phase of the run follows.
        let after = whole * ((round * 37) % 50) / 50;
        wait_until(Instant::now() + after);
        let _ = child.kill();
        let _ = child.wait();
        office.desk.run(&["sync"]).done();
        let (from, to) = days();
        let truth = office.truth(&format!("truth/agenda?from={from}&to={to}"));
        let seen = office.desk.run(&["agenda", "--from", &from, "--to", &to]).done();
        same_rows(&truth, &seen["meetings"], &format!("meetings after kill {round}"));
        assert_eq!(contacts_seen(&office), contacts_true(&office), "contacts after kill {round}");
    }
}

/// Names and addresses of every contact, sorted: nothing twice, nothing missing.
fn contacts_seen(office: &Office) -> Vec<String> {
    let seen = office.desk.run(&["contacts", "--limit", "100000"]).done();
    names_and_addresses(&seen["contacts"])
}

fn contacts_true(office: &Office) -> Vec<String> {
    names_and_addresses(&office.truth("truth/contacts"))
}

fn names_and_addresses(contacts: &Value) -> Vec<String> {
    let contacts = contacts.as_array().expect("a list").iter();
    let mut lines: Vec<String> = contacts.map(|one| format!("{} {}", one["name"], one["emails"])).collect();
    lines.sort();
    lines
}

/// Killing at a given time is the point of this test: it waits for the clock, not for a condition.
fn wait_until(end: Instant) {
    let (_sender, receiver) = std::sync::mpsc::channel::<()>();
    let left = end.saturating_duration_since(Instant::now());
    let _ = receiver.recv_timeout(left.max(Duration::from_millis(1)));
}
