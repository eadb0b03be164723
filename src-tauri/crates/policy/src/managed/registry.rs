//! Windows: what Group Policy or Intune wrote below `HKLM\SOFTWARE\Policies\Convoke`.
//!
//! Only administrators can write there (Microsoft, "Registry-based policy settings"); the user's own hive is not read,
//! because the user can change it.

use std::fmt::Display;

use windows_registry::{Key, LOCAL_MACHINE, Type};

use super::{Given, ManagedError, ManagedSettings, Setting};
use crate::generate::{REGISTRY_KEY, registry_level};
use crate::sentences as say;
use crate::source::Level;

/// `ERROR_FILE_NOT_FOUND`, as the result code that Windows' own crates hand out.
const NOT_FOUND: i32 = 0x8007_0002_u32.cast_signed();

/// The registry of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Registry;

impl ManagedSettings for Registry {
    fn name(&self) -> String {
        format!("HKLM\\{REGISTRY_KEY}")
    }

    fn settings(&self) -> Result<Vec<Setting>, ManagedError> {
        let mut settings = Vec::new();
        for level in [Level::Enforced, Level::Default] {
            let path = format!("{REGISTRY_KEY}\\{}", registry_level(level));
            match LOCAL_MACHINE.open(&path) {
                Ok(key) => settings.extend(values(&key, level, &path)?),
                Err(error) if error.code().0 == NOT_FOUND => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(settings)
    }
}

fn values(key: &Key, level: Level, path: &str) -> Result<Vec<Setting>, ManagedError> {
    let values = key.values().map_err(failed)?;
    let setting = |(name, value): (String, windows_registry::Value)| {
        let place = format!("HKLM\\{path}\\{name}");
        Setting { level, value: given(value), place, name }
    };
    // The unnamed value of a key is no setting; Windows' own editor shows it whether there is one or not.
    Ok(values.filter(|(name, _)| !name.is_empty()).map(setting).collect())
}

fn given(value: windows_registry::Value) -> Given {
    let kind = value.ty();
    let read = match kind {
        Type::U32 | Type::U64 => {
            u64::try_from(value).ok().and_then(|number| i64::try_from(number).ok()).map(Given::Integer)
        }
        Type::String => String::try_from(value).ok().map(Given::Text),
        // The list ends with an empty text.
        Type::MultiString => Vec::try_from(value).ok().map(|items: Vec<String>| {
            Given::List(items.into_iter().filter(|item| !item.is_empty()).collect())
        }),
        Type::ExpandString => return Given::Other(say::expand_text()),
        Type::Bytes => return Given::Other(say::binary()),
        Type::Other(_) => return Given::Other(say::other_type()),
    };
    read.unwrap_or_else(|| Given::Other(say::unreadable_value()))
}

/// Windows says it in its own language.
fn failed(error: impl Display) -> ManagedError {
    ManagedError::Unreadable(error.to_string().trim_end_matches('.').into())
}
