//! What is known of a key, and finding keys by name.

use crate::keys::KEYS;
use crate::message::Message;
use crate::sentences as say;
use crate::value::DefaultValue;

/// One key of the policy file.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted name without the level, for example `sync.pastDays`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// The product's own default.
    pub default: DefaultValue,
    /// Where it may stand.
    pub place: Place,
    /// Whether it decides security: a fault in it stops sign-in.
    pub security: bool,
    /// The value that samples show. `Null`: the samples leave it without a value.
    pub example: DefaultValue,
    /// A few words that stand beside a control.
    pub title: Words,
    /// One sentence for administrators.
    pub doc: Words,
}

/// A text in the languages that administrators read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
}

/// A group of keys directly below a level.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its name in the file.
    pub name: &'static str,
    /// A few words for people.
    pub title: Words,
}

/// Where a key may stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In `enforced` and in `defaults`.
    Levels,
    /// At the top of the file; always holds for everybody.
    Top,
}

/// What values a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number between two bounds, both included.
    Integer {
        /// Smallest value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A text or `null`.
    Text(Text),
    /// A list without repetition.
    List {
        /// What each item is.
        item: Item,
        /// Whether `null` (no list at all) and an empty list are allowed.
        optional: bool,
    },
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Anything on one line.
    Line,
    /// A DNS name with at least two labels.
    Domain,
    /// A tenant id, a domain of the tenant, or `organizations`. Not optional.
    Tenant,
    /// A GUID.
    Guid,
    /// An https URL, or an http one on a loopback host.
    Url,
    /// The address of an Exchange server; a host alone gets the usual path.
    EwsUrl,
    /// A mail address.
    MailAddress,
}

impl Text {
    /// What it must look like, in a few words for people.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Self::Line => say::line_of_text(),
            Self::Domain => say::domain(),
            Self::Tenant => say::tenant(),
            Self::Guid => say::guid(),
            Self::Url | Self::EwsUrl => say::url(),
            Self::MailAddress => say::mail_address(),
        }
    }

    /// The most characters that it may have.
    #[must_use]
    pub fn longest(self) -> i64 {
        match self {
            Self::Line => 512,
            Self::Domain | Self::Tenant => 253,
            Self::Guid => 36,
            Self::Url | Self::EwsUrl => 2048,
            Self::MailAddress => 254,
        }
    }
}

impl Kind {
    /// The values it takes, in words.
    #[must_use]
    pub fn allowed(self) -> Message {
        match self {
            Self::Bool => say::true_or_false(),
            Self::Integer { min, max } => say::whole_number_between(min, max),
            Self::Choice(words) => say::one_of(words.join(", ")),
            Self::Text(Text::Tenant) => Text::Tenant.name(),
            Self::Text(form) => say::or_null(form.name()),
            Self::List { item, optional } => {
                let list = match item {
                    Item::Text(form) => say::list_of_each(form.name()),
                    Item::Choice(words) => say::list_of_some(words.join(", ")),
                };
                if optional { say::or_null(list) } else { list }
            }
        }
    }
}

/// What an item of a list must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// As a text of its own.
    Text(Text),
    /// One of a few words.
    Choice(&'static [&'static str]),
}

impl Key {
    /// The key of a dotted name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }
}

/// Whether `path` is a section: an object that holds keys.
#[must_use]
pub fn is_section(path: &str) -> bool {
    below(path).next().is_some()
}

/// Whether a fault at `path` touches a key that decides security.
#[must_use]
pub fn touches_security(path: &str) -> bool {
    Key::find(path).is_some_and(|key| key.security) || below(path).any(|key| key.security)
}

/// Whether everything at `path` decides security.
#[must_use]
pub fn is_security_section(path: &str) -> bool {
    is_section(path) && below(path).all(|key| key.security)
}

/// The names that may stand directly in the section `path` (the empty path: in a level).
pub fn children(path: &str, place: Place) -> impl Iterator<Item = &'static str> {
    let path = path.to_owned();
    let mut last = "";
    KEYS.iter().filter(move |key| key.place == place).filter_map(move |key| {
        let rest =
            if path.is_empty() { key.name } else { key.name.strip_prefix(&path)?.strip_prefix('.')? };
        let name = rest.split('.').next().unwrap_or(rest);
        (std::mem::replace(&mut last, name) != name).then_some(name)
    })
}

fn below(path: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_children_follow_the_table() {
        assert!(is_section("integration.permissions"));
        assert!(!is_section("integration.prompt"));
        assert!(!is_section("integ"));
        let names: Vec<_> = children("integration", Place::Levels).collect();
        assert_eq!(names, ["prompt", "userConsent", "authorizeWith", "permissions", "ews"]);
        assert!(children("", Place::Top).eq(["organization"]));
    }

    #[test]
    fn security_is_a_matter_of_the_key_and_its_section() {
        assert!(touches_security("integration"));
        assert!(!touches_security("integration.prompt"));
        assert!(!is_security_section("integration"));
        assert!(is_security_section("integration.ews"));
        assert!(!touches_security("ui"));
    }
}
