//! From a tree to a document.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::characters;

/// An element of a request. Names are ours, so they are written as they are; attributes and texts may come
/// from anywhere and are escaped, without the characters that XML does not permit.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Self>,
    text: String,
}

impl Tag {
    /// An empty element. The name has the prefix `soap:`, `m:` or `t:` that the envelope declares.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }

    /// With an attribute.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With a text.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// With an element in it, after those that are there.
    pub(crate) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With several elements in it.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The document with this root.
    pub(crate) fn document(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, characters::permitted(value).as_str()));
        }
        if self.children.is_empty() && self.text.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        writer.write_event(Event::Text(BytesText::new(&characters::permitted(&self.text))))?;
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;
    use crate::xml;

    #[test]
    fn what_comes_from_outside_is_escaped() {
        let hostile = "</m:Query><x a=\"1\" b='2'>&amp;]]>\0\u{1b}é";
        let tag = Tag::new("a").with("k", hostile).child(Tag::new("b").text(hostile)).child(Tag::new("c"));
        let document = String::from_utf8(tag.document().unwrap()).unwrap();
        assert!(
            document.starts_with(r#"<?xml version="1.0" encoding="utf-8"?><a k="&lt;/m:Query"#),
            "{document}"
        );
        assert!(document.ends_with("é</b><c/></a>") && !document.contains('\0'), "{document}");
        // It comes back as it was.
        let root = xml::parse(document.as_bytes()).unwrap();
        let expected = "</m:Query><x a=\"1\" b='2'>&amp;]]>é";
        assert_eq!(root.attribute("k"), Some(expected));
        assert_eq!(root.children()[0].text(), expected);
    }
}
