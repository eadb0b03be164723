//! Names that are unknown, or stand where they have no meaning.

use convoke_policy::ProblemKind::{Misplaced, UnknownKey, WrongType};

use super::case::{Broken, text};

pub const CASES: &[Broken] = &[
    text(
        "B64",
        "a letter is missing",
        r#"{"defaults":{"sync":{"futureDays":9,
"pastDay":3}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.sync.pastDay is unknown.")
    .meant("defaults.sync.pastDays")
    .then(&[("sync.futureDays", "9"), ("sync.pastDays", "30")]),
    text(
        "B64",
        "another case",
        r#"{"defaults":{"sync":{"futureDays":9,
"PastDays":3}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.sync.PastDays is unknown.")
    .meant("defaults.sync.pastDays")
    .then(&[("sync.futureDays", "9"), ("sync.pastDays", "30")]),
    text(
        "B64",
        "an underscore",
        r#"{"defaults":{"sync":{"futureDays":9,
"past_days":3}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.sync.past_days is unknown.")
    .meant("defaults.sync.pastDays")
    .then(&[("sync.futureDays", "9"), ("sync.pastDays", "30")]),
    text(
        "B64",
        "letters swapped",
        r#"{"defaults":{"sync":{"futureDays":9,
"intervalMinuets":3}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.sync.intervalMinuets is unknown.")
    .meant("defaults.sync.intervalMinutes")
    .then(&[("sync.futureDays", "9"), ("sync.intervalMinutes", "5")]),
    text(
        "B64",
        "a section that there is not",
        r#"{"defaults":{"sync":{"futureDays":9},
"telemetry":{"on":true}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.telemetry is unknown.")
    .then(&[("sync.futureDays", "9")]),
    text(
        "B64",
        "a key that there is not",
        r#"{"defaults":{"sync":{"futureDays":9}},
"alowTelemetry":true}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "alowTelemetry is unknown.")
    .then(&[("sync.futureDays", "9")]),
    text(
        "B64",
        "a level misspelt",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforcd":{"ui":{"theme":"dark"}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "enforcd is unknown.")
    .meant("enforced")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B64",
        "a section of security misspelt",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"ssso":{"domain":"contoso.com"}}}"#,
    )
    .at(2, 13)
    .says(UnknownKey, "enforced.ssso is unknown.")
    .meant("enforced.sso")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("sso.domain", "null")]),
    text(
        "B64",
        "a restriction misspelt",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"alowedTenants":[]}}}"#,
    )
    .at(2, 25)
    .says(UnknownKey, "enforced.accounts.alowedTenants is unknown.")
    .meant("enforced.accounts.allowedTenants")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B64",
        "a stranger among security keys",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"zzz":1,"domain":"contoso.com"}}}"#,
    )
    .at(2, 20)
    .says(UnknownKey, "enforced.sso.zzz is unknown.")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("sso.domain", r#""contoso.com""#)]),
    text(
        "B64",
        "a comfort key beside security keys",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"promt":"never"}}}"#,
    )
    .at(2, 28)
    .says(UnknownKey, "enforced.integration.promt is unknown.")
    .meant("enforced.integration.prompt")
    .then(&[("sync.futureDays", "9"), ("integration.prompt", r#""firstSignIn""#)]),
    text(
        "B64",
        "a permission misspelt",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"permissions":{"calender":"none"}}}}"#,
    )
    .at(2, 43)
    .says(UnknownKey, "enforced.integration.permissions.calender is unknown.")
    .meant("enforced.integration.permissions.calendar")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B64",
        "a control character in a name",
        r#"{"defaults":{"sync":{"futureDays":9},
"u\u0007i":{}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.u\\u{7}i is unknown.")
    .meant("defaults.ui")
    .then(&[("sync.futureDays", "9")]),
    text(
        "B64",
        "a name of nothing",
        r#"{"defaults":{"sync":{"futureDays":9},
"":1}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults. is unknown.")
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "security above its level",
        r#"{"defaults":{"sync":{"futureDays":9}},
"sso":{"domain":"contoso.com"}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "sso has no meaning here.")
    .meant("enforced.sso")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("sso.domain", "null")]),
    text(
        "",
        "comfort above its level",
        r#"{"defaults":{"sync":{"futureDays":9}},
"ui":{"theme":"dark"}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "ui has no meaning here.")
    .meant("enforced.ui")
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "",
        "the organization below a level",
        r#"{"defaults":{"sync":{"futureDays":9},
"organization":{"name":"Contoso"}}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "defaults.organization has no meaning here.")
    .meant("organization at the top of the file")
    .then(&[("sync.futureDays", "9"), ("organization.name", "null")]),
    text(
        "",
        "a restriction without its section",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"allowedTenants":[]}}"#,
    )
    .at(2, 13)
    .says(Misplaced, "enforced.allowedTenants has no meaning here.")
    .meant("enforced.accounts.allowedTenants")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "a key without its level and section",
        r#"{"defaults":{"sync":{"futureDays":9}},
"prompt":"never"}"#,
    )
    .at(2, 1)
    .says(Misplaced, "prompt has no meaning here.")
    .meant("enforced.integration.prompt")
    .then(&[("sync.futureDays", "9"), ("integration.prompt", r#""firstSignIn""#)]),
    text(
        "",
        "a mistyped key without its level and section",
        r#"{"defaults":{"sync":{"futureDays":9}},
"promt":"never"}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "promt is unknown.")
    .meant("enforced.integration.prompt")
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "a restriction without its level and section",
        r#"{"defaults":{"sync":{"futureDays":9}},
"allowedDomains":["a.example"]}"#,
    )
    .at(2, 1)
    .says(Misplaced, "allowedDomains has no meaning here.")
    .meant("enforced.accounts.allowedDomains")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "a key of the organization below a level",
        r#"{"defaults":{"sync":{"futureDays":9},
"helpEmail":"a@b.example"}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "defaults.helpEmail has no meaning here.")
    .meant("organization.helpEmail at the top of the file")
    .then(&[("sync.futureDays", "9"), ("organization.helpEmail", "null")]),
    text(
        "",
        "a name that several keys end in",
        r#"{"defaults":{"sync":{"futureDays":9}},
"clientId":"00000000-0000-0000-0000-000000000000"}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "clientId is unknown.")
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "a comfort key without its section",
        r#"{"defaults":{"sync":{"futureDays":9},
"minutesBefore":3}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "defaults.minutesBefore has no meaning here.")
    .meant("defaults.notifications.minutesBefore")
    .then(&[("sync.futureDays", "9"), ("notifications.minutesBefore", "5")]),
    text(
        "",
        "a name with dots",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui.theme":"dark"}}"#,
    )
    .at(2, 1)
    .says(Misplaced, "defaults.ui.theme has no meaning here.")
    .meant("defaults.ui.theme with each part as an object of its own")
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "",
        "a restriction with dots",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts.allowedTenants":[]}}"#,
    )
    .at(2, 13)
    .says(Misplaced, "enforced.accounts.allowedTenants has no meaning here.")
    .meant("enforced.accounts.allowedTenants with each part as an object of its own")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "a level within the other",
        r#"{"defaults":{"sync":{"futureDays":9},
"enforced":{}}}"#,
    )
    .at(2, 1)
    .says(UnknownKey, "defaults.enforced is unknown.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "the schema is no text",
        r#"{"defaults":{"sync":{"futureDays":9}},
"$schema":1}"#,
    )
    .at(2, 11)
    .says(WrongType, "$schema must be a text, not a number.")
    .then(&[("sync.futureDays", "9")]),
];
