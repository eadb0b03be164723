//! The contacts equal the tenant's truth, in all folders, after the first sync and after changes.

use convoke_desk::{Office, same_rows};
use convoke_tenant::Options;
use serde_json::{Value, json};

fn by_id(list: &Value) -> Value {
    let mut rows = list.as_array().cloned().unwrap_or_default();
    rows.sort_by_key(|row| row["id"].as_str().unwrap_or_default().to_owned());
    Value::Array(rows)
}

#[test]
fn contacts_are_true() {
    let mut office = Office::of(Options { seed: 7, events: 20, contacts: 400, ..Options::default() });
    office.connect();
    office.desk.run(&["sync"]).done();
    for round in 0..10 {
        let seen = office.desk.run(&["contacts", "--limit", "100000"]).done();
        let truth = by_id(&office.truth("truth/contacts"));
        assert_eq!(seen["total"], truth.as_array().map_or(0, Vec::len));
        same_rows(&truth, &by_id(&seen["contacts"]), &format!("round {round}"));
        office.control("mutate", &json!({"n": 4, "seed": 100 + round}));
        office.desk.run(&["sync"]).done();
    }
}

#[test]
fn every_contact_is_found_by_its_name() {
    let mut office = Office::of(Options { seed: 8, events: 20, contacts: 120, ..Options::default() });
    office.connect();
    office.desk.run(&["sync"]).done();
    let truth = office.truth("truth/contacts");
    for contact in truth.as_array().expect("a list") {
        let name = contact["name"].as_str().expect("a name");
        let found = office.desk.run(&["contacts", name]).done();
        let ids: Vec<&Value> =
            found["contacts"].as_array().expect("a list").iter().map(|c| &c["id"]).collect();
        assert!(ids.contains(&&contact["id"]), "{name} is not among {} found", ids.len());
    }
}
