//! `convokectl policy`.

use crate::arguments::PolicyCommand;
use crate::exit;
use crate::print::Printer;
use convoke_app::code::Failure;
use convoke_app::policy_source::{self, Problem, Row};
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
    }
}

fn validate(file: &Path, printer: &Printer) -> ExitCode {
    let problems = policy_source::validate(file);
    printer.result(&json!({"file": file, "valid": problems.is_empty(), "problems": problems}), || {
        if problems.is_empty() { format!("{}: no problems", file.display()) } else { in_words(&problems) }
    });
    ExitCode::from(if problems.is_empty() { exit::DONE } else { exit::POLICY })
}

fn show(policy: Option<PathBuf>, printer: &Printer) -> Result<ExitCode, Failure> {
    let rows = policy_source::show(policy)?;
    printer.result(&json!({"policy": rows}), || rows.iter().map(line).collect::<Vec<_>>().join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn in_words(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn line(row: &Row) -> String {
    let value = serde_json::to_string(&row.value).unwrap_or_default();
    let level = serde_json::to_value(&row.source).unwrap_or_default();
    let text = |name: &str| level[name].as_str().unwrap_or_default().to_owned();
    let place = match (text("file"), level["line"].as_u64()) {
        (file, Some(line)) if !file.is_empty() => format!("{file}:{line}"),
        (file, _) => file,
    };
    format!("{:<44} {value:<44} {} {place}", row.key, text("level"))
}
