//! Which properties a request wants (sources: `BaseShape`, `AdditionalProperties`, "Property sets and response shapes
//! in EWS in Exchange").

use crate::xml::Node;

/// A set of properties that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// Ids.
    IdOnly,
    /// The usual ones.
    Default,
    /// All but those that must be asked for by name.
    AllProperties,
    /// Only by name; never what a request says.
    ByName,
}

/// A property of another protocol layer, by its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtendedPath {
    /// `PropertySetId` in small letters.
    pub set: String,
    /// `PropertyName`.
    pub name: String,
    /// `PropertyType`.
    pub kind: String,
}

/// What a request wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The set.
    pub base: Base,
    /// Properties by name.
    pub fields: Vec<String>,
    /// Entries of properties by name and key.
    pub entries: Vec<(String, String)>,
    /// Extended properties.
    pub extended: Vec<ExtendedPath>,
    /// Whether bodies are wanted as plain text.
    pub text_bodies: bool,
}

impl Shape {
    /// Reads a shape, or takes the one with ids alone where there is none.
    #[must_use]
    pub fn read(node: Option<&Node>) -> Self {
        let text = |name: &str| node.and_then(|node| node.child_text(name)).unwrap_or_default();
        let base = match text("BaseShape") {
            "Default" => Base::Default,
            "AllProperties" => Base::AllProperties,
            _ => Base::IdOnly,
        };
        let paths = node.and_then(|node| node.child("AdditionalProperties"));
        let paths = paths.map(|paths| paths.children.as_slice()).unwrap_or_default();
        let value = |path: &Node, name: &str| path.attribute(name).unwrap_or_default().to_owned();
        let of = |name: &'static str| paths.iter().filter(move |path| path.name == name);
        Self {
            base,
            fields: of("FieldURI").map(|path| value(path, "FieldURI")).collect(),
            entries: of("IndexedFieldURI")
                .map(|path| (value(path, "FieldURI"), value(path, "FieldIndex")))
                .collect(),
            extended: of("ExtendedFieldURI")
                .map(|path| ExtendedPath {
                    set: value(path, "PropertySetId").to_lowercase(),
                    name: value(path, "PropertyName"),
                    kind: value(path, "PropertyType"),
                })
                .collect(),
            text_bodies: text("BodyType") == "Text",
        }
    }

    /// The same with another set.
    #[must_use]
    pub fn with_base(self, base: Base) -> Self {
        Self { base, ..self }
    }

    /// Whether a property is wanted that belongs to a set.
    #[must_use]
    pub fn wants(&self, uri: &str, set: Base) -> bool {
        set <= self.base || self.fields.iter().any(|field| field == uri)
    }

    /// Whether an entry of a property is wanted, which belongs to the same set as the whole.
    #[must_use]
    pub fn wants_entry(&self, whole: &str, set: Base, uri: &str, key: &str) -> bool {
        self.wants(whole, set) || self.entries.iter().any(|(field, index)| field == uri && index == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_names_are_wanted() {
        let node = crate::xml::read(
            b"<s><BaseShape>Default</BaseShape><BodyType>Text</BodyType><AdditionalProperties><FieldURI \
              FieldURI='item:Body'/><IndexedFieldURI FieldURI='contacts:PhoneNumber' FieldIndex='HomePhone'/>\
              </AdditionalProperties></s>",
        );
        let shape = Shape::read(node.ok().as_ref());
        let check =
            |uri: &str, set: Base, expected: bool| assert_eq!(shape.wants(uri, set), expected, "{uri}");
        check("item:ItemId", Base::IdOnly, true);
        check("item:Subject", Base::Default, true);
        check("item:Size", Base::AllProperties, false);
        check("item:Body", Base::ByName, true);
        check("item:TextBody", Base::ByName, false);
        assert!(shape.text_bodies);
        let phone = |key: &str| {
            shape.wants_entry("contacts:PhoneNumbers", Base::AllProperties, "contacts:PhoneNumber", key)
        };
        assert!(phone("HomePhone") && !phone("MobilePhone"));
        assert_eq!(Shape::read(None).base, Base::IdOnly);
    }
}
