//! Agenda and contacts over EWS equal the tenant's truth: after the first sync, after changes, and, once the mailbox
//! has moved to the cloud, what Graph tells of the same world.

use crate::ews_compare::{
    CONTACT_EXCEPTIONS, MEETING_EXCEPTIONS, Told, differs_in_each_exception, same_world,
};
use crate::ews_desk::{LUCIA, connected, hybrid, is_true, move_to, refused};
use crate::sources::root;
use convoke_tenant::Options;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn seed_is_true(seed: u64) {
    let mut office =
        hybrid(LUCIA, Options { seed, events: 300, contacts: 60, directory: 40, ..Options::default() });
    connected(&office);
    office.desk.run(&["sync"]).done();
    is_true(&office, &format!("seed {seed}, first sync"));
    for round in 0..6 {
        let what: Value = office.control("mutate", &json!({"n": 4, "seed": seed * 1_000 + round}));
        office.desk.run(&["sync"]).done();
        is_true(&office, &format!("seed {seed}, round {round}, after {what}"));
    }
    let over_ews = Told::by(&office).without_lists(&office);
    move_to(&office, "cloud");
    // The way back to Microsoft 365 is closed: nobody has connected it here.
    refused(&office.desk.run(&["sync"]), "notConnected", 4);
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    is_true(&office, &format!("seed {seed}, in the cloud"));
    let over_graph = Told::by(&office).without_shared(&office);
    same_world(&over_ews, &over_graph, &format!("seed {seed}, over EWS and over Graph"));
    // Not every world has something of each.
    if seed == 1 {
        differs_in_each_exception(&over_ews, &over_graph);
    }
}

macro_rules! seeds {
    ($($name:ident = $seed:literal),+ $(,)?) => { $(#[test] fn $name() { seed_is_true($seed); })+ };
}

seeds! {
    over_ews_seed_01_is_true = 1,
    over_ews_seed_02_is_true = 2,
    over_ews_seed_03_is_true = 3,
    over_ews_seed_04_is_true = 4,
    over_ews_seed_05_is_true = 5,
    over_ews_seed_06_is_true = 6,
    over_ews_seed_07_is_true = 7,
    over_ews_seed_08_is_true = 8,
    over_ews_seed_09_is_true = 9,
    over_ews_seed_10_is_true = 10,
}

#[test]
fn distribution_lists_are_contacts_with_the_addresses_of_their_members() {
    let office = hybrid(LUCIA, Options { events: 24, contacts: 60, directory: 40, ..Options::default() });
    connected(&office);
    office.desk.run(&["sync"]).done();
    let told = Told::by(&office);
    let (world, user) = (office.tenant().shared.world(), &office.person.username);
    let mailbox = &world.mailboxes[world.users.iter().position(|known| known.username == *user).unwrap()];
    assert!(
        mailbox.groups.iter().any(|group| group.members.len() > 1),
        "a list without people proves nothing"
    );
    for group in &mailbox.groups {
        let id = mailbox.contact_key_id(group.key, Some(0));
        let row = told.contacts.iter().find(|row| row["id"] == id.as_str()).unwrap();
        let members: BTreeSet<&str> = group.members.iter().map(|person| person.address.as_str()).collect();
        let addresses: Vec<&str> = row["emails"]
            .as_array()
            .unwrap()
            .iter()
            .map(|email| email["address"].as_str().unwrap())
            .collect();
        assert_eq!(row["name"], group.name);
        assert_eq!(addresses.iter().copied().collect::<BTreeSet<_>>(), members, "{row}");
        assert_eq!(addresses.len(), members.len(), "each once: {row}");
        let found = office.desk.run(&["contacts", group.name]).done();
        assert!(found["contacts"].as_array().unwrap().iter().any(|row| row["id"] == id.as_str()), "{found}");
    }
}

#[test]
fn what_ews_cannot_carry_is_the_table_that_people_read() {
    let text = std::fs::read_to_string(root().join("docs/ews.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    let told: Vec<&str> =
        rows.flat_map(|cell| cell.split(',').map(|field| field.trim_matches([' ', '`']))).collect();
    assert_eq!(told, MEETING_EXCEPTIONS);
    assert!(CONTACT_EXCEPTIONS.iter().all(|field| told.contains(field)));
    let index = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(index.contains("(docs/ews.md)"), "people find it");
}
