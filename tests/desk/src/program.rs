//! Runs the programs as built in this workspace.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The built program. Built once here, so that a test never meets a stale one.
pub fn convokectl() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built("convoke-cli", "convokectl"))
}

/// The simulated tenant as a program of its own, beside `convokectl`.
pub fn convoke_tenant() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built("convoke-tenant", "convoke-tenant"))
}

fn built(package: &str, program: &str) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package, "--bin", program])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "{program} builds");
    let tests = std::env::current_exe().expect("own path");
    tests.ancestors().nth(2).expect("target/debug").join(program)
}

/// What a run answered.
#[derive(Debug)]
pub struct Answer {
    /// Exit status.
    pub status: i32,
    /// Last line of stdout as JSON; null if there is none.
    pub json: Value,
    /// Everything on stdout.
    pub stdout: String,
    /// Everything on stderr.
    pub stderr: String,
}

impl Answer {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Self {
        Self::from(command.output().expect("it runs"))
    }

    /// Runs a command to its end with a line on its standard input.
    pub fn of_line(mut command: Command, line: &str) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        // Who refuses before it reads closes its end.
        let _ = writeln!(child.stdin.take().expect("stdin"), "{line}");
        Self::from(child.wait_with_output().expect("it ends"))
    }

    /// Requires success and gives the JSON.
    #[track_caller]
    pub fn done(self) -> Value {
        assert_eq!(self.status, 0, "{self:?}");
        self.json
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let json = serde_json::from_str(&stdout)
            .or_else(|_| serde_json::from_str(stdout.lines().last().unwrap_or_default()))
            .unwrap_or(Value::Null);
        Self {
            status: output.status.code().unwrap_or(-1),
            json,
            stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
