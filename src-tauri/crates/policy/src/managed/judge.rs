//! Managed settings against the table of keys, by the same rules as a file's.

use jsonc_parser::ast::{Array, BooleanLit, NumberLit, StringLit, Value as Json};
use jsonc_parser::common::Range;

use super::{Given, Setting};
use crate::check::check;
use crate::key::{Key, Kind, Place, is_section, is_security_section, touches_security};
use crate::problem::{Problem, ProblemKind, Severity};
use crate::read::{Entry, Parsed};
use crate::source::{Level, Source};
use crate::suggest::{nearest, nearest_key};

/// What the settings say. Every problem names its place instead of line and column.
pub fn judge(name: &str, settings: &[Setting]) -> Parsed {
    let mut parsed = Parsed { file: name.to_owned(), ..Parsed::default() };
    for setting in settings {
        let same = |other: &&Setting| other.level == setting.level && other.name == setting.name;
        let once = settings.iter().filter(same).count() == 1;
        match if once { value(setting) } else { Err(duplicate(setting)) } {
            Ok(entry) => parsed.values.push(entry),
            Err(problem) => parsed.problems.push(problem),
        }
    }
    parsed
}

/// As in a file: nobody can tell which one was meant.
fn duplicate(setting: &Setting) -> Problem {
    let end = "is given more than once; none is used.";
    problem(setting, ProblemKind::DuplicateKey, end, touches_security(&setting.name))
}

fn value(setting: &Setting) -> Result<Entry, Problem> {
    let key = Key::find(&setting.name).ok_or_else(|| unknown(setting))?;
    if key.place == Place::Top && setting.level != Level::Enforced {
        let problem = problem(setting, ProblemKind::Misplaced, "has no meaning here.", key.security);
        let suggestion = Some(format!("{} among the enforced settings", key.name));
        return Err(Problem { severity: Severity::Warning, suggestion, ..problem });
    }
    let digits = digits(&setting.value);
    let json = json(&setting.value, key.kind, &digits)
        .ok_or_else(|| problem(setting, ProblemKind::WrongType, &not(key, &setting.value), key.security))?;
    match check(&json, key.kind) {
        Ok(value) => {
            let source =
                Source { level: setting.level, file: Some(setting.place.clone()), line: None, column: None };
            Ok(Entry { key: key.name, value, source })
        }
        Err(fault) => {
            let problem = problem(setting, fault.kind, &fault.message, key.security);
            Err(Problem { suggestion: fault.suggestion, ..problem })
        }
    }
}

/// A slip of the pen in a name that decides security leaves a restriction out.
fn unknown(setting: &Setting) -> Problem {
    let name = setting.name.as_str();
    let section = is_section(name);
    if section && setting.value == Given::Section {
        let problem =
            problem(setting, ProblemKind::Misplaced, "has no meaning here.", touches_security(name));
        return Problem { suggestion: Some(format!("{name} below enforced")), ..problem };
    }
    if section || LEVELS.contains(&name) {
        let blocks = !section || touches_security(name);
        return problem(setting, ProblemKind::WrongType, "must hold settings.", blocks);
    }
    let level = nearest(name, LEVELS);
    let meant = nearest_key(name).or(level);
    let above = name.rsplit_once('.').map_or("", |(section, _)| section);
    let blocks = is_security_section(above) || level.is_some() || meant.is_some_and(touches_security);
    let severity = if blocks { Severity::Error } else { Severity::Warning };
    let problem = problem(setting, ProblemKind::UnknownKey, "is unknown.", blocks);
    Problem { severity, suggestion: meant.map(str::to_owned), ..problem }
}

const LEVELS: [&str; 2] = ["enforced", "defaults"];

fn problem(setting: &Setting, kind: ProblemKind, end: &str, blocks_sign_in: bool) -> Problem {
    let level = if setting.level == Level::Enforced { "enforced" } else { "defaults" };
    let name: String = setting.name.escape_debug().take(200).collect();
    let key = if touches_top(&setting.name) { name } else { format!("{level}.{name}") };
    let message = format!("{key} {end}");
    let problem = Problem::of_file(&setting.place, kind, message);
    Problem { line: None, column: None, key: Some(key), blocks_sign_in, ..problem }
}

fn touches_top(name: &str) -> bool {
    Key::find(name).is_some_and(|key| key.place == Place::Top)
}

fn not(key: &Key, value: &Given) -> String {
    let is = match value {
        Given::Other(what) => what,
        _ => "a dictionary",
    };
    format!("must be {}, not {is}.", key.kind.allowed())
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
