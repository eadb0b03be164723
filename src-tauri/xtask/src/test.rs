//! `cargo xtask test`: every test there is, step by step, and one line at the end that adds them up.

mod count;
mod lint;
mod report;
mod steps;

use crate::error::Error;
use crate::setup::{self, Purpose};
use report::Report;
use steps::{STEPS, Step};

/// Runs every step, or the ones that `--only` names. A failed step does not stop the others, except that nothing
/// is tested that could not be built.
pub fn test(arguments: &[String]) -> Result<(), Error> {
    if arguments.iter().any(|argument| argument == "--list") {
        STEPS.iter().for_each(|step| println!("{:<10} {}", step.name, step.what));
        return Ok(());
    }
    let chosen = chosen(arguments)?;
    setup::for_purpose(Purpose::Test)?;
    let mut report = Report::default();
    for step in chosen {
        report.run(step);
    }
    report.finish()
}

fn chosen(arguments: &[String]) -> Result<Vec<&'static Step>, Error> {
    let mut steps = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let name = match (argument.as_str(), argument.strip_prefix("--only=")) {
            ("--only", _) => rest.next().map(String::as_str),
            (_, name) => name,
        };
        let step = name.and_then(|name| STEPS.iter().find(|step| step.name == name));
        steps.push(step.ok_or_else(|| unknown(name.unwrap_or(argument)))?);
    }
    Ok(if steps.is_empty() { STEPS.iter().filter(|step| step.runs_here()).collect() } else { steps })
}

fn unknown(name: &str) -> Error {
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    Error::Usage(format!("There is no step {name}. The steps are: {}", names.join(", ")))
}
