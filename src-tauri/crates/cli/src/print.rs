//! What is printed where: results on stdout, notes and failures on stderr.

use convoke_app::code::Failure;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;
use std::time::Instant;

/// Prints results as JSON or as text.
pub struct Printer {
    json: bool,
    started: Instant,
}

impl Printer {
    /// A printer for this run.
    pub fn new(json: bool) -> Self {
        Self { json, started: Instant::now() }
    }

    /// Prints a result: `value` with `ms`, the time inside the process, or the lines of `text`.
    pub fn result(&self, value: &impl Serialize, text: impl FnOnce() -> String) {
        if !self.json {
            self.out(text().trim_end());
            return;
        }
        let mut value = serde_json::to_value(value).unwrap_or(Value::Null);
        if let Some(object) = value.as_object_mut() {
            let ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
            object.insert("ms".to_owned(), json!(ms));
        }
        self.out(&value.to_string());
    }

    /// Prints a result that has no text on stdout, only a note beside it.
    pub fn result_as_json(&self, value: &Value) {
        if self.json {
            self.out(&value.to_string());
        }
    }

    /// Prints a text that is the same either way.
    pub fn text(&self, text: &str) {
        self.out(text.trim_end());
    }

    /// Prints an event of a longer command as a JSON line, or its text.
    pub fn event(&self, value: &Value, text: &str) {
        if self.json { self.out(&value.to_string()) } else { self.out(text) }
    }

    /// Prints a note for people.
    pub fn note(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// Prints why it failed: the sentence, what to do, the line for support.
    pub fn failure(&self, failure: &Failure) {
        self.note(&format!("{}\n{}", failure.message, failure.help));
        if let Some(detail) = &failure.detail {
            self.note(&format!("({detail})"));
        }
        if self.json {
            self.out(&json!({"event": "failed", "code": failure.code, "message": failure.message, "help": failure.help, "detail": failure.detail}).to_string());
        }
    }

    /// A reader that closed the pipe has seen enough: that is no failure.
    fn out(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }
}
