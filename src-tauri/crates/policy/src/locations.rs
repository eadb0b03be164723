//! Where the machine's policy lives.

use std::path::PathBuf;

/// The file in the policy folder that is read first.
pub const MAIN_FILE: &str = "policy.json";

/// The folder in the policy folder whose `*.json` files are merged over it in the order of their names.
pub const MORE_FILES: &str = "policy.d";

/// The environment variable that names a policy for machines that have none.
pub const OVERRIDE_VARIABLE: &str = "CONVOKE_POLICY_FILE";

/// The folder of the machine's policy. No environment variable has a say in it: whoever starts the app could
/// otherwise leave the policy behind. `None` only where Windows does not tell its `ProgramData` folder.
#[must_use]
pub fn machine_dir() -> Option<PathBuf> {
    platform::machine_dir()
}

#[cfg(target_os = "macos")]
mod platform {
    use super::PathBuf;

    pub fn machine_dir() -> Option<PathBuf> {
        Some(PathBuf::from("/Library/Application Support/Convoke"))
    }
}

#[cfg(windows)]
mod platform {
    use super::PathBuf;

    pub fn machine_dir() -> Option<PathBuf> {
        known_folders::get_known_folder_path(known_folders::KnownFolder::ProgramData)
            .map(|folder| folder.join("Convoke"))
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
mod platform {
    use super::PathBuf;

    pub fn machine_dir() -> Option<PathBuf> {
        Some(PathBuf::from("/etc/convoke"))
    }
}
