//! The names that ADMX and ADML share: an element of one refers to a text of the other.

use crate::generate::registry_level;
use crate::key::{Key, Kind, Place};
use crate::keys::KEYS;
use crate::source::Level;

/// The revision of both files. Raise it with every change of the table that administrators should notice.
pub const REVISION: &str = "1.0";

/// The id of the one element that a policy has.
pub const ELEMENT: &str = "value";

/// The text that says which versions take the policies.
pub const SUPPORTED: &str = "SUPPORTED_CONVOKE";

/// The category of everything.
pub const ROOT: &str = "Convoke";

/// A key at a level, which is one policy in the editor.
pub struct Policy {
    pub level: Level,
    pub key: &'static Key,
}

impl Policy {
    /// Every policy, level by level. Keys that hold for everybody stand with the enforced ones.
    pub fn all() -> impl Iterator<Item = Self> {
        [Level::Enforced, Level::Default].into_iter().flat_map(|level| {
            let fits = move |key: &&Key| level == Level::Enforced || key.place == Place::Levels;
            KEYS.iter().filter(fits).map(move |key| Self { level, key })
        })
    }

    pub fn id(&self) -> String {
        format!("{}_{}", registry_level(self.level), self.key.name.replace('.', "_"))
    }

    pub fn help(&self) -> String {
        format!("{}_Help", self.id())
    }

    pub fn category(&self) -> String {
        category(self.level, self.key.name.split('.').next().unwrap_or_default())
    }
}

/// The category of a section at a level.
pub fn category(level: Level, section: &str) -> String {
    format!("{ROOT}_{}_{section}", registry_level(level))
}

/// The category of a level.
pub fn level_category(level: Level) -> String {
    format!("{ROOT}_{}", registry_level(level))
}

/// The text of a word that a setting takes.
pub fn word(word: &str) -> String {
    format!("Word_{word}")
}

/// Every word that some setting offers, once. Lists are typed in, so theirs need no text.
pub fn words() -> Vec<&'static str> {
    let offered = |key: &Key| match key.kind {
        Kind::Choice(words) => words,
        _ => &[],
    };
    let mut all: Vec<&str> = KEYS.iter().flat_map(offered).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A reference to a text of the ADML file.
pub fn string(id: &str) -> String {
    format!("$(string.{id})")
}
