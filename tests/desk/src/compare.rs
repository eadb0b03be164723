//! Compares rows with the truth and says the first difference in words.

use serde_json::Value;

/// Requires that both lists hold the same objects in the same order.
#[track_caller]
pub fn same_rows(truth: &Value, seen: &Value, moment: &str) {
    let truth = truth.as_array().expect("the truth is a list");
    let seen = seen.as_array().unwrap_or_else(|| panic!("{moment}: no list: {seen}"));
    assert!(!truth.is_empty(), "{moment}: the truth is empty, so the test would prove nothing");
    for (at, (wanted, got)) in truth.iter().zip(seen).enumerate() {
        if wanted == got {
            continue;
        }
        let fields = wanted.as_object().expect("an object");
        for (name, value) in fields {
            assert_eq!(value, &got[name], "{moment}: row {at}, field {name}\nwanted {wanted}\ngot {got}");
        }
        panic!("{moment}: row {at} has more than the truth: {got}");
    }
    assert_eq!(truth.len(), seen.len(), "{moment}: number of rows");
}
