//! The part of Exchange's schema that requests are checked against (source: messages.xsd and types.xsd, which every
//! Exchange server hands out in its EWS folder; here in tables of our own).
//!
//! Exchange refuses a request that breaks the schema as a whole, with the place of the first violation. To serve one
//! more element, add it to the table of its type.

mod fields;
mod operations;
mod types;
mod validate;

pub use operations::{Operation, find};
pub use validate::{Violation, validate};

/// Namespace of operations and their direct parts.
pub const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
/// Namespace of everything else.
pub const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";

/// What an element may hold.
#[derive(Debug)]
pub struct Type {
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// Its content.
    pub content: Content,
}

/// An attribute.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its values.
    pub values: Values,
}

/// The content of an element.
#[derive(Debug)]
pub enum Content {
    /// Whatever it likes: the tenant does not look into it.
    Anything,
    /// A text.
    Text(Values),
    /// Elements, in this order.
    Sequence(&'static [Place]),
}

/// A place in a sequence: one of several elements, so many times.
#[derive(Debug)]
pub struct Place {
    /// The elements that may stand here.
    pub any_of: &'static [Child],
    /// How many must.
    pub least: usize,
    /// How many may.
    pub most: usize,
}

/// An element in another.
#[derive(Debug)]
pub struct Child {
    /// Its namespace.
    pub namespace: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: &'static Type,
}

/// What a text or an attribute may say.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Any text.
    Any,
    /// At least one character.
    NotEmpty,
    /// `true`, `false`, `1`, `0`.
    Bool,
    /// A whole number between two.
    Between(i64, i64),
    /// `xs:dateTime`.
    DateTime,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A word of this list.
    WordOf(&'static str),
    /// The name of a property.
    FieldUri,
    /// The name of a property that has entries.
    IndexedFieldUri,
}
