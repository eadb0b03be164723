//! XML within bounds.
//!
//! What a server sends is decoded ([`encoding`]), read whole into a tree ([`reader`]) and refused where it is
//! larger or deeper than any answer of Exchange, names a DTD, or ends early. What we send is built as a tree
//! of [`Tag`]s, whose texts the writer escapes.

mod characters;
mod element;
mod encoding;
mod error;
mod namespace;
mod reader;
mod writer;

pub(crate) use element::Element;
pub(crate) use encoding::is_labelled;
pub use error::XmlError;
pub(crate) use namespace::Namespace;
pub(crate) use reader::parse;
pub(crate) use writer::Tag;

/// Bytes of a document; the transport stops there too.
pub(crate) const BYTES: usize = 32 << 20;

/// Elements within each other. Exchange's answers have about 15.
const DEPTH: usize = 64;

/// Elements of a document. A thousand calendar items, each with two time zones spelled out, have 70,000.
const ELEMENTS: usize = 300_000;

/// Attributes of an element, declarations of namespaces included. Exchange's headers have 10.
const ATTRIBUTES: usize = 32;

/// Declarations of namespaces that hold at once.
const NAMESPACES: usize = 64;

/// Bytes of an attribute's value.
const ATTRIBUTE: usize = 16 << 10;

/// Bytes of an element's text that are kept; what follows is dropped, so that one huge body does not hide its
/// meeting. Whoever needs a text whole compares its length with this.
pub(crate) const TEXT: usize = 1 << 20;

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
