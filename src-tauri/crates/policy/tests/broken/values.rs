//! Values of the wrong type, out of range, or of the wrong form.

use convoke_policy::ProblemKind::{InvalidValue, WrongType};

use super::case::{Broken, text};

pub const CASES: &[Broken] = &[
    text(
        "B65",
        "a text for a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":"5"}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not a text.")
    .meant("5")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "a word for a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":"often"}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not a text.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "zero below the least",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":0}}}"#,
    )
    .at(2, 19)
    .says(InvalidValue, "defaults.sync.intervalMinutes is 0, which is not between 1 and 1440.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "below zero",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":-1}}}"#,
    )
    .at(2, 19)
    .says(InvalidValue, "defaults.sync.intervalMinutes is -1, which is not between 1 and 1440.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "one above the most",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":1441}}}"#,
    )
    .at(2, 19)
    .says(InvalidValue, "defaults.sync.intervalMinutes is 1441, which is not between 1 and 1440.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "an exponent",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":1e12}}}"#,
    )
    .at(2, 19)
    .says(InvalidValue, "defaults.sync.intervalMinutes is 1e12, which is not between 1 and 1440.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "beyond 64 bits",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":99999999999999999999}}}"#,
    )
    .at(2, 19)
    .says(InvalidValue, "defaults.sync.intervalMinutes is 99999999999999999999, which is not between")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "a fraction",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":2.5}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not a number with a fraction.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "null for a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":null}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not null.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "a list for a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":[5]}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not a list.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "an object for a number",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinutes":{"value":5}}}}"#,
    )
    .at(2, 19)
    .says(WrongType, "defaults.sync.intervalMinutes must be a whole number, not an object.")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B65",
        "a text for a switch",
        r#"{"defaults":{"sync":{"futureDays":9},
"notifications":{"enabled":"false"}}}"#,
    )
    .at(2, 28)
    .says(WrongType, "must be true or false, not a text.")
    .meant("false")
    .then(&[("sync.futureDays", "9"), ("notifications.enabled", "true")]),
    text(
        "B65",
        "a number for a switch",
        r#"{"defaults":{"sync":{"futureDays":9},
"notifications":{"enabled":0}}}"#,
    )
    .at(2, 28)
    .says(WrongType, "must be true or false, not a number.")
    .then(&[("sync.futureDays", "9"), ("notifications.enabled", "true")]),
    text(
        "B65",
        "a word in another case",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":{"theme":"Dark"}}}"#,
    )
    .at(2, 15)
    .says(InvalidValue, r#"which is not one of "system", "light", "dark"."#)
    .meant(r#""dark""#)
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B65",
        "a word that there is not",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":{"theme":"sepia","language":"es"}}}"#,
    )
    .at(2, 15)
    .says(InvalidValue, r#"is "sepia", which is not one of"#)
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#), ("ui.language", r#""es""#)]),
    text(
        "B65",
        "a number for a word",
        r#"{"defaults":{"sync":{"futureDays":9},
"logs":{"level":3}}}"#,
    )
    .at(2, 17)
    .says(WrongType, r#"must be one of "error", "warn", "info", "debug", not a number."#)
    .then(&[("sync.futureDays", "9"), ("logs.level", r#""info""#)]),
    text(
        "B65",
        "a text for a section",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":"dark"}}"#,
    )
    .at(2, 6)
    .says(WrongType, "defaults.ui must be an object, not a text.")
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B65",
        "null for a section of security",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":null}}"#,
    )
    .at(2, 19)
    .says(WrongType, "enforced.sso must be an object, not null.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a list for a level",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":[]}"#,
    )
    .at(2, 12)
    .says(WrongType, "enforced must be an object, not a list.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text("B65", "null for a level", r#"{"defaults":null}"#)
        .at(1, 13)
        .says(WrongType, "defaults must be an object, not null.")
        .blocks()
        .then(&[("sync.futureDays", "180")]),
    text(
        "B65",
        "a mail address with spaces",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"helpEmail":"it at contoso","name":"Contoso"}}"#,
    )
    .at(2, 29)
    .says(InvalidValue, "which is not a mail address.")
    .then(&[
        ("sync.futureDays", "9"),
        ("organization.helpEmail", "null"),
        ("organization.name", r#""Contoso""#),
    ]),
    text(
        "B65",
        "a control character in a text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"name":"a\u0000b"}}"#,
    )
    .at(2, 24)
    .says(InvalidValue, "organization.name contains a control character.")
    .then(&[("sync.futureDays", "9"), ("organization.name", "null")]),
    text(
        "B71",
        "a line end within a text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"name":"a
b"}}"#,
    )
    .at(2, 24)
    .says(InvalidValue, "organization.name contains a control character.")
    .then(&[("sync.futureDays", "9"), ("organization.name", "null")]),
    text(
        "B65",
        "a blank text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"name":"  "}}"#,
    )
    .at(2, 24)
    .says(InvalidValue, "organization.name is blank.")
    .then(&[("sync.futureDays", "9"), ("organization.name", "null")]),
    text(
        "B65",
        "a number for a text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"name":7}}"#,
    )
    .at(2, 24)
    .says(WrongType, "organization.name must be a text, not a number.")
    .then(&[("sync.futureDays", "9"), ("organization.name", "null")]),
];
