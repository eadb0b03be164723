//! The documentation agrees with the table of keys.

use convoke_policy::key::{Item, Key, Kind};
use convoke_policy::keys::KEYS;
use convoke_policy::{FileSource, Value, read};

const PAGE: &str = include_str!("../../../../docs/policy.md");

/// The line of the documentation's table for a key.
fn line(key: &Key) -> String {
    let security = if key.security { "●" } else { "" };
    let default = match Value::from(key.default) {
        Value::Null => "none".to_owned(),
        value => format!("`{}`", serde_json::to_string(&value).unwrap_or_default()),
    };
    format!("| `{}` | {security} | {} | {default} | {} |", key.name, values(key.kind), key.doc.en)
}

fn values(kind: Kind) -> String {
    let words = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ");
    match kind {
        Kind::Bool => "`true` `false`".to_owned(),
        Kind::Integer { min, max } => format!("{min} to {max}"),
        Kind::Choice(choices) => words(choices),
        Kind::Text(form) => form.name().en,
        Kind::List { item: Item::Text(form), .. } => format!("list: {}", form.name().en),
        Kind::List { item: Item::Choice(choices), .. } => format!("list of {}", words(choices)),
    }
}

#[test]
fn every_key_is_documented_as_it_is() {
    let missing: Vec<String> = KEYS.iter().map(line).filter(|line| !PAGE.contains(line.as_str())).collect();
    assert!(missing.is_empty(), "put these lines into docs/policy.md:\n{}", missing.join("\n"));
}

#[test]
fn nothing_else_is_documented() {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `") && line.matches('|').count() == 6);
    assert_eq!(rows.count(), KEYS.len());
}

#[test]
fn the_sample_reads_without_a_problem() {
    let sample = PAGE.split("```jsonc").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    let parsed = read(FileSource { name: "docs/policy.md", bytes: sample.as_bytes() });
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.values.len(), KEYS.len());
}
