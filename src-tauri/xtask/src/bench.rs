//! `cargo xtask bench`: builds everything as it ships, and measures it.

use std::path::PathBuf;

use crate::command::{program, run as run_program};
use crate::error::Error;
use crate::project::{cargo, root};
use crate::run::build_ui;
use crate::setup::{self, Purpose};

/// What can be measured, and what it is. The benchmark has the same list: this one is for who asks before the
/// build, which takes minutes.
const GROUPS: [(&str, &str); 6] = [
    ("sync", "first sync of 10,000 events and 10,000 contacts over loopback"),
    ("delta", "a round in which nothing changed"),
    ("search", "search in 100,000 contacts"),
    ("start", "from exec to the first meeting on the screen, 20,000 events cached"),
    ("idle", "memory and CPU of a window that nobody touches"),
    ("cache", "reading and writing 200,000 occurrences; only if it is named"),
];

/// What is built: the programs, and the references that they are held against.
const PACKAGES: [&str; 5] =
    ["convoke", "convoke-cli", "convoke-tenant", "convoke-bench", "convoke-bench-window"];

const REPORT: &str = "bench/report.json";

/// Sets up, builds, measures. The figures go to the terminal and into a file.
pub fn bench(arguments: &[String]) -> Result<(), Error> {
    if arguments.iter().any(|argument| argument == "--list") {
        GROUPS.iter().for_each(|(name, what)| println!("{name:<8} {what}"));
        return Ok(());
    }
    check(arguments)?;
    if !cfg!(target_os = "linux") {
        return Err(Error::Missing("The benchmarks need Linux: /proc, a session bus and Xvfb.".to_owned()));
    }
    setup::for_purpose(Purpose::Test)?;
    build_ui()?;
    let packages = PACKAGES.iter().flat_map(|name| ["--package", name]);
    // The feature that the Tauri CLI sets in what it ships.
    let build = ["build", "--release", "--bins", "--features", "convoke/custom-protocol"];
    run_program(program(cargo(), build.into_iter().chain(packages)))?;
    let mut measure = program(target().join("release/convoke-bench"), arguments);
    measure.arg("--report").arg(target().join(REPORT));
    run_program(measure)
}

fn check(arguments: &[String]) -> Result<(), Error> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), rest.next().map(String::as_str)),
        };
        let is_good = match (name, value) {
            ("--only", Some(value)) => GROUPS.iter().any(|(name, _)| *name == value),
            ("--runs", Some(value)) => value.parse::<u16>().is_ok_and(|runs| runs > 0),
            _ => false,
        };
        if !is_good {
            let names: Vec<_> = GROUPS.iter().map(|(name, _)| *name).collect();
            let usage = "bench takes --only NAME, as often as you like, and --runs N. The names are";
            return Err(Error::Usage(format!("{usage}: {}", names.join(", "))));
        }
    }
    Ok(())
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_refused_before_the_build() {
        let check = |words: &[&str], good: bool| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(super::check(&words).is_ok(), good, "{words:?}");
        };
        check(&[], true);
        check(&["--only", "sync", "--only=idle", "--runs", "3"], true);
        check(&["--only", "synk"], false);
        check(&["--only"], false);
        check(&["--runs", "0"], false);
        check(&["--quick"], false);
    }

    #[test]
    fn the_benchmark_has_the_same_list() {
        let list = std::fs::read_to_string(root().join("tests/bench/src/group.rs")).unwrap();
        let names: Vec<&str> =
            list.split("name: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, GROUPS.map(|(name, _)| name));
    }
}
