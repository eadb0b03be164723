//! One broken file and what is expected of it.

use convoke_policy::ProblemKind;

/// A file with one fault.
#[derive(Clone, Copy)]
pub struct Broken {
    /// Row of the list of bad inputs, such as `B64`; empty where it has none.
    pub row: &'static str,
    pub name: &'static str,
    pub content: &'static [u8],
    pub line: u32,
    pub column: u32,
    pub kind: ProblemKind,
    /// A part of the message.
    pub message: &'static str,
    pub meant: Option<&'static str>,
    /// Whether nobody may sign in until it is mended.
    pub blocks: bool,
    /// Whether an editor with the JSON Schema marks it.
    pub schema_sees_it: bool,
    /// Values of keys after it, as JSON: what still applies, and what fell back.
    pub then: &'static [(&'static str, &'static str)],
}

pub const fn text(row: &'static str, name: &'static str, content: &'static str) -> Broken {
    bytes(row, name, content.as_bytes())
}

pub const fn bytes(row: &'static str, name: &'static str, content: &'static [u8]) -> Broken {
    Broken {
        row,
        name,
        content,
        line: 0,
        column: 0,
        kind: ProblemKind::Refused,
        message: "",
        meant: None,
        blocks: false,
        schema_sees_it: true,
        then: &[],
    }
}

impl Broken {
    pub const fn at(self, line: u32, column: u32) -> Self {
        Self { line, column, ..self }
    }

    pub const fn says(self, kind: ProblemKind, message: &'static str) -> Self {
        Self { kind, message, ..self }
    }

    pub const fn meant(self, meant: &'static str) -> Self {
        Self { meant: Some(meant), ..self }
    }

    pub const fn blocks(self) -> Self {
        Self { blocks: true, ..self }
    }

    pub const fn no_schema_sees_it(self) -> Self {
        Self { schema_sees_it: false, ..self }
    }

    pub const fn then(self, then: &'static [(&'static str, &'static str)]) -> Self {
        Self { then, ..self }
    }
}
