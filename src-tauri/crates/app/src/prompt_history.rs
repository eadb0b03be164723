//! Whether an account was ever asked to integrate on this device. It outlives signing out and other accounts: "once"
//! means once (policy.md, `integration.prompt`). Only signing out with everything forgets it.

use crate::json_file::{self, FileError};
use convoke_policy::prompt::PromptHistory;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Serialize, Deserialize)]
struct Written {
    asked: bool,
}

/// The history of the account whose folder this is. What can't be read counts as asked: nobody is asked twice.
pub fn read(account: &Path) -> PromptHistory {
    let asked = match json_file::read::<Written>(&path(account)) {
        Ok(written) => written.is_some_and(|written| written.asked),
        Err(error) => {
            tracing::warn!(%error, "history of the prompt not read");
            true
        }
    };
    PromptHistory { asked }
}

/// Remembers that the account was asked.
///
/// # Errors
/// When the system refuses.
pub fn remember(account: &Path) -> Result<(), FileError> {
    json_file::write(&path(account), &Written { asked: true })
}

/// Forgets it.
///
/// # Errors
/// When the system refuses.
pub fn forget(account: &Path) -> Result<(), FileError> {
    json_file::remove(&path(account))
}

fn path(account: &Path) -> PathBuf {
    account.join("prompt.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asked_once_is_asked_until_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let account = folder.path().join("account");
        assert!(!read(&account).asked);
        remember(&account).unwrap();
        assert!(read(&account).asked);
        forget(&account).unwrap();
        assert!(!read(&account).asked);
        std::fs::write(path(&account), "{").unwrap();
        assert!(read(&account).asked, "rather not at all than twice");
    }
}
