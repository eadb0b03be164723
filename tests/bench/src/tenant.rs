//! The simulated tenant, in a process of its own: what it costs is not the client's.

use crate::error::BenchError;
use crate::naive::agent;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running tenant; it ends with its owner.
pub struct Tenant {
    child: Child,
    /// What it says of itself.
    pub ready: Ready,
}

/// The part of its first line that is needed here.
#[derive(Debug, Deserialize)]
pub struct Ready {
    /// Graph's root.
    pub graph: String,
    /// The policy file that points at it.
    pub policy: PathBuf,
    /// Where it is controlled.
    pub control: String,
    /// Who can sign in.
    pub users: Vec<User>,
}

/// A person.
#[derive(Debug, Deserialize)]
pub struct User {
    /// Their user name.
    pub username: String,
    /// Their password.
    pub password: String,
}

impl Tenant {
    /// Starts a tenant of so many events and contacts.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(program: &Path, events: usize, contacts: usize) -> Result<Self, BenchError> {
        let name = "convoke-tenant";
        let sizes = ["--seed", "7", "--events", &events.to_string(), "--contacts", &contacts.to_string()]
            .map(str::to_owned);
        let mut command = Command::new(program);
        command.args(sizes).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(BenchError::program(name))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(BenchError::program(name))?;
        }
        match serde_json::from_str(&line) {
            Ok(ready) => Ok(Self { child, ready }),
            Err(error) => {
                end(&mut child);
                Err(error.into())
            }
        }
    }

    /// An access token that a signed-in program was given and that Graph takes for the mailbox.
    ///
    /// # Errors
    /// When there is none.
    pub fn token(&self) -> Result<String, BenchError> {
        let agent = agent();
        let tokens =
            agent.get(format!("{}/tokens", self.ready.control)).call()?.body_mut().read_to_string()?;
        let tokens: Vec<String> = serde_json::from_str(&tokens)?;
        let is_taken = |token: &String| {
            ["calendars", "contactFolders"].into_iter().all(|list| {
                let request = agent.get(format!("{}/me/{list}", self.ready.graph));
                request.header("Authorization", format!("Bearer {token}")).call().is_ok()
            })
        };
        let found = tokens.into_iter().find(is_taken);
        found.ok_or_else(|| BenchError::Wrong("no token opens both calendars and contacts".to_owned()))
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Ends a program and waits until it is gone.
pub fn end(child: &mut Child) {
    // One that is gone already needs no end.
    let _ = child.kill();
    let _ = child.wait();
}
