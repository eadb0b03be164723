//! Finding the policy of this machine, or the one that the environment names, and reading all of it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::effective::Effective;
use crate::fs::FileSystem;
use crate::managed::ManagedSettings;
use crate::message::Message;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::sentences as say;

/// Where to look for policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyEnvironment {
    /// The machine's policy folder, from [`crate::locations::machine_dir`].
    pub machine_dir: Option<PathBuf>,
    /// The file that `--policy` or `CONVOKE_POLICY_FILE` names. An empty path names nothing.
    pub override_file: Option<PathBuf>,
}

/// Why there is no policy to speak of. Everything else is a [`crate::Problem`] of the [`Effective`].
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum LoadError {
    /// A policy file was named, and the machine has a policy of its own.
    #[error("{}", overruled(.machine, .named))]
    MachineHasPolicy {
        /// The machine's file, or the place of its managed settings.
        machine: PathBuf,
        /// The file that was named.
        named: PathBuf,
    },
}

impl LoadError {
    /// The error as a sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        let Self::MachineHasPolicy { machine, named } = self;
        overruled(machine, named)
    }
}

fn overruled(machine: &Path, named: &Path) -> Message {
    say::overruled(machine.display().to_string(), named.display().to_string())
}

/// Reads the policy. A source that can't be read or trusted is a problem that blocks sign-in, not an absent one.
///
/// # Errors
/// [`LoadError::MachineHasPolicy`] if a file was named on a machine that has a policy.
pub fn load(
    environment: &PolicyEnvironment,
    fs: &dyn FileSystem,
    managed: &dyn ManagedSettings,
) -> Result<Effective, LoadError> {
    Ok(Reading::take(environment, fs, managed)?.effective())
}

/// Every problem of one file, wherever it lies and whoever owns it: what an administrator asks before rolling it out.
#[must_use]
pub fn validate_file(path: &Path, fs: &dyn FileSystem) -> Vec<Problem> {
    Reading::of_file(path, fs).effective().problems().to_vec()
}
