//! Writing a tree as a document.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Self>,
    text: String,
}

/// An empty element; the name carries its prefix.
#[must_use]
pub fn element(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute, if there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a text as its content.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// With one more element in it.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With one more element in it that holds a text.
    #[must_use]
    pub fn leaf(self, name: &'static str, text: impl Into<String>) -> Self {
        self.child(element(name).text(text))
    }

    /// With one more element in it that holds a text, if there is one.
    #[must_use]
    pub fn leaf_some(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.leaf(name, text),
            None => self,
        }
    }

    /// With more elements in it.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The same with every text cut after so many characters.
    #[must_use]
    pub fn shortened(mut self, most: usize) -> Self {
        if let Some((end, _)) = self.text.char_indices().nth(most) {
            self.text.truncate(end);
        }
        self.children = self.children.into_iter().map(|child| child.shortened(most)).collect();
        self
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.children.is_empty() && self.text.is_empty()
    }
}

/// Writes a document with its declaration.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn write(root: &Element) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    put(&mut writer, root)?;
    Ok(writer.into_inner())
}

fn put(writer: &mut Writer<Vec<u8>>, element: &Element) -> io::Result<()> {
    let mut start = BytesStart::new(element.name);
    for (name, value) in &element.attributes {
        start.push_attribute((*name, value.as_str()));
    }
    if element.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    if !element.text.is_empty() {
        writer.write_event(Event::Text(BytesText::from_escaped(escaped(&element.text))))?;
    }
    for child in &element.children {
        put(writer, child)?;
    }
    writer.write_event(Event::End(BytesEnd::new(element.name)))
}

/// Exchange writes control characters as references although XML 1.0 has no way to write them at all: strict readers
/// stumble (seen by exchangelib and davmail).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(character),
            control if (control as u32) < 0x20 => out.push_str(&format!("&#x{:X};", control as u32)),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let root =
            element("a").with("n", "\"<&").child(element("b").text("1 < 2 & \r\n é")).child(element("c"));
        let bytes = write(&root).unwrap();
        let node = crate::xml::read(&bytes).unwrap();
        assert_eq!(node.attribute("n"), Some("\"<&"));
        assert_eq!(node.child("b").unwrap().text, "1 < 2 & \r\n é");
        assert!(node.child("c").is_some());
    }

    #[test]
    fn control_characters_become_references() {
        let bytes = write(&element("a").text("x\u{1f}")).unwrap();
        assert!(String::from_utf8(bytes).unwrap().ends_with("<a>x&#x1F;</a>"));
    }
}
