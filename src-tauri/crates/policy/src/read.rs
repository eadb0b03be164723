//! Reading one file: text, JSON with comments, then each key against the table.
//!
//! A key that is given twice counts as not given: nobody can tell which one was meant.

mod here;
mod reader;
mod syntax;

use crate::message::Message;
use crate::problem::{Problem, ProblemKind};
use crate::source::Source;
use crate::value::Value;

/// A file's content, and the name under which its problems are reported.
#[derive(Clone, Copy, Debug)]
pub struct FileSource<'a> {
    /// The name, usually the path.
    pub name: &'a str,
    /// The bytes as they are on the disk. More than 1 MiB is refused.
    pub bytes: &'a [u8],
}

/// What one file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The name under which it was read.
    pub file: String,
    /// The values that were taken.
    pub values: Vec<Entry>,
    /// Everything that is wrong with it, in the order of the text.
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// A file of which nothing is used.
    #[must_use]
    pub fn refused(file: &str, kind: ProblemKind, message: Message) -> Self {
        let problems = vec![Problem::of_file(file, kind, message)];
        Self { file: file.to_owned(), values: Vec::new(), problems }
    }
}

/// A value that was taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key's dotted name.
    pub key: &'static str,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub source: Source,
}

/// Reads a file. Never fails: what is wrong is in [`Parsed::problems`].
#[must_use]
pub fn read(source: FileSource<'_>) -> Parsed {
    let mut parsed = reader::Reader::new(source).read();
    parsed.problems.sort_by_key(|problem| (problem.line, problem.column));
    parsed
}
