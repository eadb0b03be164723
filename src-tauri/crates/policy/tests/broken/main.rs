//! Broken files as data: each with its message, its place, and what becomes of the rest.
#![allow(clippy::unwrap_used, reason = "a table that cannot be read has to stop the test")]

use std::collections::BTreeSet;

use convoke_policy::choice::CalendarPermission;
use convoke_policy::{
    Change, Effective, FileSource, ProblemKind, Reading, Watched, effective, read, validate,
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
            && problem.message.contains(case.message)
            && (problem.line, problem.column) == (Some(case.line), Some(case.column))
            && problem.suggestion.as_deref() == case.meant
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
