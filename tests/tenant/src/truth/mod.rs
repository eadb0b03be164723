//! What a correct client must show, computed from the world alone.
//!
//! Rules: nothing of [`crate::graph`] is used here, so that a mistake on the wire cannot hide; the JSON is that of
//! `convokectl agenda --json` and `convokectl contacts --json`.

mod agenda;
mod contacts;

pub use agenda::agenda;
pub use contacts::contacts;

use serde_json::Value;

/// A text, or null where it is empty.
fn text(value: &str) -> Value {
    if value.is_empty() { Value::Null } else { value.into() }
}
