//! The walk over one file's JSON.

use std::collections::BTreeMap;

use jsonc_parser::ast::{Object, ObjectProp, Value as Json};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::here::{Here, meant};
use super::syntax;
use super::{Entry, FileSource, Parsed};
use crate::check::{check, type_of};
use crate::key::{Key, Place, children, is_security_section, touches_security};
use crate::message::Message;
use crate::problem::{Problem, ProblemKind, Severity};
use crate::sentences as say;
use crate::source::{Level, Source};
use crate::text::{Lines, decode};

/// More problems of one file than these are counted, not listed.
const MAX_PROBLEMS: usize = 200;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads one file once.
pub struct Reader<'a> {
    source: FileSource<'a>,
    lines: Lines<'a>,
    parsed: Parsed,
    unlisted: Unlisted,
}

/// The problems that found no room in the list.
#[derive(Default)]
struct Unlisted {
    count: u32,
    blocks_sign_in: bool,
}

impl<'a> Reader<'a> {
    pub fn new(source: FileSource<'a>) -> Self {
        let lines = Lines::new(source.bytes);
        let parsed = Parsed { file: source.name.to_owned(), ..Parsed::default() };
        Self { source, lines, parsed, unlisted: Unlisted::default() }
    }

    pub fn read(mut self) -> Parsed {
        match decode(self.source.bytes) {
            Ok(text) => self.text(text),
            Err(error) => {
                let problem = Problem::of_file(self.source.name, ProblemKind::Encoding, error.message());
                self.push(error.offset(), problem);
            }
        }
        self.count_unlisted();
        self.parsed
    }

    fn text(&mut self, text: &str) {
        // The parser itself refuses nesting deeper than 512.
        match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
            Ok(result) => match result.value {
                Some(Json::Object(object)) => self.top(&object),
                Some(other) => {
                    let message = say::not_an_object(type_of(&other));
                    self.file_problem(other.start(), ProblemKind::WrongType, message);
                }
                None => self.file_problem(0, ProblemKind::Syntax, say::empty_file()),
            },
            Err(error) => {
                self.file_problem(error.range().start, ProblemKind::Syntax, syntax::message(error.kind()));
            }
        }
    }

    fn top(&mut self, object: &Object<'_>) {
        let here = Here { level_name: "", level: Level::Enforced, place: Place::Top, path: "" };
        for property in self.unique(object, here) {
            match property.name.as_str() {
                "$schema" if property.value.as_string_lit().is_some() => {}
                "$schema" => self.wrong_type(&property.value, "$schema", say::text(), false),
                "enforced" => self.level(property, "enforced", Level::Enforced),
                "defaults" => self.level(property, "defaults", Level::Default),
                _ => self.property(property, here),
            }
        }
    }

    fn level(&mut self, property: &ObjectProp<'_>, level_name: &'static str, level: Level) {
        match &property.value {
            Json::Object(object) => {
                self.section(object, Here { level_name, level, place: Place::Levels, path: "" })
            }
            other => self.wrong_type(other, level_name, say::object(), true),
        }
    }

    fn section(&mut self, object: &Object<'_>, here: Here<'_>) {
        for property in self.unique(object, here) {
            self.property(property, here);
        }
    }

    fn property(&mut self, property: &ObjectProp<'_>, here: Here<'_>) {
        let path = here.child(property.name.as_str());
        if !children(here.path, here.place).any(|name| name == property.name.as_str()) {
            return self.unknown(property, &path, here);
        }
        match (Key::find(&path), &property.value) {
            (Some(key), _) => self.value(property, key, here),
            (None, Json::Object(object)) => self.section(object, Here { path: &path, ..here }),
            (None, other) => {
                self.wrong_type(other, &here.full(&path), say::object(), touches_security(&path))
            }
        }
    }

    fn value(&mut self, property: &ObjectProp<'_>, key: &'static Key, here: Here<'_>) {
        let full = here.full(key.name);
        match check(&property.value, &full, key.kind) {
            Ok(value) => {
                let place = self.lines.position(self.byte(property.name.start()));
                let file = Some(self.source.name.to_owned());
                let source =
                    Source { level: here.level, file, line: Some(place.line), column: Some(place.column) };
                self.parsed.values.push(Entry { key: key.name, value, source });
            }
            Err(fault) => {
                let problem = self.of_key(&full, fault.kind, fault.message, key.security);
                let suggestion = fault.suggestion.map(Into::into);
                self.push(self.byte(fault.offset), Problem { suggestion, ..problem });
            }
        }
    }

    fn unknown(&mut self, property: &ObjectProp<'_>, path: &str, here: Here<'_>) {
        let full = shown(&here.full(path));
        let (kind, meant) = meant(property.name.as_str(), here);
        // A slip of the pen in a name that decides security leaves a restriction out.
        let blocks = is_security_section(here.path)
            || decides_security(path)
            || meant.as_ref().is_some_and(|meant| decides_security(&meant.en));
        let message = match kind {
            ProblemKind::Misplaced => say::misplaced(full.as_str()),
            _ => say::unknown(full.as_str()),
        };
        let severity = if blocks { Severity::Error } else { Severity::Warning };
        let problem = self.of_key(&full, kind, message, blocks);
        self.push(self.byte(property.name.start()), Problem { severity, suggestion: meant, ..problem });
    }

    /// The properties whose names stand only once; the others are reported.
    fn unique<'o, 'j>(&mut self, object: &'o Object<'j>, here: Here<'_>) -> Vec<&'o ObjectProp<'j>> {
        let mut seen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for property in &object.properties {
            seen.entry(property.name.as_str()).or_default().push(property.name.start());
        }
        for (name, starts) in &seen {
            for &again in starts.iter().skip(1) {
                self.duplicate(name, starts.first().copied().unwrap_or(again), again, here);
            }
        }
        let once =
            |property: &&ObjectProp<'_>| seen.get(property.name.as_str()).is_some_and(|all| all.len() == 1);
        object.properties.iter().filter(once).collect()
    }

    fn duplicate(&mut self, name: &str, first: usize, again: usize, here: Here<'_>) {
        let path = here.child(name);
        let full = shown(&here.full(&path));
        let blocks = decides_security(&path) || is_security_section(here.path);
        let line = if self.is_full() { 0 } else { self.lines.position(self.byte(first)).line };
        let message = say::again(full.as_str(), line);
        let problem = self.of_key(&full, ProblemKind::DuplicateKey, message, blocks);
        self.push(self.byte(again), problem);
    }

    fn wrong_type(&mut self, json: &Json<'_>, key: &str, expected: Message, blocks: bool) {
        let message = say::wrong_type(key, expected, type_of(json));
        let problem = self.of_key(key, ProblemKind::WrongType, message, blocks);
        self.push(self.byte(json.start()), problem);
    }

    fn file_problem(&mut self, offset: usize, kind: ProblemKind, message: Message) {
        let problem = Problem::of_file(self.source.name, kind, message);
        self.push(self.byte(offset), problem);
    }

    fn of_key(&self, key: &str, kind: ProblemKind, message: Message, blocks_sign_in: bool) -> Problem {
        let problem = Problem::of_file(self.source.name, kind, message);
        Problem { key: Some(key.to_owned()), blocks_sign_in, ..problem }
    }

    fn push(&mut self, byte: usize, problem: Problem) {
        if self.is_full() {
            self.unlisted.count = self.unlisted.count.saturating_add(1);
            self.unlisted.blocks_sign_in |= problem.blocks_sign_in;
            return;
        }
        let place = self.lines.position(byte);
        self.parsed.problems.push(Problem { line: Some(place.line), column: Some(place.column), ..problem });
    }

    fn is_full(&self) -> bool {
        self.parsed.problems.len() >= MAX_PROBLEMS
    }

    fn count_unlisted(&mut self) {
        if self.unlisted.count > 0 {
            let message = match self.unlisted.count {
                1 => say::unlisted(1).in_words("1 more problem is not listed.".to_owned()),
                count => say::unlisted(count),
            };
            let problem = Problem::of_file(self.source.name, ProblemKind::InvalidValue, message);
            self.parsed.problems.push(Problem { blocks_sign_in: self.unlisted.blocks_sign_in, ..problem });
        }
    }

    /// From an offset in the text to one in the file.
    fn byte(&self, offset: usize) -> usize {
        if self.source.bytes.starts_with(b"\xEF\xBB\xBF") { offset.saturating_add(3) } else { offset }
    }
}

/// Whether a path, with or without its level, holds a key that decides security.
fn decides_security(path: &str) -> bool {
    let below = path.strip_prefix("enforced.").or(path.strip_prefix("defaults.")).unwrap_or(path);
    matches!(below, "enforced" | "defaults") || touches_security(below)
}

/// A name as a message quotes it: escaped, and not longer than a line.
fn shown(name: &str) -> String {
    name.escape_debug().take(200).collect()
}
