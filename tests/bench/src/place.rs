//! A computer with somebody signed in and connected, whose mailbox the simulated tenant holds.

use crate::error::BenchError;
use crate::process::{self, Ran};
use crate::programs::built;
use crate::tenant::{Tenant, User};
use convoke_desk::{Browser, Desk};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Home folder, keyring, policy, tenant.
pub struct Place {
    desk: Desk,
    /// The tenant.
    pub tenant: Tenant,
    ctl: PathBuf,
}

impl Place {
    /// A place whose mailbox has so many events and contacts; signed in and connected, nothing synced yet.
    ///
    /// # Errors
    /// When a program does not do its part.
    pub fn connected(events: usize, contacts: usize) -> Result<Self, BenchError> {
        let tenant = Tenant::start(&built("convoke-tenant")?, events, contacts)?;
        let desk = Desk::new(&tenant.ready.policy);
        let place = Self { desk, tenant, ctl: built("convokectl")? };
        let mut browser = match place.tenant.ready.users.first() {
            Some(User { username, password }) => Browser::of(username, password),
            None => return Err(BenchError::Wrong("the tenant has no users".to_owned())),
        };
        place.through_browser("sign-in", "signedIn", &mut browser)?;
        place.through_browser("connect", "connected", &mut browser)?;
        copy(&place.desk.data(), &place.fresh())?;
        Ok(place)
    }

    /// A program that sees this computer and nothing of the one that it runs on.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.desk.home())
            .env("XDG_RUNTIME_DIR", self.desk.home())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .env("BROWSER", "/bin/false")
            .env("NO_PROXY", "localhost,127.0.0.1,::1")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.desk.keyring.address)
            .env("CONVOKE_POLICY_FILE", &self.desk.policy);
        command
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.desk.home()
    }

    /// Puts accounts and caches back to when nothing was synced yet.
    ///
    /// # Errors
    /// When a file resists.
    pub fn forget_synced(&self) -> Result<(), BenchError> {
        let data = self.desk.data();
        fs::remove_dir_all(&data).map_err(BenchError::file(&data))?;
        copy(&self.fresh(), &data)
    }

    /// Runs `convokectl --json sync`; what it cost and what it answered.
    ///
    /// # Errors
    /// When it does not succeed.
    pub fn sync(&self) -> Result<(Ran, Value), BenchError> {
        let mut command = self.command(&self.ctl);
        command.args(["--json", "sync"]);
        let ran = process::run(command)?;
        let answer = serde_json::from_str(&ran.stdout)?;
        Ok((ran, answer))
    }

    fn fresh(&self) -> PathBuf {
        self.desk.home().join("fresh")
    }

    /// Runs a command that ends with an event and that a person acts for in the browser meanwhile.
    fn through_browser(&self, name: &str, last: &str, browser: &mut Browser) -> Result<(), BenchError> {
        let broken = |source| BenchError::Program { program: format!("convokectl {name}"), source };
        let mut command = self.command(&self.ctl);
        command.args(["--json", name, "--print-url", "--timeout", "60"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(broken)?;
        let mut said = String::new();
        if let Some(stdout) = child.stdout.take() {
            let mut stdout = BufReader::new(stdout);
            stdout.read_line(&mut said).map_err(broken)?;
            let event: Value = serde_json::from_str(&said)?;
            if let Some(address) = event["url"].as_str() {
                browser.go(address);
            }
            stdout.read_to_string(&mut said).map_err(broken)?;
        }
        let status = child.wait().map_err(broken)?;
        let event: Value = serde_json::from_str(said.lines().last().unwrap_or_default())?;
        if status.success() && event["event"] == last {
            return Ok(());
        }
        Err(BenchError::Ended { program: format!("convokectl {name}"), status, output: said })
    }
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Result<(), BenchError> {
    fs::create_dir_all(to).map_err(BenchError::file(to))?;
    for entry in fs::read_dir(from).map_err(BenchError::file(from))? {
        let entry = entry.map_err(BenchError::file(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(BenchError::file(&source))?;
        }
    }
    Ok(())
}
