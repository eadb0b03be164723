//! The JSON Schema, read back.

use serde_json::Value;

use super::shape::{Shape, Shapes, Type};

pub fn shapes(text: &str) -> Shapes {
    let schema: Value = serde_json::from_str(text).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let mut shapes = Shapes::new();
    for (name, below) in properties(&schema) {
        match below["$ref"].as_str() {
            Some(reference) => {
                let target = schema.pointer(reference.trim_start_matches('#')).unwrap();
                section(target, name, "", &mut shapes);
            }
            None if name == "$schema" => assert_eq!(below["type"], "string"),
            None => section(below, "", name, &mut shapes),
        }
    }
    shapes
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    assert_eq!(schema["additionalProperties"], Value::Bool(false));
    schema["properties"].as_object().unwrap().iter()
}

fn section(schema: &Value, level: &str, path: &str, shapes: &mut Shapes) {
    for (name, below) in properties(schema) {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if below["type"] == "object" {
            section(below, level, &path, shapes);
        } else {
            shapes.insert(level.to_owned(), path, shape(below));
        }
    }
}

fn shape(schema: &Value) -> Shape {
    assert!(schema["title"].is_string() && schema["description"].is_string(), "{schema}");
    let words = |schema: &Value| match schema["enum"].as_array() {
        Some(words) => words.iter().map(|word| word.as_str().unwrap().to_owned()).collect(),
        None => Vec::new(),
    };
    let kind = match schema["type"].as_str().or(schema["type"][0].as_str()).unwrap() {
        "boolean" => Type::Bool,
        "integer" => Type::Integer,
        "string" => Type::Text,
        "array" => Type::List,
        other => unreachable!("{other}"),
    };
    let choices = words(if kind == Type::List { &schema["items"] } else { schema });
    let range = schema["minimum"].as_i64().zip(schema["maximum"].as_i64());
    // A value that is always given, so that "no default" and "null by default" are not mixed up.
    let default = schema.get("default").unwrap().clone();
    Shape { kind, range, choices, default }
}
