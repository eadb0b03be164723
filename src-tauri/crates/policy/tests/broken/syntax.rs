//! Files that are not JSON, not all of it, or no object.

use convoke_policy::ProblemKind::{Syntax, WrongType};

use super::case::{Broken, text};

pub const CASES: &[Broken] = &[
    text("B70", "an empty file", "")
        .at(1, 1)
        .says(Syntax, "The file is empty.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text("B70", "only a comment", "// later")
        .at(1, 1)
        .says(Syntax, "The file is empty.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text("B70", "cut after the first brace", "{")
        .at(1, 1)
        .says(Syntax, "Unterminated object.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text(
        "B70",
        "cut within a text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":"conto"#,
    )
    .at(2, 29)
    .says(Syntax, "Unterminated string literal.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B70",
        "cut after a colon",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":"#,
    )
    .at(2, 12)
    .says(Syntax, "Expected value after colon in object property.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B70",
        "cut within a word",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"userConsent":fal"#,
    )
    .at(2, 42)
    .says(Syntax, "Unexpected word.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text("B70", "cut before the last brace", r#"{"defaults":{"sync":{"futureDays":9}}"#)
        .at(1, 1)
        .says(Syntax, "Unterminated object.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text("B70", "cut within a comment", r#"{"defaults":{"sync":{"futureDays":9}}/* to be"#)
        .at(1, 38)
        .says(Syntax, "Unterminated comment block.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "single quotes",
        r#"{"defaults":{"sync":{"futureDays":9}},
'enforced':{}}"#,
    )
    .at(2, 1)
    .says(Syntax, "Single-quoted strings are not allowed.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "a name without quotes",
        r#"{"defaults":{"sync":{"futureDays":9}},
enforced:{}}"#,
    )
    .at(2, 1)
    .says(Syntax, "Expected string for object property.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text("B71", "a comma is missing", r#"{"defaults":{"sync":{"futureDays":9}} "enforced":{}}"#)
        .at(1, 38)
        .says(Syntax, "Expected comma.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "a comma too many",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{},,}"#,
    )
    .at(2, 15)
    .says(Syntax, "Unexpected token in object.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "a hexadecimal number",
        r#"{"defaults":{"sync":{"futureDays":9,
"pastDays":0x10}}}"#,
    )
    .at(2, 12)
    .says(Syntax, "Hexadecimal numbers are not allowed.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "a plus sign",
        r#"{"defaults":{"sync":{"futureDays":9,
"pastDays":+1}}}"#,
    )
    .at(2, 12)
    .says(Syntax, "Unary plus on numbers is not allowed.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "no digit before the point",
        r#"{"defaults":{"sync":{"futureDays":9,
"pastDays":.5}}}"#,
    )
    .at(2, 12)
    .says(Syntax, "Leading or trailing decimal points on numbers are not allowed.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B65",
        "not a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"pastDays":NaN}}}"#,
    )
    .at(2, 12)
    .says(Syntax, "Unexpected token.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "two objects",
        r#"{"defaults":{"sync":{"futureDays":9}}}
{}"#,
    )
    .at(2, 1)
    .says(Syntax, "Text cannot contain more than one JSON value.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "an equals sign",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced"={}}"#,
    )
    .at(2, 11)
    .says(Syntax, "Unexpected token.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "quotes of a word processor",
        r#"{"defaults":{"sync":{"futureDays":9}},
“enforced”:{}}"#,
    )
    .at(2, 1)
    .says(Syntax, "Unexpected token.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "an escape that JSON does not have",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"name":"\x41"}}"#,
    )
    .at(2, 25)
    .says(Syntax, "Invalid escape.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "a key file",
        r#"[policy]
futureDays=9
"#,
    )
    .at(1, 2)
    .says(Syntax, "Unexpected token.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text(
        "B71",
        "YAML",
        r#"defaults:
  sync:
    futureDays: 9
"#,
    )
    .at(1, 1)
    .says(Syntax, "Unexpected word.")
    .blocks()
    .then(&[("sync.futureDays", "180")]),
    text("B71", "a list at the top", r#"[{"defaults":{"sync":{"futureDays":9}}}]"#)
        .at(1, 1)
        .says(WrongType, "The file must hold an object, not a list.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text("B71", "null at the top", "null")
        .at(1, 1)
        .says(WrongType, "The file must hold an object, not null.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text("B71", "a text at the top", r#""{}""#)
        .at(1, 1)
        .says(WrongType, "The file must hold an object, not a text.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
];
