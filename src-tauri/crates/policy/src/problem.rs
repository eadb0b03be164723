//! What is wrong with a policy file, as data.

use std::fmt;

use serde::Serialize;

use crate::message::Message;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The file, as it was named when it was read; for a managed setting the place in the registry or the profile.
    pub file: String,
    /// Line, from 1. A problem of the whole file stands at line 1; a managed setting has none.
    pub line: Option<u32>,
    /// Column in characters, from 1. A byte order mark does not count; a managed setting has none.
    pub column: Option<u32>,
    /// How grave it is.
    pub severity: Severity,
    /// What sort of problem it is.
    pub kind: ProblemKind,
    /// The key with its level, for example `enforced.sync.pastDays`, where it is about one.
    pub key: Option<String>,
    /// One sentence.
    pub message: Message,
    /// What was probably meant.
    pub suggestion: Option<Message>,
    /// Whether nobody may sign in until it is mended.
    pub blocks_sign_in: bool,
}

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Worth a look; the file is as it should be. `policy validate` passes.
    Note,
    /// Something has no effect or will not work.
    Warning,
    /// A setting, or the whole file, was not taken.
    Error,
}

/// What sort of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ProblemKind {
    /// The file can't be read.
    Refused,
    /// Others than an administrator could have written it.
    Untrusted,
    /// A file that was named, on a machine that has a policy of its own.
    Overruled,
    /// Not UTF-8 text.
    Encoding,
    /// Not JSON (with comments and trailing commas).
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

impl Problem {
    /// Whether `policy validate` must fail because of it.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.severity > Severity::Note
    }

    /// A problem of a file as a whole: it is not used, and nobody may sign in.
    #[must_use]
    pub fn of_file(file: &str, kind: ProblemKind, message: Message) -> Self {
        Self {
            file: file.to_owned(),
            line: Some(1),
            column: Some(1),
            severity: Severity::Error,
            kind,
            key: None,
            message,
            suggestion: None,
            blocks_sign_in: true,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{}:", self.file)?;
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {severity}: {}", self.message.en)?;
        if let Some(suggestion) = &self.suggestion {
            write!(f, " Did you mean {}?", suggestion.en)?;
        }
        Ok(())
    }
}
