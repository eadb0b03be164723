//! Tables of properties, and writing an item by them.

use super::rendering::{Reading, Rendering};
use crate::ews::shape::Base;
use crate::ews::soap::Problem;
use crate::ews::version::SchemaVersion;
use crate::xml::{Element, element};

/// Characters of a text in a list (source: "FindItem operation").
const LISTED: usize = 255;

/// One property of a kind of item. Tables are in the order of the schema.
#[derive(Debug)]
pub struct Property<T> {
    /// Its name.
    pub uri: &'static str,
    /// The smallest set it belongs to.
    pub set: Base,
    /// Whether lists have it, or only reading does.
    pub listed: bool,
    /// Whether it is made of entries that may be asked for one by one; then it sees to that itself.
    pub by_entry: bool,
    /// The first schema that has it.
    pub since: SchemaVersion,
    /// How it is written; nothing where the item has none.
    pub write: fn(&T, &Rendering<'_>) -> Option<Element>,
}

/// A property of all schemas that lists have.
pub const fn listed<T>(
    uri: &'static str,
    set: Base,
    write: fn(&T, &Rendering<'_>) -> Option<Element>,
) -> Property<T> {
    Property { uri, set, listed: true, by_entry: false, since: SchemaVersion::OLDEST, write }
}

/// A property of all schemas that only reading gives.
pub const fn read_only<T>(
    uri: &'static str,
    set: Base,
    write: fn(&T, &Rendering<'_>) -> Option<Element>,
) -> Property<T> {
    Property { listed: false, ..listed(uri, set, write) }
}

/// A property made of entries, which lists have.
pub const fn by_entry<T>(uri: &'static str, write: fn(&T, &Rendering<'_>) -> Option<Element>) -> Property<T> {
    Property { by_entry: true, ..listed(uri, Base::Default, write) }
}

impl<T> Property<T> {
    /// The same property, known from a schema on.
    #[must_use]
    pub const fn since(self, since: SchemaVersion) -> Self {
        Self { since, ..self }
    }
}

/// Writes an item.
pub fn render<T>(
    name: &'static str,
    item: &T,
    properties: &[Property<T>],
    extended: impl Fn() -> Vec<Element>,
    how: &Rendering<'_>,
) -> Element {
    let mut written = element(name);
    for property in properties {
        if property.uri == EXTENDED {
            written = written.children(extended());
            continue;
        }
        let is_there = property.listed || how.reading == Reading::Get;
        let is_wanted = property.by_entry || how.shape.wants(property.uri, property.set);
        if is_there && how.version >= property.since && is_wanted {
            written = written.children((property.write)(item, how));
        }
    }
    if how.reading == Reading::Find { written.shortened(LISTED) } else { written }
}

/// Where extended properties stand among the others.
pub const EXTENDED: &str = "extended";

/// Refuses a request that names a property of a later schema than it keeps to.
///
/// # Errors
/// `ErrorInvalidPropertyRequest` with the property.
pub fn all_known<T>(properties: &[Property<T>], how: &Rendering<'_>) -> Result<(), Problem> {
    let named = |property: &&Property<T>| how.shape.fields.iter().any(|field| field == property.uri);
    match properties.iter().filter(named).find(|property| property.since > how.version) {
        None => Ok(()),
        Some(property) => {
            let text = "The request is invalid for the schema version that it names.";
            let xml = vec![element("t:FieldURI").with("FieldURI", property.uri)];
            Err(Problem { xml, ..Problem::new("ErrorInvalidPropertyRequest", text) })
        }
    }
}

/// An element with a text.
#[must_use]
pub fn leaf(name: &'static str, text: impl Into<String>) -> Option<Element> {
    Some(element(name).text(text))
}

/// An element with a text that is not empty.
#[must_use]
pub fn leaf_unless_empty(name: &'static str, text: &str) -> Option<Element> {
    (!text.is_empty()).then(|| element(name).text(text))
}

/// An element that says yes or no.
#[must_use]
pub fn flag(name: &'static str, value: bool) -> Option<Element> {
    leaf(name, value.to_string())
}
