//! The user's own settings file.

use crate::json_file::{self, FileError};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Settings that the user chose; what isn't chosen follows policy and product.
/// Keys of a newer version are kept as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// `system`, `en` or `es`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `system`, `light` or `dark`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// What this version doesn't know.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// Languages that can be chosen.
pub const LANGUAGES: [&str; 3] = ["system", "en", "es"];
/// Themes that can be chosen.
pub const THEMES: [&str; 3] = ["system", "light", "dark"];

impl Settings {
    /// Reads the file. A damaged one counts as absent and is left in place until something is chosen.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        match json_file::read(&path(folder)) {
            Ok(settings) => settings.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "settings not read");
                Self::default()
            }
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, folder: &Path) -> Result<(), FileError> {
        json_file::write(&path(folder), self)
    }
}

fn path(folder: &Path) -> std::path::PathBuf {
    folder.join("settings.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b78_keys_of_a_newer_version_survive() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(path(folder.path()), r#"{"theme":"dark","density":"compact"}"#).unwrap();
        let mut settings = Settings::read(folder.path());
        settings.language = Some("es".into());
        settings.write(folder.path()).unwrap();
        let text = std::fs::read_to_string(path(folder.path())).unwrap();
        assert!(text.contains("compact") && text.contains("\"es\"") && text.contains("dark"), "{text}");
    }

    #[test]
    fn b78_a_damaged_file_counts_as_absent() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(path(folder.path()), "{{{{").unwrap();
        assert_eq!(Settings::read(folder.path()), Settings::default());
    }
}
