//! The one table of keys. Reading, checking, defaults, provenance and generators all follow it.
//!
//! Each part of the table lies in a file of its own, with the English and the Spanish text side by side.

use crate::key::{Key, Kind, Place, Section, Words};
use crate::value::DefaultValue as Default;

mod daily;
mod integration;
mod sign_in;

const PARTS: [&[Key]; 3] = [sign_in::KEYS, integration::KEYS, daily::KEYS];

const COUNT: usize = sign_in::KEYS.len() + integration::KEYS.len() + daily::KEYS.len();

/// Every key, in the order of the documentation. Keys of a section stand together.
pub const KEYS: &[Key] = &joined();

/// The sections directly below a level, in the order of their keys.
pub const SECTIONS: &[Section] = &[
    section("organization", "Organization", "Organización"),
    section("sso", "Single sign-on", "Inicio de sesión único"),
    section("microsoft365", "Microsoft 365", "Microsoft 365"),
    section("integration", "Calendar and contacts integration", "Integración de calendario y contactos"),
    section("accounts", "Accounts", "Cuentas"),
    section("sync", "Synchronization", "Sincronización"),
    section("notifications", "Notifications", "Notificaciones"),
    section("ui", "Appearance", "Aspecto"),
    section("privacy", "Privacy", "Privacidad"),
    section("updates", "Updates", "Actualizaciones"),
    section("logs", "Logs", "Registros"),
];

const fn joined() -> [Key; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut part, mut to) = (0, 0);
    while part < PARTS.len() {
        let mut from = 0;
        while from < PARTS[part].len() {
            all[to] = PARTS[part][from];
            from += 1;
            to += 1;
        }
        part += 1;
    }
    all
}

const fn section(name: &'static str, en: &'static str, es: &'static str) -> Section {
    Section { name, title: Words { en, es } }
}

const fn comfort(name: &'static str, kind: Kind, default: Default) -> Key {
    let none = Words { en: "", es: "" };
    Key {
        name,
        kind,
        default,
        example: default,
        place: Place::Levels,
        security: false,
        title: none,
        doc: none,
    }
}

const fn security(name: &'static str, kind: Kind, default: Default) -> Key {
    Key { security: true, ..comfort(name, kind, default) }
}

const fn top(name: &'static str, kind: Kind) -> Key {
    Key { place: Place::Top, ..comfort(name, kind, Default::Null) }
}

impl Key {
    /// A few words that stand beside a control.
    const fn titled(self, en: &'static str, es: &'static str) -> Self {
        Self { title: Words { en, es }, ..self }
    }

    /// One sentence for administrators.
    const fn meaning(self, en: &'static str, es: &'static str) -> Self {
        Self { doc: Words { en, es }, ..self }
    }

    /// The value of the samples, where it is not the default.
    const fn such_as(self, example: Default) -> Self {
        Self { example, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_none_is_a_section() {
        for (index, key) in KEYS.iter().enumerate() {
            assert!(!crate::key::is_section(key.name), "{}", key.name);
            assert!(KEYS.iter().skip(index + 1).all(|other| other.name != key.name), "{}", key.name);
        }
    }

    #[test]
    fn every_key_is_told_in_both_languages() {
        for key in KEYS {
            for doc in [key.doc.en, key.doc.es] {
                assert!(doc.len() > 10 && doc.ends_with('.'), "{}: {doc}", key.name);
            }
            for title in [key.title.en, key.title.es] {
                assert!(
                    !title.is_empty() && title.len() < 60 && !title.ends_with('.'),
                    "{}: {title}",
                    key.name
                );
            }
            assert_ne!(key.doc.en, key.doc.es, "{}", key.name);
        }
    }

    #[test]
    fn sections_are_those_of_the_keys_in_their_order() {
        let mut used: Vec<&str> = KEYS.iter().filter_map(|key| key.name.split('.').next()).collect();
        used.dedup();
        assert!(SECTIONS.iter().map(|section| section.name).eq(used));
    }

    #[test]
    fn defaults_and_examples_pass_their_own_check() {
        for key in KEYS {
            for value in [key.default, key.example].into_iter().filter(|value| *value != Default::Null) {
                let json = serde_json::to_string(&crate::Value::from(value)).unwrap();
                let (section, name) = key.name.rsplit_once('.').unwrap();
                let mut text = format!("{{\"{name}\":{json}}}");
                for part in section.rsplit('.') {
                    text = format!("{{\"{part}\":{text}}}");
                }
                let text = if key.place == Place::Top { text } else { format!("{{\"defaults\":{text}}}") };
                let parsed = crate::read(crate::FileSource { name: "d", bytes: text.as_bytes() });
                assert!(parsed.problems.is_empty(), "{}: {:?}", key.name, parsed.problems);
                assert_eq!(parsed.values.len(), 1);
            }
        }
    }
}
