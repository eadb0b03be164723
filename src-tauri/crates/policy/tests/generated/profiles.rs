//! The profile manifest and the sample profile, read back.

use std::collections::BTreeSet;

use convoke_policy::generate::PREFERENCE_DOMAIN;
use convoke_policy::key::Key;
use convoke_policy::keys::KEYS;
use plist::{Dictionary, Value};

use super::shape::{Shape, Shapes, Type};

fn parse(text: &str) -> Dictionary {
    plist::from_bytes::<Value>(text.as_bytes()).unwrap().into_dictionary().unwrap()
}

pub fn manifest_shapes(text: &str) -> Shapes {
    let manifest = parse(text);
    assert_eq!(word(&manifest, "pfm_domain"), PREFERENCE_DOMAIN);
    let mut shapes = Shapes::new();
    for subkey in below(&manifest) {
        match word(subkey, "pfm_name").as_str() {
            name if name.starts_with("Payload") => assert_eq!(word(subkey, "pfm_require"), "always"),
            level @ ("enforced" | "defaults") => section(subkey, level, "", &mut shapes),
            name => section(subkey, "", name, &mut shapes),
        }
    }
    shapes
}

fn section(subkey: &Dictionary, level: &str, path: &str, shapes: &mut Shapes) {
    for subkey in below(subkey) {
        let name = word(subkey, "pfm_name");
        let path = if path.is_empty() { name } else { format!("{path}.{name}") };
        if word(subkey, "pfm_type") == "dictionary" {
            section(subkey, level, &path, shapes);
        } else {
            shapes.insert(level.to_owned(), path, shape(subkey));
        }
    }
}

fn shape(subkey: &Dictionary) -> Shape {
    let kind = match word(subkey, "pfm_type").as_str() {
        "boolean" => Type::Bool,
        "integer" => Type::Integer,
        "string" => Type::Text,
        "array" => Type::List,
        other => unreachable!("{other}"),
    };
    let bound = |name: &str| subkey.get(name).and_then(Value::as_signed_integer);
    let words = match kind {
        Type::List => below(subkey)[0].get("pfm_range_list"),
        _ => subkey.get("pfm_range_list"),
    };
    let words = words.and_then(Value::as_array).into_iter().flatten();
    let choices = words.map(|word| word.as_string().unwrap().to_owned()).collect();
    let default = subkey.get("pfm_default").map_or(serde_json::Value::Null, json);
    Shape { kind, range: bound("pfm_range_min").zip(bound("pfm_range_max")), choices, default }
}

pub fn check_sample(text: &str) {
    let profile = parse(text);
    let payload = profile.get("PayloadContent").unwrap().as_array().unwrap()[0].as_dictionary().unwrap();
    assert_eq!(word(payload, "PayloadType"), PREFERENCE_DOMAIN);
    assert_ne!(word(payload, "PayloadUUID"), word(&profile, "PayloadUUID"));
    let mut named = Vec::new();
    for (name, value) in payload.iter().filter(|(name, _)| !name.starts_with("Payload")) {
        let path = if matches!(name.as_str(), "enforced" | "defaults") { "" } else { name.as_str() };
        walk(value.as_dictionary().unwrap(), path, &mut named);
    }
    let expected: BTreeSet<&str> = KEYS.iter().map(|key| key.name).collect();
    assert_eq!(named.len(), expected.len(), "each key stands once");
    assert_eq!(named.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);
}

fn walk(dictionary: &Dictionary, path: &str, named: &mut Vec<String>) {
    for (name, value) in dictionary {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match (Key::find(&path), value) {
            (Some(key), _) => {
                let example = serde_json::to_value(convoke_policy::Value::from(key.example)).unwrap();
                let shown = if example.is_null() { "".into() } else { example };
                assert_eq!(json(value), shown, "{path}");
                named.push(path);
            }
            (None, Value::Dictionary(below)) => walk(below, &path, named),
            (None, other) => unreachable!("{path}: {other:?}"),
        }
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Boolean(flag) => (*flag).into(),
        Value::Integer(number) => number.as_signed().unwrap().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        other => unreachable!("{other:?}"),
    }
}

fn below(of: &Dictionary) -> Vec<&Dictionary> {
    let subkeys = of.get("pfm_subkeys").unwrap().as_array().unwrap();
    subkeys.iter().map(|subkey| subkey.as_dictionary().unwrap()).collect()
}

fn word(of: &Dictionary, name: &str) -> String {
    of.get(name).unwrap().as_string().unwrap().to_owned()
}
