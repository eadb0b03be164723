//! JSON as text whose objects keep their order, whatever features other crates switch on in `serde_json`.

use crate::value::Value;

/// A JSON value.
pub enum Json {
    /// An object, in this order.
    Object(Vec<(String, Self)>),
    /// A list.
    List(Vec<Self>),
    /// A text, a number, `true`, `false` or `null`, as JSON writes it.
    Scalar(String),
}

impl Json {
    pub fn object(members: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn text(text: &str) -> Self {
        Self::Scalar(serde_json::Value::from(text).to_string())
    }

    pub fn texts(texts: &[&str]) -> Self {
        Self::List(texts.iter().map(|text| Self::text(text)).collect())
    }

    pub fn number(number: i64) -> Self {
        Self::Scalar(number.to_string())
    }

    pub fn flag(flag: bool) -> Self {
        Self::Scalar(flag.to_string())
    }

    pub fn value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Scalar("null".to_owned()),
            Value::Bool(flag) => Self::flag(*flag),
            Value::Integer(number) => Self::number(*number),
            Value::Text(text) => Self::text(text),
            Value::List(items) => Self::List(items.iter().map(|item| Self::text(item)).collect()),
        }
    }

    /// The text, indented, with a line end behind it.
    pub fn written(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    item.write(text, depth);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "\n" } else { ",\n" });
                    text.push_str(&"  ".repeat(depth + 1));
                    text.push_str(&serde_json::Value::from(name.as_str()).to_string());
                    text.push_str(": ");
                    value.write(text, depth + 1);
                }
                text.push('\n');
                text.push_str(&"  ".repeat(depth));
                text.push('}');
            }
        }
    }
}
