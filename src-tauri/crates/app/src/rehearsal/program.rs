//! The simulated tenant as a program of its own: found, started, and ended by its id.

use crate::code::{Code, Failure};
use serde::Deserialize;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The program's name, and its package's.
const NAME: &str = "convoke-tenant";

/// A small world: what is looked at is consent, not data. Its Exchange server offers every way to sign in, so that the
/// policy decides.
const SMALL: [&str; 13] = [
    "--attached",
    "--port",
    "0",
    "--events",
    "24",
    "--contacts",
    "12",
    "--directory",
    "12",
    "--scenario",
    "ewsBasic",
    "--scenario",
    "hybridModernAuth",
];

/// How long it may take to start and to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// The tenant's line when it is ready, as far as a rehearsal needs it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ready {
    /// Where it is controlled.
    pub control: String,
    /// EWS of the on-premises server.
    pub ews: String,
    /// A policy file with SSO through Entra.
    pub policy: PathBuf,
    /// A policy file with SSO through an OpenID provider of the organization's own.
    pub policy_sso: PathBuf,
    /// Who can sign in.
    pub users: Vec<User>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// `user` or `admin`.
    pub role: String,
    /// `cloud`, `onPremises` or `none`.
    pub mailbox: String,
}

/// The tenant's program beside `own`, else in the folders of `path`.
///
/// # Errors
/// When it is in neither: names the package.
pub fn find(own: Option<&Path>, path: Option<&OsStr>) -> Result<PathBuf, Failure> {
    let file = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    let beside = own.and_then(Path::parent).map(Path::to_owned);
    let folders = path.map(|path| std::env::split_paths(path).collect::<Vec<_>>()).unwrap_or_default();
    // A relative folder would be one of the folder this happens to run in.
    let mut places = beside.into_iter().chain(folders).filter(|folder| folder.is_absolute());
    places.find_map(|folder| Some(folder.join(&file)).filter(|program| program.is_file())).ok_or_else(|| {
        Failure {
            message: format!("The simulated tenant, {NAME}, is not installed."),
            help: format!("Install the package \"{NAME}\", then rehearse again."),
            ..Failure::new(Code::NotFound)
        }
    })
}

/// The running program. What is dropped without [`Tenant::end`] is killed.
pub(super) struct Tenant {
    child: Child,
}

impl Tenant {
    /// Starts the program.
    pub fn start(program: &Path) -> Result<Self, Failure> {
        let child = Command::new(program)
            .args(SMALL)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        child.map(|child| Self { child }).map_err(|error| not_started(&error.to_string()))
    }

    /// Waits for the line it prints when it is ready.
    pub async fn ready(&mut self) -> Result<Ready, Failure> {
        let stdout = self.child.stdout.take().ok_or_else(|| not_started("no output"))?;
        let mut line = String::new();
        let mut lines = BufReader::new(stdout);
        let read = tokio::time::timeout(PATIENCE, lines.read_line(&mut line)).await;
        read.map_err(|_| not_started("it does not get ready"))?
            .map_err(|error| not_started(&error.to_string()))?;
        serde_json::from_str(&line).map_err(|error| not_started(&error.to_string()))
    }

    /// Ends it: the end of its input is its sign, so that it removes its files; else it is killed by its id.
    pub async fn end(mut self) {
        drop(self.child.stdin.take());
        if tokio::time::timeout(PATIENCE, self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
    }
}

fn not_started(detail: &str) -> Failure {
    Failure {
        message: format!("The simulated tenant, {NAME}, did not start."),
        help: format!("Run {NAME} by itself to see why, and install the same version as convokectl's."),
        ..Failure::new(Code::Internal)
    }
    .with_detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_the_program_goes_before_the_path_and_relative_folders_are_none() {
        let (beside, on_path) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let own = beside.path().join("convokectl");
        let path = std::env::join_paths([Path::new("."), on_path.path()]).unwrap();
        let file = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
        let missing = find(Some(&own), Some(&path)).unwrap_err();
        assert!(missing.help.contains("package \"convoke-tenant\""), "{missing}");
        std::fs::write(on_path.path().join(&file), "").unwrap();
        assert_eq!(find(Some(&own), Some(&path)).unwrap(), on_path.path().join(&file));
        std::fs::write(beside.path().join(&file), "").unwrap();
        assert_eq!(find(Some(&own), Some(&path)).unwrap(), beside.path().join(&file));
    }
}
