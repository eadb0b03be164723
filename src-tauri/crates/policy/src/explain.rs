//! Why a key has its value: what decided it, what else was said of it, and what comes of it.

use serde::Serialize;
use thiserror::Error;

use crate::effective::Effective;
use crate::key::{Key, Place, is_section};
use crate::keys::KEYS;
use crate::problem::Problem;
use crate::source::{Level, Source};
use crate::suggest::nearest_key;
use crate::value::Value;

mod exchange;
mod next_sign_in;

/// Everything that is to be said of one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The key's dotted name.
    pub key: &'static str,
    /// The value that the policy gives it.
    pub value: Value,
    /// Where that value comes from.
    #[serde(flatten)]
    pub source: Source,
    /// One sentence on the key.
    pub doc: &'static str,
    /// The values it takes, in words.
    pub allowed: String,
    /// The product's own default.
    pub product_default: Value,
    /// Whether it decides security: a fault in it stops sign-in.
    pub security: bool,
    /// Whether the user can't change it.
    pub locked: bool,
    /// Whether the user can change it, as a sentence.
    pub change: &'static str,
    /// All that was said of it, the one that decides first, the product's default last.
    pub said: Vec<Said>,
    /// What was said of it and not taken, or is doubtful.
    pub problems: Vec<Problem>,
    /// Whether nobody may sign in, over this key or another, until the policy is mended. Permissions and accounts
    /// are shut then, whatever the value.
    pub sign_in_blocked: bool,
    /// What people see of it at their next sign-in, for keys that steer one.
    pub next_sign_in: Option<String>,
}

/// One value that was said of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// The value.
    pub value: Value,
    /// Where it stands.
    #[serde(flatten)]
    pub source: Source,
    /// Whether it decides, and if not, by what rule it lost.
    pub outcome: Outcome,
    /// The outcome as a sentence.
    pub reason: String,
}

/// What became of a value that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It decides.
    Decides,
    /// It is a default, and the key is enforced elsewhere.
    Outranked,
    /// A source that is read later says something else at the same level.
    Overridden,
    /// It is the product's default, and a policy says something else.
    Replaced,
}

/// A name that is no key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnknownKey {
    /// It is a section; the keys below it are listed.
    #[error("{name} is a section, not a key. Its keys: {}.", .keys.join(", "))]
    Section {
        /// What was asked for.
        name: String,
        /// The keys below it.
        keys: Vec<&'static str>,
    },
    /// Nothing has this name.
    #[error("There is no key {name}.{}", .suggestion.map(|key| format!(" Did you mean {key}?")).unwrap_or_default())]
    Nothing {
        /// What was asked for.
        name: String,
        /// What was probably meant.
        suggestion: Option<&'static str>,
    },
}

/// Explains a key, given with or without its level.
///
/// # Errors
/// [`UnknownKey`] if there is no such key.
pub fn explain(effective: &Effective, name: &str) -> Result<Explanation, UnknownKey> {
    let key = find(name)?;
    let locked = effective.is_locked(key.name);
    Ok(Explanation {
        key: key.name,
        value: effective.value(key.name),
        source: effective.source(key.name),
        doc: key.doc.en,
        allowed: key.kind.allowed().en,
        product_default: key.default.into(),
        security: key.security,
        locked,
        change: change(key, locked),
        said: said(effective, key),
        problems: effective.problems().iter().filter(|problem| concerns(problem, key)).cloned().collect(),
        sign_in_blocked: effective.sign_in_allowed().is_err(),
        next_sign_in: next_sign_in::sentence(effective, key.name),
    })
}

fn find(name: &str) -> Result<&'static Key, UnknownKey> {
    let bare = name.strip_prefix("enforced.").or(name.strip_prefix("defaults.")).unwrap_or(name);
    if let Some(key) = Key::find(bare) {
        return Ok(key);
    }
    let name = name.to_owned();
    if is_section(bare) {
        let below = |key: &&str| key.strip_prefix(bare).is_some_and(|rest| rest.starts_with('.'));
        let keys = KEYS.iter().map(|key| key.name).filter(below).collect();
        return Err(UnknownKey::Section { name, keys });
    }
    Err(UnknownKey::Nothing { name, suggestion: nearest_key(bare) })
}

fn change(key: &Key, locked: bool) -> &'static str {
    match (locked, key.place) {
        (true, _) => "Nobody but the administrator can change it.",
        (false, Place::Top) => "Only a policy sets it.",
        (false, Place::Levels) => "It is not enforced: it holds until the user chooses otherwise.",
    }
}

fn said(effective: &Effective, key: &Key) -> Vec<Said> {
    let entries = effective.said(key.name);
    let winner = entries.first().map(|entry| &entry.source);
    let given = entries.iter().enumerate().map(|(index, entry)| {
        let (outcome, reason) = match winner {
            Some(winner) if index > 0 => lost(&entry.source, winner),
            _ => (Outcome::Decides, "This decides.".to_owned()),
        };
        Said { value: entry.value.clone(), source: entry.source.clone(), outcome, reason }
    });
    let (outcome, reason) = match winner {
        None => (Outcome::Decides, "No policy names the key, so the product's default decides."),
        Some(_) => (Outcome::Replaced, "The product's default holds only where no policy names the key."),
    };
    let product =
        Said { value: key.default.into(), source: Source::PRODUCT, outcome, reason: reason.to_owned() };
    given.chain([product]).collect()
}

fn lost(loser: &Source, winner: &Source) -> (Outcome, String) {
    let place = winner.place().unwrap_or_default();
    if loser.level != winner.level && winner.level == Level::Enforced {
        return (Outcome::Outranked, format!("This is a default; {place} enforces the key."));
    }
    let reason = if loser.line.is_none() && winner.line.is_some() {
        format!("{place} wins at the same level: a policy file comes before the system's management.")
    } else {
        format!("{place} is read later, and wins at the same level.")
    };
    (Outcome::Overridden, reason)
}

/// Whether a problem is about the key, one of its sections, or the file as a whole.
fn concerns(problem: &Problem, key: &Key) -> bool {
    let Some(name) = problem.key.as_deref() else {
        return true;
    };
    let bare = name.strip_prefix("enforced.").or(name.strip_prefix("defaults.")).unwrap_or(name);
    let meant = problem.suggestion.as_ref().is_some_and(|meant| meant.en.ends_with(key.name));
    let holds_it = key.name.strip_prefix(bare).is_some_and(|rest| rest.starts_with('.'));
    bare == key.name || holds_it || meant || matches!(bare, "enforced" | "defaults")
}
