//! The home folder and what can be done at it.

use crate::keyring::Keyring;
use crate::program::{Answer, convokectl};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A computer: home folder, keyring, policy.
pub struct Desk {
    home: tempfile::TempDir,
    /// Its keyring.
    pub keyring: Keyring,
    /// The policy file in use.
    pub policy: PathBuf,
}

impl Desk {
    /// A fresh computer with a keyring, under a policy. It gets a copy, which outlives the tenant's own.
    pub fn new(policy: impl AsRef<Path>) -> Self {
        Self::with(policy.as_ref(), Keyring::start)
    }

    /// A fresh computer without any keyring.
    pub fn without_keyring(policy: impl AsRef<Path>) -> Self {
        Self::with(policy.as_ref(), Keyring::without_daemon)
    }

    fn with(policy: &Path, keyring: impl FnOnce(&Path) -> Keyring) -> Self {
        let home = tempfile::tempdir().expect("a home folder");
        let copy = home.path().join("policy.json");
        std::fs::copy(policy, &copy).expect("the policy is copied");
        let keyring = keyring(home.path());
        Self { home, keyring, policy: copy }
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where accounts and caches lie.
    pub fn data(&self) -> PathBuf {
        self.home().join(".local/share/convoke")
    }

    /// The one cache file of the desk.
    pub fn cache(&self) -> PathBuf {
        std::fs::read_dir(self.data())
            .expect("data folder")
            .flatten()
            .map(|entry| entry.path().join("cache.db"))
            .find(|path| path.exists())
            .expect("a cache")
    }

    /// `convokectl` with arguments, prepared to run at this desk.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(convokectl());
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("TZ", "UTC")
            .env("BROWSER", "/bin/false")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.keyring.address)
            .env("CONVOKE_POLICY_FILE", &self.policy);
        command
    }

    /// Runs `convokectl --json` to its end.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        Answer::of(self.command(&all))
    }

    /// Runs `convokectl --json` to its end with a line on its standard input.
    pub fn run_with_line(&self, arguments: &[&str], line: &str) -> Answer {
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        Answer::of_line(self.command(&all), line)
    }
}
