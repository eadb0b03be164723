//! The steps of `cargo xtask test`, in order.

use std::process::Command;

use crate::command::program;
use crate::project::{cargo, npm};
use crate::test::lint::{lint, linted};

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its name, for `--only`.
    pub name: &'static str,
    /// What it proves, for people.
    pub what: &'static str,
    /// Whether it needs a Linux desktop's parts (session bus, Xvfb, WebKit driver).
    pub linux_only: bool,
    /// Whether the steps after it make no sense if it fails.
    pub essential: bool,
    /// What to run.
    pub command: fn() -> Command,
}

impl Step {
    /// Whether the step can run on this system.
    pub fn runs_here(&self) -> bool {
        !self.linux_only || cfg!(target_os = "linux")
    }
}

const fn step(name: &'static str, what: &'static str, command: fn() -> Command) -> Step {
    Step { name, what, linux_only: false, essential: false, command }
}

/// The steps, in order.
pub const STEPS: &[Step] = &[
    step("format", "the code is formatted", || program(cargo(), ["fmt", "--all", "--check", "--", "-l"])),
    Step {
        essential: true,
        ..step("ui-build", "the UI builds", || program(npm(), ["--prefix", "ui", "run", "--silent", "build"]))
    },
    step("ui-check", "types, accessibility hints and lints of the UI", || ui("check")),
    step("ui-test", "the state of the UI", || ui("test")),
    Step {
        linux_only: true,
        ..step("ui-views", "every view in a browser: axe, keyboard", || ui("test:views"))
    },
    Step {
        essential: true,
        ..step("build", "everything builds", || linted(program(cargo(), ["build", "--workspace"])))
    },
    step("lint", "clippy finds nothing, and all tests build", lint),
    Step {
        linux_only: true,
        ..step("rust", "units, crates and journeys", || {
            linted(in_session(&[&cargo(), "test", "--workspace", "--no-fail-fast"]))
        })
    },
    step("clients", "foreign clients against the simulated tenant", || {
        program("python3", ["tests/tenant/tests/clients/run.py"])
    }),
    Step {
        linux_only: true,
        ..step("window", "the real program in a real window", || program("node", ["tests/e2e/run.mjs"]))
    },
    Step {
        linux_only: true,
        ..step("consent", "who may consent, in a real window", || {
            program("sh", ["-c", "node tests/e2e/consent.mjs && node tests/e2e/consent_rows.mjs"])
        })
    },
    Step {
        linux_only: true,
        ..step("exchange", "a mailbox on the organization's own Exchange, in a real window", || {
            program("node", ["tests/e2e/exchange.mjs"])
        })
    },
];

fn ui(script: &str) -> Command {
    program(npm(), ["--prefix", "ui", "run", "--silent", script])
}

/// Runs a command on a session bus of its own with an unlocked, empty keyring, so that tests neither need nor
/// touch the keyring of whoever runs them.
fn in_session(words: &[&str]) -> Command {
    // An empty line is the password of the keyring that this creates. The folder goes when the command is done.
    const SCRIPT: &str = r#"
        folder=$(mktemp -d) || exit 1
        trap 'rm -rf "$folder"' EXIT
        printf '\n' | XDG_DATA_HOME=$folder XDG_RUNTIME_DIR=$folder \
            gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 1
        "$@"
    "#;
    let mut command = program("dbus-run-session", ["--", "sh", "-c", SCRIPT, "sh"]);
    command.args(words);
    for name in ["DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(name);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (index, step) in STEPS.iter().enumerate() {
            assert!(STEPS.iter().skip(index + 1).all(|other| other.name != step.name), "{}", step.name);
        }
    }
}
