//! The merged values, looked up by key with the type that a setting needs.

use std::collections::BTreeMap;

use url::Url;

use crate::choice::Choice;
use crate::key::Key;
use crate::read::{Entry, Parsed};
use crate::source::{Level, Source};
use crate::value::Value;

/// All that was said of each key, the winner first.
///
/// Order: enforced before defaults; within a level the later file before the earlier one. The product's own
/// default is not in the list; it applies where the list is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, Vec<Entry>>);

impl Values {
    pub fn merge(parsed: &[Parsed]) -> Self {
        let mut values: BTreeMap<&'static str, Vec<Entry>> = BTreeMap::new();
        for entry in parsed.iter().flat_map(|file| &file.values) {
            values.entry(entry.key).or_default().insert(0, entry.clone());
        }
        for entries in values.values_mut() {
            entries.sort_by_key(|entry| entry.source.level != Level::Enforced);
        }
        Self(values)
    }

    /// Everything that files say of a key, the winner first.
    pub fn said(&self, key: &str) -> &[Entry] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    pub fn source(&self, key: &str) -> Source {
        self.said(key).first().map_or(Source::PRODUCT, |entry| entry.source.clone())
    }

    pub fn value(&self, key: &str) -> Value {
        match self.said(key).first() {
            Some(entry) => entry.value.clone(),
            None => Key::find(key).map_or(Value::Null, |key| key.default.into()),
        }
    }

    pub fn text(&self, key: &str) -> Option<String> {
        match self.value(key) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn url(&self, key: &str) -> Option<Url> {
        self.text(key).and_then(|text| crate::url_check::parse(&text).ok())
    }

    pub fn flag(&self, key: &str) -> bool {
        self.value(key) == Value::Bool(true)
    }

    pub fn number(&self, key: &str) -> u32 {
        match self.value(key) {
            Value::Integer(number) => u32::try_from(number).unwrap_or_default(),
            _ => 0,
        }
    }

    pub fn list(&self, key: &str) -> Option<Vec<String>> {
        match self.value(key) {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn choice<C: Choice>(&self, key: &str) -> C {
        self.text(key).and_then(|word| C::from_word(&word)).unwrap_or_default()
    }

    pub fn choices<C: Choice>(&self, key: &str) -> Vec<C> {
        self.list(key).unwrap_or_default().iter().filter_map(|word| C::from_word(word)).collect()
    }
}
