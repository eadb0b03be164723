//! Where in the file the reader is, and what an unknown name there probably stands for.

use crate::key::{Key, Place, children, is_section};
use crate::keys::KEYS;
use crate::message::Message;
use crate::problem::ProblemKind;
use crate::sentences as say;
use crate::source::Level;
use crate::suggest::{by_last_part, last_part, nearest};

/// Where in the file the reader is.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// The level as the file writes it, empty at the top.
    pub level_name: &'static str,
    /// The level.
    pub level: Level,
    /// Which keys may stand here.
    pub place: Place,
    /// Dotted path below the level.
    pub path: &'a str,
}

impl Here<'_> {
    /// The path as the file writes it, with the level.
    pub fn full(&self, path: &str) -> String {
        if self.level_name.is_empty() { path.to_owned() } else { format!("{}.{path}", self.level_name) }
    }

    pub fn child(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

/// What an unknown name probably stands for, and whether it merely stands in the wrong place.
pub fn meant(name: &str, here: Here<'_>) -> (ProblemKind, Option<Message>) {
    // Names with dots are how other products write their settings.
    if name.contains('.') && Key::find(&here.child(name)).is_some_and(|key| key.place == here.place) {
        let nested = say::nested(here.full(&here.child(name)));
        return (ProblemKind::Misplaced, Some(nested));
    }
    let at_top = here.place == Place::Top && here.path.is_empty();
    if at_top && is_section(name) {
        return (ProblemKind::Misplaced, Some(format!("enforced.{name}").into()));
    }
    if here.place == Place::Levels
        && here.path.is_empty()
        && children("", Place::Top).any(|other| other == name)
    {
        return (ProblemKind::Misplaced, Some(say::at_the_top(name)));
    }
    let here_or_levels: &[&'static str] = if at_top { &["enforced", "defaults"] } else { &[] };
    let siblings = children(here.path, here.place).chain(here_or_levels.iter().copied());
    if let Some(near) = nearest(name, siblings) {
        return (ProblemKind::UnknownKey, Some(here.full(&here.child(near)).into()));
    }
    let key = if here.path.is_empty() { by_last_part(name) } else { same_last_part(name, here.place) };
    let is_slip = key.is_none_or(|key| last_part(key.name) != name);
    let kind = if is_slip { ProblemKind::UnknownKey } else { ProblemKind::Misplaced };
    (kind, key.map(|key| place_of(key, here)))
}

/// The only key of a place that ends in a name.
fn same_last_part(name: &str, place: Place) -> Option<&'static Key> {
    let mut named = KEYS.iter().filter(|key| key.place == place && last_part(key.name) == name);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

/// Where a key belongs, told from where its name was found.
fn place_of(key: &Key, here: Here<'_>) -> Message {
    match (key.place, here.place) {
        (Place::Levels, Place::Top) => format!("enforced.{}", key.name).into(),
        (Place::Top, Place::Levels) => say::at_the_top(key.name),
        _ => here.full(key.name).into(),
    }
}
