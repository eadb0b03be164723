//! When this device last looked by itself whether an administrator approved. It lies in the account's folder, so that
//! the window and every run of `convokectl` share it: each look is a refused refresh at Microsoft until somebody did.

use crate::json_file::{self, FileError};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The least time between two looks that nobody asked for: an approval takes people hours, not seconds.
const PAUSE: TimeDelta = TimeDelta::minutes(15);

#[derive(Serialize, Deserialize)]
struct Written {
    at: DateTime<Utc>,
}

/// Whether a look is due in the account whose folder this is. What can't be read, or lies in the future, holds up
/// nothing: the look that follows writes it anew.
pub fn is_due(account: &Path, now: DateTime<Utc>) -> bool {
    match json_file::read::<Written>(&path(account)) {
        Ok(last) => last.is_none_or(|last| last.at > now || now - last.at >= PAUSE),
        Err(error) => {
            tracing::warn!(%error, "time of the last look not read");
            true
        }
    }
}

/// Remembers that it looks now.
///
/// # Errors
/// When the system refuses.
pub fn remember(account: &Path, now: DateTime<Utc>) -> Result<(), FileError> {
    json_file::write(&path(account), &Written { at: now })
}

/// Forgets it.
///
/// # Errors
/// When the system refuses.
pub fn forget(account: &Path) -> Result<(), FileError> {
    json_file::remove(&path(account))
}

fn path(account: &Path) -> PathBuf {
    account.join("recheck.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_again_after_a_quarter_of_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let account = folder.path().join("account");
        let start: DateTime<Utc> = "2026-11-27T08:00:00Z".parse().unwrap();
        assert!(is_due(&account, start));
        remember(&account, start).unwrap();
        assert!(!is_due(&account, start));
        assert!(!is_due(&account, start + PAUSE - TimeDelta::seconds(1)));
        assert!(is_due(&account, start + PAUSE));
        assert!(is_due(&account, start - TimeDelta::seconds(1)), "the clock was set back");
        std::fs::write(path(&account), "{").unwrap();
        assert!(is_due(&account, start));
        remember(&account, start).unwrap();
        forget(&account).unwrap();
        assert!(is_due(&account, start));
    }
}
