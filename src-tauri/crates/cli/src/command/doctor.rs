//! `convokectl doctor`.

use crate::exit;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::doctor::{Check, CheckStatus};
use std::io::IsTerminal;
use std::process::ExitCode;

/// Checks everything and prints one line each, with the fix below.
pub async fn run(app: &App, printer: &Printer) -> Result<ExitCode, Failure> {
    let report = app.doctor().await;
    printer.result(&report, || {
        let colours = std::io::stdout().is_terminal();
        report.checks.iter().map(|check| line(check, colours)).collect::<Vec<_>>().join("\n")
    });
    Ok(ExitCode::from(exit::of_all(report.failures())))
}

fn line(check: &Check, colours: bool) -> String {
    let (mark, colour) = match check.status {
        CheckStatus::Ok => ("ok", "32"),
        CheckStatus::Warn => ("warn", "33"),
        CheckStatus::Fail => ("fail", "31"),
        CheckStatus::Skipped => ("skip", "2"),
    };
    let mark = format!("{mark:<4}");
    let mark = if colours { format!("\u{1b}[{colour}m{mark}\u{1b}[0m") } else { mark };
    let line = format!("{mark}  {:<9}  {}", check.id.as_str(), check.detail);
    match &check.fix {
        // What a skipped check needs stands in its own line: another check, or nothing.
        Some(fix) if check.status != CheckStatus::Skipped => format!("{line}\n                 {fix}"),
        _ => line,
    }
}
