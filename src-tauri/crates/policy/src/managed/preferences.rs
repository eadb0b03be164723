//! macOS: what a configuration profile set for `org.convoke.desktop`.
//!
//! The system writes it as a property list into a folder of root's (Apple, "Managed Preferences"); only that of the
//! machine is read, not that of a user. It has the shape of a policy file: `organization`, `enforced`, `defaults`.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use plist::{Dictionary, Value};

use super::{Given, ManagedError, ManagedSettings, Setting};
use crate::check::Number;
use crate::fs::{FileKind, FileSystem, trusted};
use crate::key::is_section;
use crate::message::{Message, of_system};
use crate::sentences as say;
use crate::source::Level;
use crate::text::MAX_BYTES;

/// The managed preferences of a machine.
pub struct ManagedPreferences {
    path: PathBuf,
    fs: Box<dyn FileSystem>,
}

impl ManagedPreferences {
    pub fn new(path: PathBuf, fs: Box<dyn FileSystem>) -> Self {
        Self { path, fs }
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, ManagedError> {
        let opened = match self.fs.open(&self.path) {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return refuse(of_system(&error)),
        };
        if opened.kind != FileKind::Regular {
            return refuse(say::not_ordinary());
        }
        if let Err(distrust) = trusted(&opened) {
            return Err(ManagedError::Untrusted(distrust));
        }
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        match opened.content.take(limit).read_to_end(&mut bytes) {
            Ok(read) if read > MAX_BYTES => refuse(say::plist_too_large()),
            Ok(_) => Ok(Some(bytes)),
            Err(error) => refuse(of_system(&error)),
        }
    }
}

impl ManagedSettings for ManagedPreferences {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn settings(&self) -> Result<Vec<Setting>, ManagedError> {
        let Some(bytes) = self.bytes()? else {
            return Ok(Vec::new());
        };
        match plist::from_bytes::<Value>(&bytes) {
            Ok(Value::Dictionary(top)) => Ok(Walk::new(self.name()).all(&top)),
            Ok(_) => refuse(say::plist_no_dictionary()),
            Err(error) => refuse(say::plist_broken(error.to_string())),
        }
    }
}

fn refuse<T>(reason: Message) -> Result<T, ManagedError> {
    Err(ManagedError::Unreadable(reason))
}

/// The way through the dictionaries to the settings.
struct Walk {
    name: String,
    settings: Vec<Setting>,
}

impl Walk {
    fn new(name: String) -> Self {
        Self { name, settings: Vec::new() }
    }

    fn all(mut self, top: &Dictionary) -> Vec<Setting> {
        // What the profile says of itself, such as its UUID, stands among the settings.
        for (name, value) in top.iter().filter(|(name, _)| !name.starts_with("Payload")) {
            match (name.as_str(), value) {
                ("enforced", Value::Dictionary(below)) => {
                    self.section(below, Level::Enforced, "", "enforced")
                }
                ("defaults", Value::Dictionary(below)) => self.section(below, Level::Default, "", "defaults"),
                ("organization", Value::Dictionary(below)) => {
                    self.section(below, Level::Enforced, "organization", "organization");
                }
                _ => self.take(value, Level::Enforced, name, name),
            }
        }
        self.settings
    }

    fn section(&mut self, dictionary: &Dictionary, level: Level, path: &str, place: &str) {
        for (name, value) in dictionary {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let place = format!("{place}.{name}");
            match value {
                Value::Dictionary(below) if is_section(&path) => self.section(below, level, &path, &place),
                _ => self.take(value, level, &path, &place),
            }
        }
    }

    fn take(&mut self, value: &Value, level: Level, path: &str, place: &str) {
        let place = format!("{}: {place}", self.name);
        self.settings.push(Setting { level, name: path.to_owned(), value: given(value), place });
    }
}

fn given(value: &Value) -> Given {
    match value {
        Value::Boolean(flag) => Given::Bool(*flag),
        Value::Integer(number) => {
            number.as_signed().map_or_else(|| Given::Other(say::huge_number()), Given::Integer)
        }
        Value::String(text) => Given::Text(text.clone()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> =
                items.iter().map(|item| item.as_string().map(str::to_owned)).collect();
            texts.map_or_else(|| Given::Other(say::mixed_list()), Given::List)
        }
        Value::Dictionary(_) => Given::Section,
        // As in a file: what counts is the value.
        Value::Real(number) => match Number::of(&number.to_string()) {
            Number::Whole(number) => Given::Integer(number),
            Number::Large => Given::Other(say::huge_number()),
            Number::Fraction => Given::Other(say::fraction()),
        },
        Value::Date(_) => Given::Other(say::date()),
        _ => Given::Other(say::data()),
    }
}

#[cfg(test)]
mod tests;
