//! From a document to a tree.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::{Namespace as Uri, ResolveResult};

use super::characters::{self, Reference};
use super::element::Attributes;
use super::encoding::{self, Encoding};
use super::{ATTRIBUTE, ATTRIBUTES, BYTES, DEPTH, ELEMENTS, Element, NAMESPACES, Namespace, TEXT, XmlError};

/// The root element of a document.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    if bytes.len() > BYTES {
        return Err(XmlError::TooLarge);
    }
    let (text, encoding) = encoding::decode(bytes)?;
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().allow_dangling_amp = true;
    reader.resolver_mut().set_max_namespace_bindings(NAMESPACES);
    let mut tree = Tree::default();
    loop {
        match reader.read_resolved_event()? {
            (namespace, Event::Start(start)) => tree.open(&namespace, &start)?,
            (namespace, Event::Empty(start)) => {
                tree.open(&namespace, &start)?;
                tree.close()?;
            }
            (_, Event::End(_)) => tree.close()?,
            (_, Event::Text(text)) => tree.text(&text.xml10_content())?,
            (_, Event::CData(text)) => tree.text(&text.xml10_content())?,
            (_, Event::GeneralRef(reference)) => tree.reference(&reference)?,
            (_, Event::Decl(declaration)) => check(&declaration, encoding)?,
            (_, Event::DocType(_)) => return Err(XmlError::DocumentType),
            (_, Event::Comment(_) | Event::PI(_)) => {}
            (_, Event::Eof) => return tree.root(),
        }
    }
}

/// A label that does not fit the bytes means that somebody has recoded one and not the other.
fn check(declaration: &BytesDecl<'_>, encoding: Encoding) -> Result<(), XmlError> {
    let Some(label) = declaration.encoding() else {
        return Ok(());
    };
    let label = label.map_err(|error| XmlError::Syntax(error.into()))?;
    if encoding.is_declared_as(&label) { Ok(()) } else { Err(XmlError::Encoding) }
}

/// The elements that are open, and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Tree {
    fn open(&mut self, namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<(), XmlError> {
        if self.root.is_some() {
            return Err(XmlError::OutsideRoot);
        }
        if self.open.len() >= DEPTH {
            return Err(XmlError::TooDeep);
        }
        let attributes = attributes(start)?;
        // Attributes take memory as elements do.
        self.elements += 1 + attributes.len();
        if self.elements > ELEMENTS {
            return Err(XmlError::TooManyElements);
        }
        self.open.push(Element {
            namespace: known(namespace)?,
            name: start.local_name().into_inner().into(),
            attributes,
            children: Vec::new(),
            text: String::new(),
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), XmlError> {
        let closed = self.open.pop().ok_or(XmlError::OutsideRoot)?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        let Some(element) = self.open.last_mut() else {
            return if text.trim().is_empty() { Ok(()) } else { Err(XmlError::OutsideRoot) };
        };
        // A text that does not fit ends the element's text: nothing may follow a gap.
        for c in text.chars().filter(|c| characters::is_allowed(*c)) {
            if element.text.len() + 4 > TEXT {
                break;
            }
            element.text.push(c);
        }
        Ok(())
    }

    fn reference(&mut self, name: &str) -> Result<(), XmlError> {
        let text: Cow<'_, str> = match characters::resolve(name) {
            Reference::Char(c) => c.to_string().into(),
            Reference::Nothing => "".into(),
            Reference::Unknown => format!("&{name};").into(),
        };
        self.text(&text)
    }

    fn root(self) -> Result<Element, XmlError> {
        self.root.ok_or(XmlError::Truncated)
    }
}

fn known(namespace: &ResolveResult<'_>) -> Result<Namespace, XmlError> {
    match namespace {
        ResolveResult::Unbound => Ok(Namespace::None),
        ResolveResult::Bound(Uri(uri)) => Ok(Namespace::of(uri)),
        ResolveResult::Unknown(_) => Err(XmlError::UnknownPrefix),
    }
}

fn attributes(start: &BytesStart<'_>) -> Result<Attributes, XmlError> {
    let mut out = Vec::new();
    for (index, attribute) in start.attributes().enumerate() {
        if index >= ATTRIBUTES {
            return Err(XmlError::TooManyAttributes);
        }
        let attribute = attribute.map_err(|error| XmlError::Syntax(error.into()))?;
        if attribute.value.len() > ATTRIBUTE {
            return Err(XmlError::LongAttribute);
        }
        let name = attribute.key.into_inner();
        if name != "xmlns" && !name.contains(':') {
            out.push((name.into(), characters::attribute(&attribute.value).into()));
        }
    }
    Ok(out)
}
