//! `convoke-bench`: what Convoke is measured with. `cargo xtask bench` builds it and all that it measures, in the
//! release profile, and runs it; `docs/benchmarks.md` says what the figures mean.
//!
//! Rules: every figure stands beside a reference that was measured in the same run, in turns; the first run does
//! not count; nothing here fails because something is slow, only because it could not be measured or gave a wrong
//! result. The references are what a skilled person would write in an afternoon, not straw men. To add a figure:
//! a function that returns [`group::Told`], and a row in [`group::GROUPS`].

mod arguments;
mod cache;
mod error;
mod figure;
mod group;
mod machine;
mod naive;
mod place;
mod process;
mod programs;
mod sample;
mod search;
mod sync;
mod tenant;
mod window;

use arguments::{Arguments, Task};
use clap::Parser;
use error::BenchError;
use group::{GROUPS, Group, Told};
use machine::Machine;
use place::Place;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.task {
        Some(Task::Naive { graph, token, file }) => naive::first_sync(graph, token, file).and_then(|done| {
            say(&serde_json::to_string(&done)?);
            Ok(true)
        }),
        Some(Task::Requests { token, links }) => naive::requests(token, links).map(|ms| {
            say(&ms.to_string());
            true
        }),
        Some(Task::Place { events, contacts }) => keep_place(*events, *contacts),
        None => measure(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Makes a place and keeps it until somebody closes stdin.
fn keep_place(events: usize, contacts: usize) -> Result<bool, BenchError> {
    let place = Place::connected(events, contacts)?;
    for (name, value) in place.command(&programs::own()?).get_envs() {
        say(&format!("export {}='{}'", name.display(), value.unwrap_or_default().display()));
    }
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).map_err(BenchError::program("stdin"))?;
    Ok(true)
}

/// Measures what was asked for; whether everything could be measured.
fn measure(arguments: &Arguments) -> Result<bool, BenchError> {
    let is_wanted = |group: &&Group| match arguments.only.as_slice() {
        [] => !group.only_named,
        names => names.iter().any(|name| name == group.name),
    };
    let before = Machine::now();
    say(&before.line());
    let mut groups = Vec::new();
    let mut complete = true;
    for group in GROUPS.iter().filter(is_wanted) {
        say(&format!("\n{}: {}", group.name, group.what));
        match (group.measure)(arguments.runs.map_or(group.runs, usize::from)) {
            Ok(told) => {
                told.figures.iter().for_each(|figure| say(&figure.line()));
                told.notes.iter().for_each(|note| say(&format!("  {note}")));
                groups.push(json_of(group, &told));
            }
            Err(error) => {
                complete = false;
                complain(&error);
                groups.push(json!({"name": group.name, "what": group.what, "failed": error.to_string()}));
            }
        }
    }
    let load_after = Machine::now().load;
    say(&format!("\nload afterwards {load_after}"));
    write(&arguments.report, &json!({"machine": before, "loadAfter": load_after, "groups": groups}))?;
    Ok(complete)
}

fn json_of(group: &Group, told: &Told) -> Value {
    let figures: Vec<Value> = told.figures.iter().map(figure::Figure::json).collect();
    json!({"name": group.name, "what": group.what, "figures": figures, "notes": told.notes})
}

fn write(file: &Path, report: &Value) -> Result<(), BenchError> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(BenchError::file(folder))?;
    }
    std::fs::write(file, format!("{report:#}\n")).map_err(BenchError::file(file))?;
    say(&format!("report: {}", file.display()));
    Ok(())
}

/// A closed pipe has seen enough.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn complain(error: &dyn std::error::Error) {
    let mut line = format!("  not measured: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    let _ = writeln!(std::io::stderr(), "{line}");
}
