//! Node.js and the packages of the folders that have a package.json.

use std::path::Path;
use std::time::SystemTime;

use crate::command::{answer, program, run_quietly};
use crate::error::Error;
use crate::project::{NODE_PACKAGES, npm, root};

/// The oldest Node.js that the tools of the UI run on.
const OLDEST: u32 = 20;

/// Checks that Node.js and npm are there and new enough.
pub fn check() -> Result<(), Error> {
    let version = answer(program("node", ["--version"])).unwrap_or_default();
    if major(&version).is_some_and(|major| major >= OLDEST) && answer(program(npm(), ["--version"])).is_some()
    {
        return Ok(());
    }
    let found = if version.is_empty() { "none".to_owned() } else { version };
    Err(Error::Missing(format!(
        "Missing: Node.js {OLDEST} or newer with npm (found: {found}).\n\
         Install it from https://nodejs.org/en/download or with your package manager, then try again."
    )))
}

/// Installs the packages of each folder whose lock file is newer than what is installed.
pub fn install() -> Result<(), Error> {
    for folder in NODE_PACKAGES.map(|folder| root().join(folder)) {
        if is_stale(&folder) {
            println!("Installing the packages of {} …", folder.display());
            let mut command = program(npm(), ["ci", "--no-audit", "--no-fund"]);
            run_quietly({
                command.current_dir(&folder);
                command
            })?;
        }
    }
    Ok(())
}

fn is_stale(folder: &Path) -> bool {
    let changed = |name: &str| -> Option<SystemTime> { folder.join(name).metadata().ok()?.modified().ok() };
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(wanted), Some(installed)) => wanted > installed,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_versions() {
        let check = |version, expected| assert_eq!(major(version), expected, "{version}");
        check("v20.20.2", Some(20));
        check("v8.0.0", Some(8));
        check("20.1.0", None);
        check("", None);
    }
}
