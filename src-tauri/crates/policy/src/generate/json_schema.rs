//! The JSON Schema of a policy file (draft 2020-12), for editors and for `convokectl policy schema`.

use super::json::Json;
use super::pattern::pattern;
use crate::key::{Item, Key, Kind, Place, Text, children};
use crate::keys::SECTIONS;
use crate::value::{DefaultValue, Value};

/// The schema's text.
#[must_use]
pub fn json_schema() -> String {
    let level = |title: &str, description: &str| {
        Json::object([
            ("title", Json::text(title)),
            ("description", Json::text(description)),
            ("$ref", Json::text("#/$defs/settings")),
        ])
    };
    let top = children("", Place::Top).map(|name| (name.to_owned(), section(name, Place::Top)));
    let enforced = level("Enforced", "What the user can't change.");
    let defaults = level("Defaults", "What holds until the user chooses otherwise.");
    let properties = [("$schema".to_owned(), Json::object([("type", Json::text("string"))]))]
        .into_iter()
        .chain(top)
        .chain([("enforced".to_owned(), enforced), ("defaults".to_owned(), defaults)]);
    Json::object([
        ("$schema", Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("title", Json::text("Convoke policy")),
        ("description", Json::text("What an organization wants of Convoke. See docs/policy.md.")),
        ("type", Json::text("object")),
        ("properties", Json::Object(properties.collect())),
        ("additionalProperties", Json::flag(false)),
        ("$defs", Json::object([("settings", section("", Place::Levels))])),
    ])
    .written()
}

/// A section with everything below it; the empty path is a whole level.
fn section(path: &str, place: Place) -> Json {
    let properties = children(path, place).map(|name| {
        let below = if path.is_empty() && place == Place::Levels {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        let schema = Key::find(&below).map_or_else(|| section(&below, place), key);
        (name.to_owned(), schema)
    });
    let properties = Json::Object(properties.collect());
    let title = SECTIONS.iter().find(|section| section.name == path).map(|section| section.title.en);
    let title = title.map(|title| ("title", Json::text(title)));
    Json::object(title.into_iter().chain([
        ("type", Json::text("object")),
        ("properties", properties),
        ("additionalProperties", Json::flag(false)),
    ]))
}

fn key(key: &Key) -> Json {
    let about = [("title", Json::text(key.title.en)), ("description", Json::text(key.doc.en))];
    let examples = (key.example != key.default && key.example != DefaultValue::Null)
        .then(|| ("examples", Json::List(vec![Json::value(&Value::from(key.example))])));
    Json::object(
        about
            .into_iter()
            .chain(values(key.kind))
            .chain([("default", Json::value(&Value::from(key.default)))])
            .chain(examples),
    )
}

fn values(kind: Kind) -> Vec<(&'static str, Json)> {
    match kind {
        Kind::Bool => vec![("type", Json::text("boolean"))],
        Kind::Integer { min, max } => vec![
            ("type", Json::text("integer")),
            ("minimum", Json::number(min)),
            ("maximum", Json::number(max)),
        ],
        Kind::Choice(words) => vec![("type", Json::text("string")), ("enum", Json::texts(words))],
        Kind::Text(Text::Tenant) => {
            vec![("type", Json::text("string")), ("pattern", Json::text(&pattern(Text::Tenant, false)))]
        }
        Kind::Text(form) => vec![
            ("type", Json::texts(&["string", "null"])),
            ("maxLength", Json::number(form.longest())),
            ("pattern", Json::text(&pattern(form, true))),
        ],
        Kind::List { item, optional } => {
            let item = match item {
                Item::Choice(words) => {
                    Json::object([("type", Json::text("string")), ("enum", Json::texts(words))])
                }
                Item::Text(form) => Json::object([
                    ("type", Json::text("string")),
                    ("pattern", Json::text(&pattern(form, false))),
                ]),
            };
            let at_least = (!optional).then(|| ("minItems", Json::number(1)));
            let list = if optional { Json::texts(&["array", "null"]) } else { Json::text("array") };
            [("type", list), ("items", item)].into_iter().chain(at_least).collect()
        }
    }
}
