//! Broken files as data: each with its message, its place, and what becomes of the rest.
#![allow(clippy::unwrap_used, reason = "a table that cannot be read has to stop the test")]

use std::collections::BTreeSet;

use convoke_policy::choice::CalendarPermission;
use convoke_policy::{
    Change, Effective, FileSource, Message, ProblemKind, Reading, Watched, effective, read, validate,
};

mod case;
mod encoding;
mod meaning;
mod names;
mod schema;
mod security;
mod syntax;
mod values;

use case::Broken;

/// Fewer would leave something out that administrators were seen to write.
const AT_LEAST: usize = 60;

fn all() -> impl Iterator<Item = &'static Broken> {
    let parts =
        [names::CASES, values::CASES, security::CASES, syntax::CASES, encoding::CASES, meaning::CASES];
    parts.into_iter().flatten()
}

fn load(case: &Broken) -> Effective {
    effective(&[read(source(case))])
}

fn source(case: &Broken) -> FileSource<'static> {
    FileSource { name: "policy.json", bytes: case.content }
}

/// Lists every case that is not as expected, so that one run tells all.
fn check_all(wrong: impl Fn(&Broken) -> Option<String>) {
    let wrong: Vec<String> =
        all().filter_map(|case| Some(format!("{} {}: {}", case.row, case.name, wrong(case)?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_of_them_and_no_two_are_the_same() {
    let contents: BTreeSet<&[u8]> = all().map(|case| case.content).collect();
    let names: BTreeSet<&str> = all().map(|case| case.name).collect();
    assert_eq!((contents.len(), names.len()), (all().count(), all().count()));
    assert!(contents.len() >= AT_LEAST, "{}", contents.len());
    let rows: BTreeSet<&str> = all().map(|case| case.row).collect();
    let expected = ["B64", "B65", "B68", "B69", "B70", "B71", "B73"];
    assert!(expected.iter().all(|row| rows.contains(row)), "{rows:?}");
}

#[test]
fn each_names_its_one_problem_and_the_place() {
    check_all(|case| {
        let problems = validate(source(case));
        let [problem] = problems.as_slice() else {
            return Some(format!("{} problems: {problems:?}", problems.len()));
        };
        let is_right = problem.kind == case.kind
            && problem.message.en.contains(case.message)
            && (problem.line, problem.column) == (Some(case.line), Some(case.column))
            && problem.suggestion.as_ref().map(|meant| meant.en.as_str()) == case.meant
            && problem.is_fault();
        (!is_right).then(|| format!("{problem} ({:?})", problem.kind))
    });
}

#[test]
fn each_has_its_effect_and_no_other() {
    check_all(|case| {
        let policy = load(case);
        let shut = policy.integration.permissions.calendar == CalendarPermission::None
            && !policy.accounts.permit(None, "a@contoso.com");
        let blocks = policy.sign_in_allowed().is_err();
        if (blocks, shut) != (case.blocks, case.blocks) {
            return Some(format!("blocks {blocks}, shut {shut}"));
        }
        let is_there =
            |(key, json): &&(&str, &str)| serde_json::to_string(&policy.value(key)).unwrap() != *json;
        case.then
            .iter()
            .find(is_there)
            .map(|(key, json)| format!("{key} is {:?}, not {json}", policy.value(key)))
    });
}

/// What applies of the rest is shown by at least one key in each file.
#[test]
fn each_says_what_becomes_of_the_rest() {
    check_all(|case| {
        let rest = case.then.iter().find(|(key, _)| *key == "sync.futureDays").map(|(_, json)| *json);
        let whole_file = matches!(case.kind, ProblemKind::Syntax | ProblemKind::Encoding);
        let expected = if whole_file { "180" } else { "9" };
        (rest != Some(expected) && case.kind != ProblemKind::WrongType).then(|| format!("{rest:?}"))
    });
}

/// The window can say each in its user's language: nothing in it is English text, only names and values.
#[test]
fn each_can_be_said_in_every_language() {
    check_all(|case| {
        let problems = validate(source(case));
        let problem = problems.first()?;
        let said = problem.suggestion.iter().filter(|meant| meant.en.contains(' ')).chain([&problem.message]);
        let untold = said.filter(|message| message.sentence.is_none()).chain(english(&problem.message));
        let untold: Vec<&Message> = untold.collect();
        (!untold.is_empty()).then(|| format!("{untold:?}"))
    });
}

/// The values of a message that are words of ours, and not what the file holds.
fn english(message: &Message) -> Vec<&Message> {
    let values = message.values.iter().map(|(_, value)| value);
    let quotes =
        |value: &&Message| value.sentence.is_none() && value.en.contains(' ') && !value.en.starts_with('"');
    values.clone().filter(quotes).chain(values.flat_map(english)).collect()
}

/// Reader and schema agree on what an integer is: the value counts, not how it is written.
#[test]
fn a_whole_number_may_be_written_as_any_number() {
    let check = |literal: &str, expected: Option<i64>| {
        let text = format!("{{\"defaults\":{{\"sync\":{{\"pastDays\":{literal}}}}}}}");
        let file = FileSource { name: "policy.json", bytes: text.as_bytes() };
        let policy = effective(&[read(file)]);
        let taken = policy.problems().is_empty().then(|| i64::from(policy.sync.past_days));
        assert_eq!(taken, expected, "{literal}: {:?}", policy.problems());
        let in_schema = schema::Schema::new().accepts(text.as_bytes());
        assert_eq!(in_schema, Some(expected.is_some()), "{literal}: the schema");
    };
    check("1", Some(1));
    check("1.0", Some(1));
    check("-0.0", Some(0));
    check("7.3e2", Some(730));
    check("20e-1", Some(2));
    check("730.0", Some(730));
    check("731.0", None);
    check("-1.0", None);
    check("1.5", None);
    check("15e-1", None);
    check("1e30", None);
}

#[test]
fn a_number_beyond_measure_is_told_as_out_of_range_and_shortly() {
    for literal in ["1e999".to_owned(), "-1e999".to_owned(), "9".repeat(100_000)] {
        let text = format!("{{\"defaults\":{{\"sync\":{{\"pastDays\":{literal}}}}}}}");
        let problems = validate(FileSource { name: "policy.json", bytes: text.as_bytes() });
        let said = &problems.first().unwrap().message.en;
        assert!(said.ends_with("which is not between 0 and 730.") && said.len() < 300, "{said}");
    }
}

/// While the app runs, a file that blocks changes nothing, and one that does not applies.
#[test]
fn each_is_kept_out_or_applied_while_watched() {
    let old = FileSource { name: "policy.json", bytes: br#"{"defaults":{"sync":{"futureDays":8}}}"# };
    check_all(|case| {
        let mut watched = Watched::new(Reading::of_content(&[old]));
        let broken = || Ok(Reading::of_content(&[source(case)]));
        let changes = [watched.observe(broken()), watched.observe(broken())];
        let expected = [Change::Settling, if case.blocks { Change::Kept } else { Change::Applied }];
        let days = watched.in_force().sync.future_days;
        let is_right = changes == expected
            && (days == 8) == case.blocks
            && watched.sign_in_allowed().is_err() == case.blocks;
        (!is_right).then(|| format!("{changes:?}, {days} days"))
    });
}

/// The schema marks what it can, and only what the product refuses too.
#[test]
fn the_schema_marks_what_a_schema_can() {
    let schema = schema::Schema::new();
    check_all(|case| match (schema.accepts(case.content), case.kind) {
        (None, ProblemKind::Syntax | ProblemKind::Encoding) => None,
        (None, _) => Some("is not even JSON".to_owned()),
        (Some(accepts), _) => (accepts == case.schema_sees_it).then(|| format!("accepted: {accepts}")),
    });
    assert_eq!(schema.accepts(include_bytes!("../sample.jsonc")), Some(true));
}
