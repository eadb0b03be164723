//! Finding the policy of this machine, or the one that the environment names, and reading all of it.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::effective::{Effective, effective};
use crate::fs::{FileKind, FileSystem, trusted};
use crate::locations::{MAIN_FILE, MORE_FILES};
use crate::problem::{Problem, ProblemKind};
use crate::read::{FileSource, Parsed, read};
use crate::text::MAX_BYTES;

/// More files than anybody merges by hand; past it something is wrong with the folder.
const MAX_FILES: usize = 100;

/// Where to look for policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyEnvironment {
    /// The machine's policy folder, from [`crate::locations::machine_dir`].
    pub machine_dir: Option<PathBuf>,
    /// The file that `--policy` or `CONVOKE_POLICY_FILE` names. An empty path names nothing.
    pub override_file: Option<PathBuf>,
}

/// Why there is no policy to speak of. Everything else is a [`crate::Problem`] of the [`Effective`].
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LoadError {
    /// A policy file was named, and the machine has a policy of its own.
    #[error(
        "This machine has a policy of its own ({}); {} is not used. Leave out --policy and CONVOKE_POLICY_FILE.",
        .machine.display(),
        .named.display()
    )]
    MachineHasPolicy {
        /// The machine's file.
        machine: PathBuf,
        /// The file that was named.
        named: PathBuf,
    },
}

/// Reads the policy. A file that can't be read or trusted is a problem that blocks sign-in, not an absent file.
///
/// # Errors
/// [`LoadError::MachineHasPolicy`] if a file was named on a machine that has a policy.
pub fn load(environment: &PolicyEnvironment, fs: &dyn FileSystem) -> Result<Effective, LoadError> {
    let machine =
        environment.machine_dir.as_deref().map(|folder| machine_files(folder, fs)).unwrap_or_default();
    let named = environment.override_file.as_ref().filter(|path| !path.as_os_str().is_empty());
    match (named, machine.first()) {
        (Some(named), Some(first)) => {
            Err(LoadError::MachineHasPolicy { machine: first.file.clone().into(), named: named.clone() })
        }
        (Some(named), None) => Ok(effective(&[named_file(named, fs)])),
        (None, _) => Ok(effective(&machine)),
    }
}

/// Every problem of one file, wherever it lies and whoever owns it: what an administrator asks before rolling it out.
#[must_use]
pub fn validate_file(path: &Path, fs: &dyn FileSystem) -> Vec<Problem> {
    effective(&[named_file(path, fs)]).problems().to_vec()
}

/// `policy.json`, then `policy.d/*.json` by name; an empty list if the machine has no policy.
fn machine_files(folder: &Path, fs: &dyn FileSystem) -> Vec<Parsed> {
    let main = folder.join(MAIN_FILE);
    let more = folder.join(MORE_FILES);
    let mut files: Vec<Parsed> = read_file(&main, Trust::Administrators, fs).into_iter().collect();
    match fs.json_files(&more) {
        Ok(paths) if paths.len() > MAX_FILES => {
            let message = format!("The folder holds more than {MAX_FILES} policy files.");
            files.push(Parsed::refused(&name(&more), ProblemKind::Refused, message));
        }
        Ok(paths) => files.extend(paths.iter().filter_map(|path| read_file(path, Trust::Administrators, fs))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            let message = format!("The folder can't be read: {error}.");
            files.push(Parsed::refused(&name(&more), ProblemKind::Refused, message));
        }
    }
    files
}

fn named_file(path: &Path, fs: &dyn FileSystem) -> Parsed {
    read_file(path, Trust::Anybody, fs).unwrap_or_else(|| {
        Parsed::refused(&name(path), ProblemKind::Refused, "There is no such file.".to_owned())
    })
}

/// Whose files are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Only what nobody but an administrator can write.
    Administrators,
    /// Any file: whoever named it could as well name another.
    Anybody,
}

fn read_file(path: &Path, trust: Trust, fs: &dyn FileSystem) -> Option<Parsed> {
    let file = name(path);
    let refused = |message: String| Some(Parsed::refused(&file, ProblemKind::Refused, message));
    let opened = match fs.open(path) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return refused(format!("The file can't be opened: {error}.")),
    };
    match opened.kind {
        FileKind::Regular => {}
        FileKind::Folder => return refused("This is a folder, not a file.".to_owned()),
        FileKind::Special => return refused("This is a device or a pipe, not a file.".to_owned()),
    }
    if trust == Trust::Administrators
        && let Err(distrust) = trusted(&opened)
    {
        return refused(distrust.to_string());
    }
    // One byte more than is allowed, so that reading tells a file that is too large from one that just fits.
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match opened.content.take(limit).read_to_end(&mut bytes) {
        Ok(_) => Some(read(FileSource { name: &file, bytes: &bytes })),
        Err(error) => refused(format!("The file can't be read: {error}.")),
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
