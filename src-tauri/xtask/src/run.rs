//! `cargo xtask run`: from a fresh clone to the window.

use crate::command::{program, run as run_program};
use crate::error::Error;
use crate::project::{cargo, npm};
use crate::setup::{self, Purpose};

/// Sets up, builds the UI and the app, and starts it with a simulated tenant. What stands after `--` goes to the
/// app.
pub fn run(arguments: &[String]) -> Result<(), Error> {
    let for_app = match arguments.split_first() {
        None => &[][..],
        Some((dashes, rest)) if dashes == "--" => rest,
        Some((other, _)) => {
            return Err(Error::Usage(format!("run takes no {other}. For the app: run -- {other}")));
        }
    };
    setup::for_purpose(Purpose::Run)?;
    build_ui()?;
    let mut words: Vec<String> =
        ["run", "--package", "convoke", "--bin", "convoke", "--", "--demo"].map(str::to_owned).to_vec();
    words.extend_from_slice(for_app);
    run_program(program(cargo(), words))
}

/// Builds the UI into the folder that the app embeds.
pub fn build_ui() -> Result<(), Error> {
    run_program(program(npm(), ["--prefix", "ui", "run", "--silent", "build"]))
}
