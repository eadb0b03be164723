//! `convokectl policy`.

use crate::arguments::PolicyCommand;
use crate::exit;
use crate::print::Printer;
use convoke_app::code::Failure;
use convoke_app::policy_source::{self, Explanation, Problem, Row, Said, Source, Status, UnknownKey};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs a command about the policy.
pub async fn run(
    command: &PolicyCommand,
    policy: Option<PathBuf>,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    match command {
        PolicyCommand::Validate { file } => Ok(validate(file, printer)),
        PolicyCommand::Show => show(policy, printer),
        PolicyCommand::Explain { key } => explain(key, policy, printer),
        PolicyCommand::Schema => Ok(schema(printer)),
        PolicyCommand::Rehearse { file } => super::rehearse::run(file, printer).await,
    }
}

fn validate(file: &Path, printer: &Printer) -> ExitCode {
    let problems = policy_source::validate(file);
    let valid = !problems.iter().any(Problem::is_fault);
    printer.result(&json!({"file": file, "valid": valid, "problems": problems}), || {
        let verdict = if valid { format!("{}: no problems\n", file.display()) } else { String::new() };
        verdict + &in_words(&problems)
    });
    ExitCode::from(if valid { exit::DONE } else { exit::POLICY })
}

fn show(policy: Option<PathBuf>, printer: &Printer) -> Result<ExitCode, Failure> {
    let policy = policy_source::in_force(policy)?;
    let (rows, problems) = (policy.rows(), policy.problems());
    let result = json!({
        "status": policy.status(), "files": policy.files(), "policy": rows, "problems": problems,
    });
    printer.result(&result, || {
        let rows = rows.iter().map(line).collect::<Vec<_>>().join("\n");
        let parts = [whole(policy.status(), policy.files()), in_words(problems), rows];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    });
    let refused = policy.status() == Status::Refused;
    Ok(ExitCode::from(if refused { exit::POLICY } else { exit::DONE }))
}

/// The state of the policy as a whole, and its sources in the order of the merge.
fn whole(status: Status, sources: &[String]) -> String {
    let state = match status {
        Status::None => "There is no policy; the product's own defaults hold.",
        Status::Ok => "The policy is in order.",
        Status::Problems => "The policy has problems; what is right in it holds.",
        Status::Refused => "Nobody can sign in until the policy is mended.",
    };
    let sources = sources.iter().map(|source| format!("\nSource: {source}"));
    std::iter::once(state.to_owned()).chain(sources).collect()
}

fn explain(key: &str, policy: Option<PathBuf>, printer: &Printer) -> Result<ExitCode, Failure> {
    match policy_source::explain(&policy_source::in_force(policy)?, key) {
        Ok(explanation) => {
            printer.result(&explanation, || explained(&explanation));
            Ok(ExitCode::SUCCESS)
        }
        Err(unknown) => {
            printer.note(&unknown.to_string());
            printer.result_as_json(&json!({
                "event": "failed", "code": "unknownKey", "message": unknown.to_string(), "suggestions": suggestions(&unknown),
            }));
            Ok(ExitCode::from(exit::USAGE))
        }
    }
}

/// The schema is JSON already, and goes into a file as it is.
fn schema(printer: &Printer) -> ExitCode {
    printer.text(&policy_source::json_schema());
    ExitCode::SUCCESS
}

fn suggestions(unknown: &UnknownKey) -> Vec<&'static str> {
    match unknown {
        UnknownKey::Section { keys, .. } => keys.clone(),
        UnknownKey::Nothing { suggestion, .. } => suggestion.iter().copied().collect(),
    }
}

fn in_words(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn line(row: &Row) -> String {
    let (value, level) = (shown(&row.value), level(&row.source));
    let place = row.source.place().unwrap_or_default();
    format!("{:<44} {value:<44} {level} {place}", row.key).trim_end().to_owned()
}

fn explained(of: &Explanation) -> String {
    let mut lines = vec![
        format!("{} = {}", of.key, shown(&of.value)),
        of.doc.to_owned(),
        format!("Takes {}; the product's default is {}.", of.allowed, shown(&of.product_default)),
        of.change.to_owned(),
    ];
    if of.security {
        lines.push("It decides security: a fault in it stops sign-in.".to_owned());
    }
    if of.sign_in_blocked {
        lines.push("Nobody can sign in until the policy is mended; see `policy show`.".to_owned());
    }
    lines.extend(
        of.next_sign_in
            .iter()
            .filter(|_| !of.sign_in_blocked)
            .map(|sentence| format!("At the next sign-in: {sentence}")),
    );
    lines.push(String::new());
    lines.extend(of.said.iter().map(said));
    lines.extend(of.problems.iter().map(ToString::to_string));
    lines.join("\n")
}

fn said(said: &Said) -> String {
    let place = said.source.place().unwrap_or_default();
    let line = format!("{:<10} {:<30} {place}", level(&said.source), shown(&said.value));
    format!("{}\n           {}", line.trim_end(), said.reason)
}

fn level(source: &Source) -> String {
    let level = serde_json::to_value(source.level).unwrap_or_default();
    level.as_str().unwrap_or_default().to_owned()
}

fn shown(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
