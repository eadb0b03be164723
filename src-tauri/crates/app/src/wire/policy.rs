//! The policy as the window lists it.

use super::snapshot::PolicyStatus;
use chrono::{DateTime, Utc};
use convoke_policy::key::Words;
use convoke_policy::sentences::SENTENCES;
use convoke_policy::{Message, ProblemKind};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// The policy page: every key with its value and source, and what is wrong.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyPage {
    /// Overall status.
    pub status: PolicyStatus,
    /// The files in force, in the order of the merge.
    pub files: Vec<String>,
    /// When the files were read.
    pub read_at: DateTime<Utc>,
    /// Whether the files on disk differ from what is in force, because they can't be used as they are.
    pub kept_last_good: bool,
    /// Every key, in the order of the documentation.
    pub rows: Vec<PolicyRow>,
    /// Everything that is wrong, file by file.
    pub problems: Vec<PolicyProblem>,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyRow {
    /// The key, such as `sync.pastDays`.
    pub key: String,
    /// Its value as JSON.
    pub value: String,
    /// Which level decided it.
    pub level: PolicyLevel,
    /// The file that decided it; absent for the product's default.
    pub file: Option<String>,
    /// Line of the key in that file, from 1.
    pub line: Option<u32>,
    /// One sentence on the key.
    pub doc: PolicyDoc,
    /// Whether a problem concerns it.
    pub has_problem: bool,
}

/// What a key is for, in the languages of the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PolicyDoc {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl From<Words> for PolicyDoc {
    fn from(words: Words) -> Self {
        Self { en: words.en.to_owned(), es: words.es.to_owned() }
    }
}

/// A sentence on the policy, or a part of one. The window says it from its message files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PolicyMessage {
    /// Which sentence. `None`: a name or a value, which reads the same in every language.
    #[ts(type = "PolicySentence | null")]
    pub sentence: Option<&'static str>,
    /// The name or value; of a sentence its English text.
    pub text: String,
    /// What the sentence tells of.
    #[ts(type = "Record<string, PolicyMessage>")]
    pub values: BTreeMap<&'static str, Self>,
}

impl From<&Message> for PolicyMessage {
    fn from(message: &Message) -> Self {
        let values = message.values.iter().map(|(name, value)| (*name, Self::from(value))).collect();
        Self { sentence: message.sentence, text: message.en.clone(), values }
    }
}

/// The TypeScript declaration of the sentences' names.
pub(crate) fn sentences() -> String {
    let names: Vec<String> = SENTENCES.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    format!("type PolicySentence = {};", names.join(" | "))
}

/// Which level decided a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PolicyLevel {
    /// The organization, and the user can't change it.
    Enforced,
    /// The organization, until the user chooses otherwise.
    Default,
    /// The product.
    Product,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyProblem {
    /// The file.
    pub file: String,
    /// Line, from 1; absent where it is no file.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
    /// What sort of problem it is.
    pub kind: PolicyProblemKind,
    /// The key with its level, where it is about one.
    pub key: Option<String>,
    /// One sentence.
    pub message: PolicyMessage,
    /// What was probably meant.
    pub suggestion: Option<PolicyMessage>,
    /// Whether nobody may sign in until it is mended.
    pub blocks_sign_in: bool,
    /// Whether it is only worth a look, and as it should be.
    pub is_note: bool,
}

/// What sort of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PolicyProblemKind {
    /// The file can't be read.
    Refused,
    /// Others than an administrator could have written it.
    Untrusted,
    /// A file that was named, on a machine that has a policy of its own.
    Overruled,
    /// Not UTF-8 text.
    Encoding,
    /// Not JSON.
    Syntax,
    /// No such key.
    UnknownKey,
    /// A key that stands where it has no meaning.
    Misplaced,
    /// A key that is given more than once.
    DuplicateKey,
    /// A value of another type.
    WrongType,
    /// A value that the key does not take.
    InvalidValue,
    /// Values that don't go together.
    Conflict,
    /// A value that is allowed and probably not meant.
    Doubtful,
}

impl From<ProblemKind> for PolicyProblemKind {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Refused => Self::Refused,
            ProblemKind::Untrusted => Self::Untrusted,
            ProblemKind::Overruled => Self::Overruled,
            ProblemKind::Encoding => Self::Encoding,
            ProblemKind::Syntax => Self::Syntax,
            ProblemKind::UnknownKey => Self::UnknownKey,
            ProblemKind::Misplaced => Self::Misplaced,
            ProblemKind::DuplicateKey => Self::DuplicateKey,
            ProblemKind::WrongType => Self::WrongType,
            ProblemKind::InvalidValue => Self::InvalidValue,
            ProblemKind::Conflict => Self::Conflict,
            ProblemKind::Doubtful => Self::Doubtful,
        }
    }
}
