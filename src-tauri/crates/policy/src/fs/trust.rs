//! Whether only administrators can have written a file.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Facts, OpenedFile};
use crate::message::Message;
use crate::sentences as say;

/// Why a file can't be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Distrust {
    /// Somebody else owns it, and owners can always write.
    #[error("{}", say::foreign_owner(shown(.0)))]
    Owner(PathBuf),
    /// Others may write it.
    #[error("{}", say::others_write(shown(.0)))]
    Writable(PathBuf),
}

impl Distrust {
    /// The reason as a sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Owner(path) => say::foreign_owner(shown(path)),
            Self::Writable(path) => say::others_write(shown(path)),
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Checks the file and every folder above it: who can write a folder can replace what is in it.
///
/// # Errors
/// [`Distrust`] naming the first culprit, the file before its folders.
pub fn trusted(opened: &OpenedFile) -> Result<(), Distrust> {
    check(&opened.file, false)?;
    for (depth, folder) in opened.folders.iter().enumerate() {
        // The folder that holds the file must be closed altogether. Above it a sticky folder is enough, because
        // nobody can replace an administrator's folder in there.
        check(folder, depth > 0 && folder.sticky)?;
    }
    Ok(())
}

fn check(facts: &Facts, additions_are_harmless: bool) -> Result<(), Distrust> {
    if !facts.owned_by_administrator {
        return Err(Distrust::Owner(facts.path.clone()));
    }
    if facts.writable_by_others && !additions_are_harmless {
        return Err(Distrust::Writable(facts.path.clone()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::FileKind;

    fn facts(path: &str, owned_by_administrator: bool, writable_by_others: bool, sticky: bool) -> Facts {
        Facts { path: path.into(), owned_by_administrator, writable_by_others, sticky }
    }

    fn check(file: Facts, folders: &[Facts], expected: Result<(), Distrust>) {
        let content = Box::new(std::io::empty());
        let opened = OpenedFile { kind: FileKind::Regular, file, folders: folders.to_vec(), content };
        assert_eq!(trusted(&opened), expected);
    }

    #[test]
    fn b66_only_administrators_may_have_written() {
        let good = || facts("/etc/convoke/policy.json", true, false, false);
        let folder = || facts("/etc/convoke", true, false, false);
        check(good(), &[folder()], Ok(()));
        let writable = facts("/f", true, true, false);
        check(writable.clone(), &[folder()], Err(Distrust::Writable("/f".into())));
        let foreign = facts("/f", false, false, false);
        check(foreign.clone(), &[folder()], Err(Distrust::Owner("/f".into())));
        check(good(), &[writable], Err(Distrust::Writable("/f".into())));
        check(good(), &[folder(), foreign], Err(Distrust::Owner("/f".into())));
    }

    #[test]
    fn b66_a_sticky_folder_is_enough_higher_up_only() {
        let good = || facts("/tmp/a/policy.json", true, false, false);
        let sticky = || facts("/tmp", true, true, true);
        check(good(), &[facts("/tmp/a", true, false, false), sticky()], Ok(()));
        check(good(), &[sticky()], Err(Distrust::Writable("/tmp".into())));
    }
}
