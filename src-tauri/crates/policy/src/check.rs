//! One value against what its key takes.

use jsonc_parser::ast::Value as Json;
use jsonc_parser::common::Ranged;
use url::Host;

use crate::key::{Item, Kind, Text};
use crate::message::Message;
use crate::problem::ProblemKind;
use crate::sentences as say;
use crate::suggest::nearest;
use crate::url_check;
use crate::value::Value;

const MAX_LINE: usize = 512;
const MAX_ITEMS: usize = 1000;
/// The most characters that a message quotes of a value.
const MAX_SHOWN: usize = 80;

/// Why a value was not taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset of the culprit.
    pub offset: usize,
    /// What sort of problem it is.
    pub kind: ProblemKind,
    /// One sentence on the key.
    pub message: Message,
    /// What was probably meant, as it is written in the file.
    pub suggestion: Option<String>,
}

/// The value, if the kind takes it. `key` is its name as the messages tell it.
///
/// # Errors
/// [`Fault`] with the place and the reason otherwise.
pub fn check(json: &Json<'_>, key: &str, kind: Kind) -> Result<Value, Fault> {
    match kind {
        Kind::Bool => match json {
            Json::BooleanLit(literal) => Ok(Value::Bool(literal.value)),
            _ => {
                let meant = unquoted(json, |text| text.parse::<bool>().is_ok());
                Err(wrong_type(json, key, kind.allowed(), meant))
            }
        },
        Kind::Integer { min, max } => integer(json, key, min, max),
        Kind::Choice(words) => match json {
            Json::StringLit(literal) => {
                choice(&literal.value, key, words).map(Value::Text).map_err(|fault| fault.at(json))
            }
            _ => Err(wrong_type(json, key, say::one_of(quoted_list(words)), None)),
        },
        Kind::Text(form) => text(json, key, form),
        Kind::List { item, optional } => list(json, key, item, optional),
    }
}

fn integer(json: &Json<'_>, key: &str, min: i64, max: i64) -> Result<Value, Fault> {
    let Json::NumberLit(literal) = json else {
        let meant = unquoted(json, |text| text.parse::<i64>().is_ok());
        return Err(wrong_type(json, key, say::whole_number(), meant));
    };
    match Number::of(literal.value) {
        Number::Whole(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        Number::Whole(_) | Number::Large => {
            Err(invalid(json, say::out_of_range(key, short(literal.value), min, max)))
        }
        Number::Fraction => {
            let message = say::wrong_type(key, say::whole_number(), say::fraction());
            Err(Fault { kind: ProblemKind::WrongType, ..invalid(json, message) })
        }
    }
}

/// A number as far as whole ones go.
pub enum Number {
    /// A whole one.
    Whole(i64),
    /// Beyond every bound.
    Large,
    /// One with a fraction.
    Fraction,
}

impl Number {
    /// What counts is the value, not how it is written: `1.0` is an integer, as JSON Schema has it (2020-12 core,
    /// section 4.2.3; validation, section 6.1.1). Precision is that of a double (RFC 8259, section 6).
    pub fn of(literal: &str) -> Self {
        if let Ok(number) = literal.parse::<i64>() {
            return Self::Whole(number);
        }
        match literal.parse::<f64>() {
            Ok(number) if number.is_finite() && number.fract() != 0.0 => Self::Fraction,
            Ok(number) => format!("{number:.0}").parse().map_or(Self::Large, Self::Whole),
            Err(_) => Self::Large,
        }
    }
}

fn text(json: &Json<'_>, key: &str, form: Text) -> Result<Value, Fault> {
    match json {
        Json::NullKeyword(_) if form != Text::Tenant => Ok(Value::Null),
        Json::StringLit(literal) if literal.value.is_empty() && form != Text::Tenant => Ok(Value::Null),
        Json::StringLit(literal) => {
            form_of(&literal.value, key, form).map(Value::Text).map_err(|fault| fault.at(json))
        }
        _ => Err(wrong_type(json, key, say::text(), None)),
    }
}

fn list(json: &Json<'_>, key: &str, item: Item, optional: bool) -> Result<Value, Fault> {
    let array = match json {
        Json::NullKeyword(_) if optional => return Ok(Value::Null),
        Json::Array(array) => array,
        _ => {
            let text = json.as_string_lit().map(|literal| &literal.value);
            let meant = text.and_then(|text| as_list(text, key, item, optional));
            return Err(wrong_type(json, key, say::list(), meant.filter(|text| text.len() <= MAX_LINE)));
        }
    };
    if array.elements.len() > MAX_ITEMS {
        return Err(invalid(json, say::too_many_items(key, MAX_ITEMS)));
    }
    if array.elements.is_empty() && !optional {
        return Err(invalid(json, say::empty_list(key)));
    }
    let mut items: Vec<String> = Vec::new();
    for element in &array.elements {
        let Json::StringLit(literal) = element else {
            return Err(wrong_type(element, key, say::list_of_texts(), None));
        };
        let value = item_of(&literal.value, key, item).map_err(|fault| fault.at(element))?;
        if !items.contains(&value) {
            items.push(value);
        }
    }
    Ok(Value::List(items))
}

fn item_of(text: &str, key: &str, item: Item) -> Result<String, Unplaced> {
    match item {
        Item::Text(form) => form_of(text, key, form),
        Item::Choice(words) => choice(text, key, words),
    }
}

/// The list that a text probably stands for, where it is one that the key takes. No text is no value, as elsewhere.
fn as_list(text: &str, key: &str, item: Item, optional: bool) -> Option<String> {
    if text.is_empty() {
        return optional.then(|| "null".to_owned());
    }
    let one = item_of(text, key, item).map(|_| format!("\"{text}\""));
    one.or_else(|fault| fault.suggestion.ok_or(())).ok().map(|one| format!("[{one}]"))
}

/// A fault whose place the caller knows.
struct Unplaced {
    message: Message,
    suggestion: Option<String>,
}

impl Unplaced {
    fn at(self, json: &Json<'_>) -> Fault {
        Fault { suggestion: self.suggestion, ..invalid(json, self.message) }
    }
}

fn refuse<T>(message: Message) -> Result<T, Unplaced> {
    Err(Unplaced { message, suggestion: None })
}

fn choice(word: &str, key: &str, words: &'static [&'static str]) -> Result<String, Unplaced> {
    if words.contains(&word) {
        return Ok(word.to_owned());
    }
    let suggestion = nearest(word, words.iter().copied()).map(|word| format!("\"{word}\""));
    Err(Unplaced { message: say::not_one_of(key, shown(word), quoted_list(words)), suggestion })
}

fn form_of(text: &str, key: &str, form: Text) -> Result<String, Unplaced> {
    let shown = shown(text);
    match form {
        Text::Line => line(text, key).map(str::to_owned),
        Text::Domain => domain(text).map_or_else(|| refuse(say::not_a(key, shown, form.name())), Ok),
        Text::Guid => guid(text).map_or_else(|| refuse(say::not_a(key, shown, form.name())), Ok),
        Text::MailAddress => match mail_address(text) {
            true => Ok(text.to_owned()),
            false => refuse(say::not_a(key, shown, form.name())),
        },
        Text::EwsUrl => match url_check::parse_ews(text) {
            Ok(url) => Ok(url.into()),
            Err(fault) => refuse(fault.message(key)),
        },
        Text::Url => match url_check::parse(text) {
            Ok(url) => Ok(url.into()),
            Err(fault) => refuse(fault.message(key)),
        },
        Text::Tenant if text == "organizations" => Ok(text.to_owned()),
        Text::Tenant => guid(text).or_else(|| domain(text)).ok_or_else(|| Unplaced {
            message: say::not_a_tenant(key, shown),
            suggestion: nearest(text, ["organizations"]).or(alias(text)).map(|word| format!("\"{word}\"")),
        }),
    }
}

/// The other words that Entra takes for a tenant; both let in accounts that no organization governs.
fn alias(text: &str) -> Option<&'static str> {
    matches!(text, "common" | "consumers").then_some("organizations")
}

fn line<'a>(text: &'a str, key: &str) -> Result<&'a str, Unplaced> {
    if text.chars().any(char::is_control) {
        return refuse(say::control_character(key));
    }
    if text.trim().is_empty() {
        return refuse(say::blank(key));
    }
    if text.chars().count() > MAX_LINE {
        return refuse(say::too_long(key, MAX_LINE));
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

fn wrong_type(json: &Json<'_>, key: &str, expected: Message, suggestion: Option<String>) -> Fault {
    let message = say::wrong_type(key, expected, type_of(json));
    Fault { offset: json.start(), kind: ProblemKind::WrongType, message, suggestion }
}

fn invalid(json: &Json<'_>, message: Message) -> Fault {
    Fault { offset: json.start(), kind: ProblemKind::InvalidValue, message, suggestion: None }
}

/// What a JSON value is, in words.
#[must_use]
pub fn type_of(json: &Json<'_>) -> Message {
    match json {
        Json::StringLit(_) => say::text(),
        Json::NumberLit(_) => say::number(),
        Json::BooleanLit(_) => say::true_or_false(),
        Json::Object(_) => say::object(),
        Json::Array(_) => say::list(),
        Json::NullKeyword(_) => "null".into(),
    }
}

fn unquoted(json: &Json<'_>, fits: impl Fn(&str) -> bool) -> Option<String> {
    json.as_string_lit().map(|literal| literal.value.as_ref()).filter(|text| fits(text)).map(str::to_owned)
}

fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// A text as a message quotes it: escaped, and not longer than a line.
fn shown(text: &str) -> String {
    let dots = if text.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
    let short: String = text.chars().take(MAX_SHOWN).collect();
    format!("\"{}{dots}\"", short.escape_debug())
}

/// A number as a message tells it: not longer than a line.
fn short(digits: &str) -> String {
    let dots = if digits.len() > MAX_SHOWN { "…" } else { "" };
    digits.chars().take(MAX_SHOWN).chain(dots.chars()).collect()
}
