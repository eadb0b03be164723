//! Property lists as text.

use super::xml::Xml;
use crate::value::Value;

/// A value of a property list, whose dictionaries keep their order.
pub enum Plist {
    Dictionary(Vec<(String, Self)>),
    Array(Vec<Self>),
    Text(String),
    Integer(i64),
    Bool(bool),
    /// An instant, in the form of RFC 3339.
    Date(&'static str),
}

impl Plist {
    pub fn dictionary(members: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self::Dictionary(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn texts(texts: &[&str]) -> Self {
        Self::Array(texts.iter().map(|text| Self::text(text)).collect())
    }

    /// A value of a key. A property list has no `null`.
    pub fn value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Integer(number) => Self::Integer(*number),
            Value::Text(text) => Self::text(text),
            Value::List(items) => Self::Array(items.iter().map(|item| Self::text(item)).collect()),
        })
    }

    /// The text of a property list with this value, after a comment.
    pub fn written(&self, comment: &str) -> String {
        let mut xml = Xml::new();
        xml.line("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">");
        xml.line(&format!("<!-- {comment} -->"));
        xml.element("plist", &[("version", "1.0")], |xml| self.write(xml));
        xml.finish()
    }

    fn write(&self, xml: &mut Xml) {
        match self {
            Self::Text(text) => xml.leaf("string", &[], text),
            Self::Integer(number) => xml.leaf("integer", &[], &number.to_string()),
            Self::Date(date) => xml.leaf("date", &[], date),
            Self::Bool(flag) => xml.empty(if *flag { "true" } else { "false" }, &[]),
            Self::Array(items) => {
                xml.element("array", &[], |xml| items.iter().for_each(|item| item.write(xml)))
            }
            Self::Dictionary(members) => xml.element("dict", &[], |xml| {
                for (name, value) in members {
                    xml.leaf("key", &[], name);
                    value.write(xml);
                }
            }),
        }
    }
}
