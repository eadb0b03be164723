//! Keys given twice, values that don't go together, dangerous ones.

use convoke_policy::ProblemKind::{Conflict, Doubtful, DuplicateKey, InvalidValue};

use super::case::{Broken, text};

pub const CASES: &[Broken] = &[
    text(
        "B71",
        "a comfort key twice",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":{"theme":"dark",
"theme":"light"}}}"#,
    )
    .at(3, 1)
    .says(DuplicateKey, "defaults.ui.theme stands here again (first in line 2); neither is used.")
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B71",
        "a section twice",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":{"theme":"dark"},
"ui":{"language":"es"}}}"#,
    )
    .at(3, 1)
    .says(DuplicateKey, "defaults.ui stands here again (first in line 2)")
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#), ("ui.language", r#""system""#)]),
    text(
        "B71",
        "a level twice",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"ui":{"theme":"dark"}},
"enforced":{}}"#,
    )
    .at(3, 1)
    .says(DuplicateKey, "enforced stands here again (first in line 2)")
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B71",
        "a security key twice, the same",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":"contoso.com","domain":"contoso.com"}}}"#,
    )
    .at(2, 43)
    .says(DuplicateKey, "enforced.sso.domain stands here again")
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9"), ("sso.domain", "null")]),
    text(
        "B71",
        "a name in another spelling",
        r#"{"defaults":{"sync":{"futureDays":9},
"ui":{"theme":"dark"},"\u0075i":{}}}"#,
    )
    .at(2, 23)
    .says(DuplicateKey, "defaults.ui stands here again")
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9"), ("ui.theme", r#""system""#)]),
    text(
        "B73",
        "a custom cloud that is nowhere",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"cloud":"custom"}}}"#,
    )
    .at(2, 29)
    .says(Conflict, r#"microsoft365.cloud "custom" needs microsoft365.endpoints.authority."#)
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a custom cloud with one half",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"cloud":"custom","endpoints":{"authority":"https://a.example"}}}}"#,
    )
    .at(2, 29)
    .says(Conflict, r#"microsoft365.cloud "custom" needs microsoft365.endpoints.graph."#)
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "endpoints of another cloud",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"endpoints":{"authority":"https://a.example","graph":"https://g.example"}}}}"#,
    )
    .at(2, 42)
    .says(
        Conflict,
        r#"microsoft365.endpoints.authority is only taken with microsoft365.cloud "custom", not "global"."#,
    )
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "an issuer without a client",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"issuer":"https://id.example"}}}"#,
    )
    .at(2, 20)
    .says(Conflict, "sso.issuer needs sso.clientId.")
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a client without an issuer",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"clientId":"convoke"}}}"#,
    )
    .at(2, 20)
    .says(Conflict, "sso.clientId needs sso.issuer.")
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "an issuer in a file",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"issuer":"file:///etc/passwd"}}}"#,
    )
    .at(2, 29)
    .says(InvalidValue, "enforced.sso.issuer is not an https URL.")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("sso.issuer", "null")]),
    text(
        "B73",
        "EWS without TLS",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"http://mail.example/EWS/Exchange.asmx"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "is http; http is allowed for a loopback host only.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a host that only begins like this machine",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"http://localhost.evil.example/"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "is http; http is allowed for a loopback host only.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "any address for this machine",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"http://0.0.0.0/"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "is http; http is allowed for a loopback host only.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a password in a URL",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"https://a:b@mail.example/"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "contains a user name or password.")
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a fragment in a URL",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"https://mail.example/#x"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "contains a fragment.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a URL without a host",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"https://"}}}}"#,
    )
    .at(2, 41)
    .says(InvalidValue, "integration.ews.url is not a URL.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B73",
        "a script for a help page",
        r#"{"defaults":{"sync":{"futureDays":9}},
"organization":{"helpUrl":"javascript:alert(1)"}}"#,
    )
    .at(2, 27)
    .says(InvalidValue, "organization.helpUrl is not an https URL.")
    .then(&[("sync.futureDays", "9"), ("organization.helpUrl", "null")]),
    text(
        "",
        "EWS of Exchange Online",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"url":"https://outlook.office365.com/EWS/Exchange.asmx"}}}}"#,
    )
    .at(2, 35)
    .says(Doubtful, "off by default from 2026-10-01 and ends for everybody on 2027-04-01.")
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
];
