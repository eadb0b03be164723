//! Managed settings against the table of keys, by the same rules as a file's.

use jsonc_parser::ast::{Array, BooleanLit, NumberLit, StringLit, Value as Json};
use jsonc_parser::common::Range;

use super::{Given, Setting};
use crate::check::check;
use crate::key::{Key, Kind, Place, is_section, is_security_section, touches_security};
use crate::message::Message;
use crate::problem::{Problem, ProblemKind, Severity};
use crate::read::{Entry, Parsed};
use crate::sentences as say;
use crate::source::{Level, Source};
use crate::suggest::{nearest, nearest_key};

/// What the settings say. Every problem names its place instead of line and column.
pub fn judge(name: &str, settings: &[Setting]) -> Parsed {
    let mut parsed = Parsed { file: name.to_owned(), ..Parsed::default() };
    for setting in settings {
        let same = |other: &&Setting| other.level == setting.level && other.name == setting.name;
        let once = settings.iter().filter(same).count() == 1;
        match if once { value(setting) } else { Err(duplicate(setting).into()) } {
            Ok(entry) => parsed.values.push(entry),
            Err(problem) => parsed.problems.push(*problem),
        }
    }
    parsed
}

/// As in a file: nobody can tell which one was meant.
fn duplicate(setting: &Setting) -> Problem {
    let message = say::more_than_once(full(setting));
    problem(setting, ProblemKind::DuplicateKey, message, touches_security(&setting.name))
}

fn value(setting: &Setting) -> Result<Entry, Box<Problem>> {
    let key = Key::find(&setting.name).ok_or_else(|| unknown(setting))?;
    if key.place == Place::Top && setting.level != Level::Enforced {
        let problem = problem(setting, ProblemKind::Misplaced, say::misplaced(full(setting)), key.security);
        let suggestion = Some(say::among_enforced(key.name));
        return Err(Problem { severity: Severity::Warning, suggestion, ..problem }.into());
    }
    let digits = digits(&setting.value);
    let json = json(&setting.value, key.kind, &digits)
        .ok_or_else(|| problem(setting, ProblemKind::WrongType, not(setting, key), key.security))?;
    match check(&json, &full(setting), key.kind) {
        Ok(value) => {
            let source =
                Source { level: setting.level, file: Some(setting.place.clone()), line: None, column: None };
            Ok(Entry { key: key.name, value, source })
        }
        Err(fault) => {
            let problem = problem(setting, fault.kind, fault.message, key.security);
            Err(Problem { suggestion: fault.suggestion.map(Into::into), ..problem }.into())
        }
    }
}

/// A slip of the pen in a name that decides security leaves a restriction out.
fn unknown(setting: &Setting) -> Problem {
    let name = setting.name.as_str();
    let section = is_section(name);
    if section && setting.value == Given::Section {
        let problem =
            problem(setting, ProblemKind::Misplaced, say::misplaced(full(setting)), touches_security(name));
        let suggestion = Some(say::below_enforced(name));
        return Problem { suggestion, ..problem };
    }
    if section || LEVELS.contains(&name) {
        let blocks = !section || touches_security(name);
        return problem(setting, ProblemKind::WrongType, say::must_hold_settings(full(setting)), blocks);
    }
    let level = nearest(name, LEVELS);
    let meant = nearest_key(name).or(level);
    let above = name.rsplit_once('.').map_or("", |(section, _)| section);
    let blocks = is_security_section(above) || level.is_some() || meant.is_some_and(touches_security);
    let severity = if blocks { Severity::Error } else { Severity::Warning };
    let problem = problem(setting, ProblemKind::UnknownKey, say::unknown(full(setting)), blocks);
    Problem { severity, suggestion: meant.map(Into::into), ..problem }
}

const LEVELS: [&str; 2] = ["enforced", "defaults"];

fn problem(setting: &Setting, kind: ProblemKind, message: Message, blocks_sign_in: bool) -> Problem {
    let problem = Problem::of_file(&setting.place, kind, message);
    Problem { line: None, column: None, key: Some(full(setting)), blocks_sign_in, ..problem }
}

/// The name as the messages tell it: with its level, escaped, and not longer than a line.
fn full(setting: &Setting) -> String {
    let level = if setting.level == Level::Enforced { "enforced" } else { "defaults" };
    let name: String = setting.name.escape_debug().take(200).collect();
    if touches_top(&setting.name) { name } else { format!("{level}.{name}") }
}

fn touches_top(name: &str) -> bool {
    Key::find(name).is_some_and(|key| key.place == Place::Top)
}

fn not(setting: &Setting, key: &Key) -> Message {
    let found = match &setting.value {
        Given::Other(what) => what.clone(),
        _ => say::dictionary(),
    };
    say::wrong_type(full(setting), key.kind.allowed(), found)
}

/// The digits of a number, which a JSON literal borrows.
fn digits(value: &Given) -> String {
    match value {
        Given::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The value as JSON, so that files and managed settings are checked by the same code.
fn json<'a>(value: &'a Given, kind: Kind, digits: &'a str) -> Option<Json<'a>> {
    let range = Range::new(0, 0);
    let text = |text: &'a str| Json::StringLit(StringLit { range, value: text.into() });
    Some(match value {
        Given::Integer(number @ (0 | 1)) if kind == Kind::Bool => {
            Json::BooleanLit(BooleanLit { range, value: *number == 1 })
        }
        Given::Bool(value) => Json::BooleanLit(BooleanLit { range, value: *value }),
        Given::Integer(_) => Json::NumberLit(NumberLit { range, value: digits }),
        Given::Text(value) => text(value),
        Given::List(items) => {
            Json::Array(Array { range, elements: items.iter().map(|item| text(item)).collect() })
        }
        Given::Section | Given::Other(_) => return None,
    })
}
