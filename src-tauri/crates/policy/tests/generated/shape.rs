//! What any of the files says of a key, in one form.

use std::collections::BTreeMap;

use convoke_policy::Value;
use convoke_policy::key::{Item, Key, Kind};

/// What is said of each key, by level (empty at the top) and name.
#[derive(Debug, Default, PartialEq)]
pub struct Shapes(BTreeMap<(String, String), Shape>);

impl Shapes {
    pub fn new() -> Self {
        Self::default()
    }

    /// A key that is said twice is a mistake in itself.
    pub fn insert(&mut self, level: String, key: String, shape: Shape) {
        let before = self.0.insert((level.clone(), key.clone()), shape);
        assert!(before.is_none(), "{level} {key} is there twice");
    }
}

/// What is said of one key.
#[derive(Debug, PartialEq)]
pub struct Shape {
    pub kind: Type,
    pub range: Option<(i64, i64)>,
    pub choices: Vec<String>,
    /// JSON; `null` for none.
    pub default: serde_json::Value,
}

/// The type of a value.
#[derive(Debug, PartialEq)]
pub enum Type {
    Bool,
    Integer,
    Text,
    List,
}

impl Shape {
    /// What the table says.
    pub fn of(key: &Key) -> Self {
        let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let (kind, range, choices) = match key.kind {
            Kind::Bool => (Type::Bool, None, Vec::new()),
            Kind::Integer { min, max } => (Type::Integer, Some((min, max)), Vec::new()),
            Kind::Choice(words) => (Type::Text, None, own(words)),
            Kind::Text(_) => (Type::Text, None, Vec::new()),
            Kind::List { item: Item::Choice(words), .. } => (Type::List, None, own(words)),
            Kind::List { item: Item::Text(_), .. } => (Type::List, None, Vec::new()),
        };
        let default = serde_json::to_value(Value::from(key.default)).unwrap();
        Self { kind, range, choices, default }
    }
}
