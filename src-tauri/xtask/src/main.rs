//! `cargo xtask`: the commands that developers and CI run.
//!
//! Role: sets the machine up, then calls the tools that do the work (cargo, npm, node, python3) and adds up what
//! they say. Rules: no test logic here, std only, nothing that the tools can do themselves. To add a command:
//! one module, one arm in [`dispatch`], one line in [`USAGE`].

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "talking to the terminal is what this program does"
)]

mod bench;
mod command;
mod cross;
mod error;
mod project;
mod run;
mod screenshots;
mod setup;
mod test;
mod types;

use std::process::ExitCode;

use error::Error;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [-- ARGUMENT…]   build everything and start the app with a simulated tenant (convoke --demo)
  test [--only STEP]…  run every test, or only these steps; `test --list` names them
  bench [--only NAME]… [--runs N]
                       measure against plain programs that do the same; `bench --list` names what
  screenshots [FOLDER] take pictures of every view; by default into target/screenshots
  cross [windows] [macos]
                       type-check the programs for systems that are not this one (on Debian)
  types                write the TypeScript declarations of what crosses to the UI
  setup                only check for, and where possible install, what the others need
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.status())
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Error> {
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::test(rest),
        Some("bench") => bench::bench(rest),
        Some("screenshots") => screenshots::take(rest),
        Some("cross") => cross::check(rest),
        Some("types") => types::write(),
        Some("setup") => setup::all(),
        Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(Error::Usage(USAGE.to_owned())),
    }
}
