//! The policy as the window lists it.

use super::snapshot::PolicyStatus;
use chrono::{DateTime, Utc};
use serde::Serialize;
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
    /// One sentence on the key, in English.
    pub doc: String,
    /// Whether a problem concerns it.
    pub has_problem: bool,
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
    /// One sentence, in English.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// Whether nobody may sign in until it is mended.
    pub blocks_sign_in: bool,
}
