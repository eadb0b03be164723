//! Reading a document into a tree.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// Deepest nesting that is read; no request of the protocol is half as deep.
const DEEPEST: usize = 64;

/// A place in a document, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column of the element's name, in characters.
    pub column: usize,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its namespace; empty if none.
    pub namespace: String,
    /// Its local name.
    pub name: String,
    /// Attributes without namespace declarations; those in a namespace keep their prefix.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Self>,
    /// All text directly in it.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// An attribute's value.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first element in it of that name, in any namespace.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element in it of that name, without blanks at the ends.
    #[must_use]
    pub fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }
}

/// Why a document is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// It is no XML.
    #[error("the document is not well-formed")]
    Syntax(#[source] quick_xml::Error),
    /// It is not UTF-8.
    #[error("the document is not UTF-8")]
    Encoding(#[source] std::str::Utf8Error),
    /// It is deeper than any request.
    #[error("the document is nested too deeply")]
    Depth,
    /// It has a document type, which may define entities.
    #[error("a document type is not allowed")]
    DocumentType,
    /// It uses an entity or a prefix that is not defined.
    #[error("{0} is not defined")]
    Undefined(String),
    /// It ends too early, or holds nothing.
    #[error("the document ends too early")]
    Incomplete,
}

impl From<quick_xml::Error> for Malformed {
    fn from(error: quick_xml::Error) -> Self {
        Self::Syntax(error)
    }
}

/// Reads a document in UTF-8.
///
/// # Errors
/// When it is malformed, too deep, or has a document type.
pub fn read(bytes: &[u8]) -> Result<Node, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(Malformed::Encoding)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Node> = Vec::new();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let (namespace, event) = reader.read_resolved_event()?;
        match event {
            Event::Start(start) => {
                if open.len() == DEEPEST {
                    return Err(Malformed::Depth);
                }
                open.push(opened(&namespace, &start, place(text, at))?);
            }
            Event::End(_) => {
                let closed = open.pop().ok_or(Malformed::Incomplete)?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => return Ok(closed),
                }
            }
            Event::Text(piece) => add(&mut open, &piece.xml10_content()),
            Event::CData(piece) => add(&mut open, &piece.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = match entity.resolve_char_ref()? {
                    Some(character) => character,
                    None => named(&entity.xml10_content())?,
                };
                add(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(Malformed::DocumentType),
            Event::Eof => return Err(Malformed::Incomplete),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn opened(namespace: &ResolveResult<'_>, start: &BytesStart<'_>, place: Place) -> Result<Node, Malformed> {
    let namespace = match namespace {
        ResolveResult::Bound(Namespace(namespace)) => (*namespace).to_string(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(prefix) => return Err(Malformed::Undefined(format!("{prefix:?}"))),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        let name = attribute.key.as_ref();
        if name != "xmlns" && !name.starts_with("xmlns:") {
            let value = attribute.normalized_value(XmlVersion::Explicit1_0)?.into_owned();
            attributes.push((name.to_owned(), value));
        }
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Node { namespace, name, attributes, children: Vec::new(), text: String::new(), place })
}

fn named(entity: &str) -> Result<char, Malformed> {
    match entity {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(Malformed::Undefined(format!("entity {other:?}"))),
    }
}

/// The place of the name that follows the bracket at a byte offset.
fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Place { line: 1 + before.matches('\n').count(), column: before[line_start..].chars().count() + 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_knows_names_texts_and_places() {
        let node =
            read(b"<a:x xmlns:a='urn:a' n='1 &amp; 2'>\n  <a:y>1 &lt; <![CDATA[2&]]> &#x41;</a:y><z/></a:x>")
                .unwrap();
        assert_eq!((node.namespace.as_str(), node.name.as_str()), ("urn:a", "x"));
        assert_eq!(node.attributes, [("n".to_owned(), "1 & 2".to_owned())]);
        assert_eq!(node.child_text("y"), Some("1 < 2& A"));
        assert_eq!(node.children[1].namespace, "");
        assert_eq!(node.child("y").unwrap().place, Place { line: 2, column: 4 });
    }

    #[test]
    fn hostile_documents_are_refused() {
        let check = |text: &str| assert!(read(text.as_bytes()).is_err(), "{text:.40}");
        check("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
        check("<a>&b;</a>");
        check(&"<a>".repeat(10_000));
        check("<a><b></a>");
        check("<p:a/>");
        check("");
        assert!(read(&[b'<', 0xff, b'/', b'>']).is_err());
    }
}
