//! Clippy as part of what the tests build: it looks at code that is compiled anyway, where `cargo clippy` would first
//! check every dependency once more, seven minutes on two cores.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{answer, program};
use crate::project::cargo;

/// As `cargo clippy -- --deny warnings` hands it to its driver.
const DENY: &str = "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";

/// A command that builds with cargo, under the eyes of clippy: a warning fails it. Without clippy it only builds; then
/// [`lint`] fails.
pub fn linted(mut command: Command) -> Command {
    if let Some(driver) = driver() {
        command.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", DENY);
    }
    command
}

/// Looks at everything, tests and examples too, and leaves it built.
pub fn lint() -> Command {
    match driver() {
        Some(_) => linted(program(cargo(), ["build", "--workspace", "--all-targets"])),
        None => program(cargo(), ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
    }
}

/// Clippy's compiler, which lies beside cargo's.
fn driver() -> Option<PathBuf> {
    let sysroot = answer(program("rustc", ["--print", "sysroot"]))?;
    let driver =
        PathBuf::from(sysroot).join("bin").join(format!("clippy-driver{}", std::env::consts::EXE_SUFFIX));
    driver.is_file().then_some(driver)
}
