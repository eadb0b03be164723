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

#[test]
fn the_whole_of_the_widest_window_is_told() {
    let mut office =
        Office::of(Options { seed: 3, events: 600, contacts: 4, directory: 4, ..Options::default() });
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    policy["defaults"]["sync"] = json!({"pastDays": 730, "futureDays": 730});
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
    office.connect();
    office.desk.run(&["sync"]).done();
    let today = chrono::Utc::now().date_naive();
    let (from, to) = (today - chrono::Days::new(729), today + chrono::Days::new(729));
    let truth = office.truth(&format!("truth/agenda?from={from}&to={to}"));
    // Wider than the window, and much wider: what is cached is told, whatever was asked for.
    for (first, last) in
        [(from.to_string(), to.to_string()), ("1990-01-01".to_owned(), "2090-01-01".to_owned())]
    {
        let agenda = office.desk.run(&["agenda", "--from", &first, "--to", &last]).done();
        let within: Vec<Value> = agenda["meetings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|meeting| is_within(meeting, &from.to_string(), &to.to_string()))
            .cloned()
            .collect();
        convoke_desk::same_rows(&truth, &Value::Array(within), &format!("{first} to {last}"));
    }
}

/// Whether a meeting touches the days, compared as UTC days: the desk lies in UTC.
fn is_within(meeting: &Value, from: &str, to: &str) -> bool {
    let text = |key: &str| meeting[key].as_str().unwrap_or_default();
    let (first, after) = (&text("start")[..10], text("end"));
    // An end at midnight is that of the day before.
    let last = if after[10..].starts_with("T00:00:00") && after[..10] > *first {
        after[..10] > *from
    } else {
        after[..10] >= *from
    };
    *first <= *to && last
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
