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
    /// A fresh computer with a keyring, under a policy.
    pub fn new(policy: impl Into<PathBuf>) -> Self {
        let home = tempfile::tempdir().expect("a home folder");
        let keyring = Keyring::start(home.path());
        Self { home, keyring, policy: policy.into() }
    }

    /// A fresh computer without any keyring.
    pub fn without_keyring(policy: impl Into<PathBuf>) -> Self {
        let home = tempfile::tempdir().expect("a home folder");
        let keyring = Keyring::without_daemon(home.path());
        Self { home, keyring, policy: policy.into() }
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
}
