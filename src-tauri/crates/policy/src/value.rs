//! The value of a key.

use serde::Serialize;

/// A checked value, as it stands in the file or as the product's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `null`: no value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// A value that stands in the table of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// No value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(&'static str),
    /// A list of texts.
    List(&'static [&'static str]),
}

impl From<DefaultValue> for Value {
    fn from(value: DefaultValue) -> Self {
        match value {
            DefaultValue::Null => Self::Null,
            DefaultValue::Bool(flag) => Self::Bool(flag),
            DefaultValue::Integer(number) => Self::Integer(number),
            DefaultValue::Text(text) => Self::Text(text.to_owned()),
            DefaultValue::List(items) => Self::List(items.iter().map(|&item| item.to_owned()).collect()),
        }
    }
}
