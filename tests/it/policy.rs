//! `convokectl policy`: what an administrator asks before and after a roll-out.

use crate::sources::root;
use convoke_desk::{Answer, Desk};
use serde_json::{Value, json};

const FILE: &str = r#"{
  "enforced": { "integration": { "userConsent": false } },
  "defaults": { "sync": { "pastDays": 7, "futureDay": 7 } }
}"#;

/// A computer under this policy.
fn desk(policy: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    std::fs::write(&file, policy).unwrap();
    Desk::without_keyring(&file)
}

fn row(shown: &Value, key: &str) -> Value {
    let rows = shown["policy"].as_array().unwrap();
    rows.iter().find(|row| row["key"] == key).unwrap().clone()
}

#[test]
fn show_gives_level_and_place_of_every_key_and_the_problems() {
    let desk = desk(FILE);
    let shown = desk.run(&["policy", "show"]).done();
    assert_eq!(shown["status"], "problems");
    assert_eq!(shown["files"], json!([desk.policy]));
    let place = |key: &str| {
        let row = row(&shown, key);
        json!([row["value"], row["level"], row["line"], row["locked"]])
    };
    assert_eq!(place("integration.userConsent"), json!([false, "enforced", 2, true]));
    assert_eq!(place("sync.pastDays"), json!([7, "default", 3, false]));
    assert_eq!(place("sync.futureDays"), json!([180, "product", null, false]));
    assert_eq!(shown["problems"][0]["suggestion"], "defaults.sync.futureDays");
}

#[test]
fn explain_says_what_decided_and_what_people_will_see() {
    let desk = desk(FILE);
    let explained = desk.run(&["policy", "explain", "integration.userConsent"]).done();
    assert_eq!((&explained["value"], &explained["level"]), (&json!(false), &json!("enforced")));
    assert_eq!(explained["said"][0]["outcome"], "decides");
    assert_eq!(explained["said"][1]["outcome"], "replaced");
    assert!(explained["nextSignIn"].as_str().unwrap().contains("I am an administrator"));
    let told = Answer::of(desk.command(&["policy", "explain", "sync.pastDays"]));
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.stdout.starts_with("sync.pastDays = 7\n"), "{told:?}");
    assert!(told.stdout.contains(&format!("{}:3\n", desk.policy.display())), "{told:?}");
}

#[test]
fn an_unknown_key_is_a_mistake_of_usage_that_leads_to_the_right_one() {
    let unknown = desk(FILE).run(&["policy", "explain", "sync.pastDay"]);
    assert_eq!((unknown.status, &unknown.json["suggestions"]), (2, &json!(["sync.pastDays"])));
    assert!(unknown.stderr.contains("Did you mean sync.pastDays?"), "{unknown:?}");
    let section = desk(FILE).run(&["policy", "explain", "ui"]);
    assert_eq!((section.status, &section.json["suggestions"]), (2, &json!(["ui.language", "ui.theme"])));
}

#[test]
fn validate_ends_with_three_and_names_line_and_column() {
    let desk = desk(FILE);
    let answer = desk.run(&["policy", "validate", desk.policy.to_str().unwrap()]);
    assert_eq!((answer.status, &answer.json["valid"]), (3, &json!(false)));
    let problem = &answer.json["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["column"], &problem["kind"]),
        (&json!(3), &json!(42), &json!("unknownKey"))
    );
}

#[test]
fn a_note_is_told_and_is_no_problem() {
    let desk = desk(r#"{ "enforced": { "accounts": { "allowedDomains": [] } } }"#);
    let file = desk.policy.to_str().unwrap();
    let answer = desk.run(&["policy", "validate", file]);
    assert_eq!((answer.status, &answer.json["valid"]), (0, &json!(true)), "{answer:?}");
    assert_eq!(answer.json["problems"][0]["severity"], "note");
    let told = Answer::of(desk.command(&["policy", "validate", file]));
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.stdout.starts_with(&format!("{file}: no problems\n")), "{told:?}");
    assert!(told.stdout.contains("note: accounts.allowedDomains is empty"), "{told:?}");
}

#[test]
fn show_tells_the_state_of_the_whole_and_its_sources_first() {
    let check = |policy: &str, status: i32, expected: &str| {
        let desk = desk(policy);
        let told = Answer::of(desk.command(&["policy", "show"]));
        assert_eq!(told.status, status, "{told:?}");
        let source = desk.policy.display();
        assert!(told.stdout.starts_with(&format!("{expected}\nSource: {source}\n")), "{told:?}");
        assert!(told.stdout.contains("\nsync.pastDays "), "{told:?}");
    };
    check("{}", 0, "The policy is in order.");
    check(FILE, 0, "The policy has problems; what is right in it holds.");
    check(
        r#"{"enforced":{"accounts":{"allowedDomains":1}}}"#,
        3,
        "Nobody can sign in until the policy is mended.",
    );
    check("{", 3, "Nobody can sign in until the policy is mended.");
}

#[test]
fn schema_prints_the_committed_file() {
    let committed = std::fs::read_to_string(root().join("docs/policy/convoke-policy.schema.json")).unwrap();
    let plain = Answer::of(desk(FILE).command(&["policy", "schema"]));
    assert_eq!((plain.status, plain.stdout.trim_end()), (0, committed.trim_end()));
    assert_eq!(desk(FILE).run(&["policy", "schema"]).stdout, plain.stdout);
}
