//! The merged policy: typed settings, the source of each value, and whether sign-in is allowed.

use std::ops::Deref;

use serde::Serialize;

use crate::key::Key;
use crate::keys::KEYS;
use crate::problem::Problem;
use crate::read::{Entry, Parsed};
use crate::rules;
use crate::settings::Settings;
use crate::source::{Level, Source};
use crate::value::Value;
use crate::values::Values;

/// What an organization wants, after all its files. Reads as [`Settings`]: `effective.sync.past_days`.
///
/// While [`Effective::sign_in_allowed`] fails, permissions and accounts are shut. Whoever already holds a good
/// `Effective` keeps it then, instead of disconnecting accounts over a slip of the pen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    settings: Settings,
    values: Values,
    problems: Vec<Problem>,
    blocking: Vec<Problem>,
    files: Vec<String>,
}

/// The state of the policy as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// There is no policy.
    None,
    /// All of it holds.
    Ok,
    /// Some settings were not taken; the rest holds.
    Problems,
    /// Nobody may sign in until it is mended.
    Refused,
}

/// One key as the policy view and `policy show` list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The key.
    pub key: &'static str,
    /// Its value.
    pub value: Value,
    /// Where the value comes from.
    #[serde(flatten)]
    pub source: Source,
    /// Whether the user can't change it.
    pub locked: bool,
    /// One sentence on the key.
    pub doc: &'static str,
}

/// Merges files, the later over the earlier, key by key within each level.
#[must_use]
pub fn effective(parsed: &[Parsed]) -> Effective {
    let values = Values::merge(parsed);
    let own = parsed.iter().flat_map(|file| file.problems.iter().cloned());
    let mut problems: Vec<Problem> = own.chain(rules::problems(&values)).collect();
    let order = |file: &str| parsed.iter().position(|read| read.file == file);
    problems.sort_by_key(|problem| (order(&problem.file), problem.line, problem.column));
    let blocking: Vec<Problem> = problems.iter().filter(|problem| problem.blocks_sign_in).cloned().collect();
    let settings = Settings::of(&values);
    let settings = if blocking.is_empty() { settings } else { settings.shut() };
    let files = parsed.iter().map(|file| file.file.clone()).collect();
    Effective { settings, values, problems, blocking, files }
}

impl Default for Effective {
    /// The product's own defaults, without any policy.
    fn default() -> Self {
        effective(&[])
    }
}

impl Deref for Effective {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
}

impl Effective {
    /// Whether anybody may sign in.
    ///
    /// # Errors
    /// The problems that must be mended first.
    pub fn sign_in_allowed(&self) -> Result<(), &[Problem]> {
        if self.blocking.is_empty() { Ok(()) } else { Err(&self.blocking) }
    }

    /// Everything that is wrong, file by file, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The files that were read, in the order of the merge.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The state of the policy as a whole.
    #[must_use]
    pub fn status(&self) -> Status {
        if !self.blocking.is_empty() {
            Status::Refused
        } else if self.files.is_empty() {
            Status::None
        } else if self.problems.iter().any(Problem::is_fault) {
            Status::Problems
        } else {
            Status::Ok
        }
    }

    /// Where a key's value comes from; an unknown key has the product's source.
    #[must_use]
    pub fn source(&self, key: &str) -> Source {
        self.values.source(key)
    }

    /// The value of a key as data; `Null` for an unknown key.
    #[must_use]
    pub fn value(&self, key: &str) -> Value {
        self.values.value(key)
    }

    /// Whether the user can't change a key.
    #[must_use]
    pub fn is_locked(&self, key: &str) -> bool {
        self.source(key).level == Level::Enforced
    }

    /// The keys that the user can't change, in the order of the table.
    #[must_use]
    pub fn locked(&self) -> Vec<&'static str> {
        KEYS.iter().map(|key| key.name).filter(|key| self.is_locked(key)).collect()
    }

    /// What holds where the user has chosen `user`: the enforced value, else the user's, else ours.
    #[must_use]
    pub fn with_user<T>(&self, key: &str, user: Option<T>, ours: T) -> T {
        if self.is_locked(key) { ours } else { user.unwrap_or(ours) }
    }

    /// Everything that files say of a key, the winner first.
    #[must_use]
    pub fn said(&self, key: &str) -> &[Entry] {
        self.values.said(key)
    }

    /// Every key with its value and source, in the order of the table.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let row = |key: &Key| Row {
            key: key.name,
            value: self.value(key.name),
            source: self.source(key.name),
            locked: self.is_locked(key.name),
            doc: key.doc.en,
        };
        KEYS.iter().map(row).collect()
    }
}
