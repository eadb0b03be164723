//! The agenda equals the tenant's truth: after the first sync, and after each of 30 random changes.

use convoke_desk::{Office, days};
use convoke_tenant::Options;
use serde_json::{Value, json};

#[track_caller]
fn assert_same(office: &Office, moment: &str) {
    let (from, to) = days();
    let truth = office.truth(&format!("truth/agenda?from={from}&to={to}"));
    let agenda = office.desk.run(&["agenda", "--from", &from, "--to", &to]).done();
    convoke_desk::same_rows(&truth, &agenda["meetings"], moment);
}

fn seed_is_true(seed: u64) {
    let mut office =
        Office::of(Options { seed, events: 300, contacts: 60, directory: 40, ..Options::default() });
    office.connect();
    office.desk.run(&["sync"]).done();
    assert_same(&office, &format!("seed {seed}, first sync"));
    for round in 0..30 {
        let what: Value = office.control("mutate", &json!({"n": 1, "seed": seed * 1_000 + round}));
        office.desk.run(&["sync"]).done();
        assert_same(&office, &format!("seed {seed}, round {round}, after {what}"));
    }
}

macro_rules! seeds {
    ($($name:ident = $seed:literal),+ $(,)?) => { $(#[test] fn $name() { seed_is_true($seed); })+ };
}

seeds! {
    agenda_is_true_seed_01 = 1,
    agenda_is_true_seed_02 = 2,
    agenda_is_true_seed_03 = 3,
    agenda_is_true_seed_04 = 4,
    agenda_is_true_seed_05 = 5,
    agenda_is_true_seed_06 = 6,
    agenda_is_true_seed_07 = 7,
    agenda_is_true_seed_08 = 8,
    agenda_is_true_seed_09 = 9,
    agenda_is_true_seed_10 = 10,
}
