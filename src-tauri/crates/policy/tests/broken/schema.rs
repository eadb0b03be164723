//! What an editor with the JSON Schema would say.

use convoke_policy::generate::json_schema;
use jsonc_parser::ast::Value as Ast;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;

pub struct Schema(jsonschema::Validator);

impl Schema {
    pub fn new() -> Self {
        let schema = serde_json::from_str(&json_schema()).unwrap();
        Self(jsonschema::draft202012::new(&schema).unwrap())
    }

    /// Whether the schema accepts a file; `None` if it is not JSON.
    pub fn accepts(&self, content: &[u8]) -> Option<bool> {
        let text = std::str::from_utf8(content).ok()?.trim_start_matches('\u{feff}');
        let options = ParseOptions {
            allow_loose_object_property_names: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
            ..ParseOptions::default()
        };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &options).ok()?;
        Some(self.0.is_valid(&json(&parsed.value?)))
    }
}

/// As an editor sees it: of a name that stands twice the last one.
fn json(ast: &Ast<'_>) -> Value {
    match ast {
        Ast::StringLit(text) => text.value.as_ref().into(),
        Ast::NumberLit(number) => serde_json::from_str(number.value).unwrap(),
        Ast::BooleanLit(flag) => flag.value.into(),
        Ast::NullKeyword(_) => Value::Null,
        Ast::Array(array) => array.elements.iter().map(json).collect(),
        Ast::Object(object) => {
            object.properties.iter().map(|one| (one.name.as_str().to_owned(), json(&one.value))).collect()
        }
    }
}
