//! Settings that the system's own management brings: Group Policy and Intune on Windows, configuration profiles on
//! macOS. Linux has nothing of the kind.
//!
//! They are one more source, read before `policy.json`. Within a level a file wins over them, since a file is what an
//! administrator put on this very machine, and since one documented order must hold on all systems.

use thiserror::Error;

use crate::fs::Distrust;
use crate::message::Message;
use crate::problem::ProblemKind;
use crate::sentences as say;
use crate::source::Level;

mod judge;
#[cfg(any(target_os = "macos", test))]
mod preferences;
#[cfg(windows)]
mod registry;

pub(crate) use judge::judge;
pub use platform::system;

/// Where the system's management leaves its settings.
pub trait ManagedSettings {
    /// The place as a whole, for people.
    fn name(&self) -> String;

    /// Every setting there is; an empty list where the machine is not managed.
    ///
    /// # Errors
    /// [`ManagedError`] if there are settings that can't be read.
    fn settings(&self) -> Result<Vec<Setting>, ManagedError>;
}

/// One setting, as the management has it. Nothing of it is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its level. [`Level::Product`] does not occur.
    pub level: Level,
    /// The key's dotted name.
    pub name: String,
    /// Its value.
    pub value: Given,
    /// Where it stands: the path in the registry, or the key in the property list.
    pub place: String,
}

/// A value as the management has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `true` or `false`. The registry has none; there 0 and 1 stand for them.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text. An empty one counts as `null`, which neither place can say.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Settings below a name that holds none in this place.
    Section,
    /// A value of a type that no key takes; what it is, in words.
    Other(Message),
}

/// Why managed settings can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ManagedError {
    /// They can't be read, for this reason: the end of a sentence.
    #[error("{}", say::managed_unreadable(.0.clone()))]
    Unreadable(Message),
    /// Others than an administrator could have written them.
    #[error("The managed settings can't be read: {0}")]
    Untrusted(#[source] Distrust),
}

impl ManagedError {
    /// The error as a sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable(reason) => say::managed_unreadable(reason.clone()),
            Self::Untrusted(distrust) => distrust.message().in_words(self.to_string()),
        }
    }

    /// What sort of problem it is.
    #[must_use]
    pub fn kind(&self) -> ProblemKind {
        match self {
            Self::Unreadable(_) => ProblemKind::Refused,
            Self::Untrusted(_) => ProblemKind::Untrusted,
        }
    }
}

/// A machine that nobody manages: the demo, tests, and systems without such a management.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unmanaged;

impl ManagedSettings for Unmanaged {
    fn name(&self) -> String {
        "nothing".to_owned()
    }

    fn settings(&self) -> Result<Vec<Setting>, ManagedError> {
        Ok(Vec::new())
    }
}

#[cfg(windows)]
mod platform {
    use super::ManagedSettings;
    use super::registry::Registry;

    /// The managed settings of this machine.
    #[must_use]
    pub fn system() -> impl ManagedSettings {
        Registry
    }
}

#[cfg(target_os = "macos")]
mod platform {
    use std::path::Path;

    use super::ManagedSettings;
    use super::preferences::ManagedPreferences;
    use crate::fs::StdFileSystem;
    use crate::generate::PREFERENCE_DOMAIN;

    /// The managed settings of this machine.
    #[must_use]
    pub fn system() -> impl ManagedSettings {
        let folder = Path::new("/Library/Managed Preferences");
        ManagedPreferences::new(folder.join(format!("{PREFERENCE_DOMAIN}.plist")), Box::new(StdFileSystem))
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
mod platform {
    use super::{ManagedSettings, Unmanaged};

    /// The managed settings of this machine: none on this system.
    #[must_use]
    pub fn system() -> impl ManagedSettings {
        Unmanaged
    }
}
