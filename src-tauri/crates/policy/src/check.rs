//! One value against what its key takes.

use jsonc_parser::ast::Value as Json;
use jsonc_parser::common::Ranged;
use url::Host;

use crate::key::{Item, Kind, Text};
use crate::problem::ProblemKind;
use crate::suggest::nearest;
use crate::url_check;
use crate::value::Value;

const MAX_LINE: usize = 512;
const MAX_ITEMS: usize = 1000;

/// Why a value was not taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset of the culprit.
    pub offset: usize,
    /// What sort of problem it is.
    pub kind: ProblemKind,
    /// The end of a sentence that starts with the key's name.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// The value, if the kind takes it.
///
/// # Errors
/// [`Fault`] with the place and the reason otherwise.
pub fn check(json: &Json<'_>, kind: Kind) -> Result<Value, Fault> {
    match kind {
        Kind::Bool => match json {
            Json::BooleanLit(literal) => Ok(Value::Bool(literal.value)),
            _ => Err(wrong_type(json, "true or false", unquoted(json, |text| text.parse::<bool>().is_ok()))),
        },
        Kind::Integer { min, max } => integer(json, min, max),
        Kind::Choice(words) => match json {
            Json::StringLit(literal) => {
                choice(&literal.value, words).map(Value::Text).map_err(|fault| fault.at(json))
            }
            _ => Err(wrong_type(json, &format!("one of {}", quoted_list(words)), None)),
        },
        Kind::Text(form) => text(json, form),
        Kind::List { item, optional } => list(json, item, optional),
    }
}

fn integer(json: &Json<'_>, min: i64, max: i64) -> Result<Value, Fault> {
    let Json::NumberLit(literal) = json else {
        let meant = unquoted(json, |text| text.parse::<i64>().is_ok());
        return Err(wrong_type(json, "a whole number", meant));
    };
    let outside =
        |literal: &str| invalid(json, format!("is {literal}, which is not between {min} and {max}."));
    match literal.value.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        Ok(_) => Err(outside(literal.value)),
        // Too large for the type, or written with a point or an exponent.
        Err(_) => match literal.value.parse::<f64>() {
            Ok(number) if number.fract() != 0.0 => Err(wrong_type(json, "a whole number", None)),
            _ => Err(outside(literal.value)),
        },
    }
}

fn text(json: &Json<'_>, form: Text) -> Result<Value, Fault> {
    match json {
        Json::NullKeyword(_) if form != Text::Tenant => Ok(Value::Null),
        Json::StringLit(literal) if literal.value.is_empty() && form != Text::Tenant => Ok(Value::Null),
        Json::StringLit(literal) => {
            form_of(&literal.value, form).map(Value::Text).map_err(|fault| fault.at(json))
        }
        _ => Err(wrong_type(json, "a text", None)),
    }
}

fn list(json: &Json<'_>, item: Item, optional: bool) -> Result<Value, Fault> {
    let array = match json {
        Json::NullKeyword(_) if optional => return Ok(Value::Null),
        Json::Array(array) => array,
        _ => {
            let meant = json.as_string_lit().map(|literal| format!("[\"{}\"]", literal.value));
            return Err(wrong_type(json, "a list", meant.filter(|text| text.len() <= MAX_LINE)));
        }
    };
    if array.elements.len() > MAX_ITEMS {
        return Err(invalid(json, format!("has more than {MAX_ITEMS} items.")));
    }
    if array.elements.is_empty() && !optional {
        return Err(invalid(json, "is an empty list.".to_owned()));
    }
    let mut items: Vec<String> = Vec::new();
    for element in &array.elements {
        let Json::StringLit(literal) = element else {
            return Err(wrong_type(element, "a list of texts", None));
        };
        let checked = match item {
            Item::Text(form) => form_of(&literal.value, form),
            Item::Choice(words) => choice(&literal.value, words),
        };
        let value = checked.map_err(|fault| fault.at(element))?;
        if !items.contains(&value) {
            items.push(value);
        }
    }
    Ok(Value::List(items))
}

/// A fault whose place the caller knows.
struct Unplaced {
    message: String,
    suggestion: Option<String>,
}

impl Unplaced {
    fn at(self, json: &Json<'_>) -> Fault {
        Fault { suggestion: self.suggestion, ..invalid(json, self.message) }
    }
}

fn refuse<T>(message: impl Into<String>) -> Result<T, Unplaced> {
    Err(Unplaced { message: message.into(), suggestion: None })
}

fn choice(word: &str, words: &'static [&'static str]) -> Result<String, Unplaced> {
    if words.contains(&word) {
        return Ok(word.to_owned());
    }
    let suggestion = nearest(word, words.iter().copied()).map(|word| format!("\"{word}\""));
    let shown = shown(word);
    Err(Unplaced { message: format!("is {shown}, which is not one of {}.", quoted_list(words)), suggestion })
}

fn form_of(text: &str, form: Text) -> Result<String, Unplaced> {
    let shown = shown(text);
    match form {
        Text::Line => line(text).map(str::to_owned),
        Text::Domain => {
            domain(text).map_or_else(|| refuse(format!("is {shown}, which is not a domain.")), Ok)
        }
        Text::Guid => guid(text).map_or_else(|| refuse(format!("is {shown}, which is not a GUID.")), Ok),
        Text::MailAddress => match mail_address(text) {
            true => Ok(text.to_owned()),
            false => refuse(format!("is {shown}, which is not a mail address.")),
        },
        Text::Url => match url_check::parse(text) {
            Ok(url) => Ok(url.into()),
            Err(reason) => refuse(format!("{reason}.")),
        },
        Text::Tenant if text == "organizations" => Ok(text.to_owned()),
        Text::Tenant => guid(text).or_else(|| domain(text)).ok_or_else(|| Unplaced {
            message: format!("is {shown}, which is neither a tenant id nor a domain."),
            suggestion: nearest(text, ["organizations"]).or(alias(text)).map(|word| format!("\"{word}\"")),
        }),
    }
}

/// The other words that Entra takes for a tenant; both let in accounts that no organization governs.
fn alias(text: &str) -> Option<&'static str> {
    matches!(text, "common" | "consumers").then_some("organizations")
}

fn line(text: &str) -> Result<&str, Unplaced> {
    if text.chars().any(char::is_control) {
        return refuse("contains a control character.");
    }
    if text.trim().is_empty() {
        return refuse("is blank.");
    }
    if text.chars().count() > MAX_LINE {
        return refuse(format!("is longer than {MAX_LINE} characters."));
    }
    Ok(text)
}

/// A DNS name in its ASCII form, lower case.
fn domain(text: &str) -> Option<String> {
    let Ok(Host::Domain(name)) = Host::parse(text) else {
        return None;
    };
    let labels_fit = name.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    (labels_fit && name.contains('.') && name.len() <= 253).then_some(name)
}

/// A GUID of the form 8-4-4-4-12, lower case.
fn guid(text: &str) -> Option<String> {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    (digits && groups == [8, 4, 4, 4, 12]).then(|| text.to_ascii_lowercase())
}

fn mail_address(text: &str) -> bool {
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !local
                    .chars()
                    .any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"?&%".contains(c))
                && domain(host).is_some()
        })
}

fn wrong_type(json: &Json<'_>, expected: &str, suggestion: Option<String>) -> Fault {
    let message = format!("must be {expected}, not {}.", type_of(json));
    Fault { offset: json.start(), kind: ProblemKind::WrongType, message, suggestion }
}

fn invalid(json: &Json<'_>, message: String) -> Fault {
    Fault { offset: json.start(), kind: ProblemKind::InvalidValue, message, suggestion: None }
}

/// What a JSON value is, in words.
#[must_use]
pub fn type_of(json: &Json<'_>) -> &'static str {
    match json {
        Json::StringLit(_) => "a text",
        Json::NumberLit(_) => "a number",
        Json::BooleanLit(_) => "true or false",
        Json::Object(_) => "an object",
        Json::Array(_) => "a list",
        Json::NullKeyword(_) => "null",
    }
}

fn unquoted(json: &Json<'_>, fits: impl Fn(&str) -> bool) -> Option<String> {
    json.as_string_lit().map(|literal| literal.value.as_ref()).filter(|text| fits(text)).map(str::to_owned)
}

fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// A value as a message quotes it: escaped, and not longer than a line.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{dots}\"", short.escape_debug())
}
