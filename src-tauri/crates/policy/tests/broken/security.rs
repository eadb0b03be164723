//! Values of security keys that are of the wrong type or form: each stops sign-in.

use convoke_policy::ProblemKind::{InvalidValue, WrongType};

use super::case::{Broken, text};

pub const CASES: &[Broken] = &[
    text(
        "B65",
        "a domain of one label",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":"contoso"}}}"#,
    )
    .at(2, 29)
    .says(InvalidValue, r#"is "contoso", which is not a domain."#)
    .blocks()
    .then(&[("sync.futureDays", "9"), ("sso.domain", "null")]),
    text(
        "B65",
        "a URL for a domain",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":"https://contoso.com"}}}"#,
    )
    .at(2, 29)
    .says(InvalidValue, r#"is "https://contoso.com", which is not a domain."#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "an address for a domain",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":"10.0.0.1"}}}"#,
    )
    .at(2, 29)
    .says(InvalidValue, r#"is "10.0.0.1", which is not a domain."#)
    .blocks()
    .no_schema_sees_it()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a number for a domain",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"sso":{"domain":5}}}"#,
    )
    .at(2, 29)
    .says(WrongType, "enforced.sso.domain must be a text, not a number.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "no GUID",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"clientId":"not-a-guid"}}}"#,
    )
    .at(2, 40)
    .says(InvalidValue, "which is not a GUID.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a GUID in braces",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"clientId":"{00000000-0000-0000-0000-000000000000}"}}}"#,
    )
    .at(2, 40)
    .says(InvalidValue, "which is not a GUID.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "the tenant of everybody",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"tenant":"common"}}}"#,
    )
    .at(2, 38)
    .says(InvalidValue, "which is neither a tenant id nor a domain.")
    .meant(r#""organizations""#)
    .blocks()
    .then(&[("sync.futureDays", "9"), ("microsoft365.tenant", r#""organizations""#)]),
    text(
        "B65",
        "no tenant",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"tenant":null}}}"#,
    )
    .at(2, 38)
    .says(WrongType, "enforced.microsoft365.tenant must be a text, not null.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a path for a tenant",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"tenant":"../evil"}}}"#,
    )
    .at(2, 38)
    .says(InvalidValue, r#"is "../evil", which is neither"#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a cloud misspelt",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"microsoft365":{"cloud":"gloabl"}}}"#,
    )
    .at(2, 37)
    .says(InvalidValue, r#"is "gloabl", which is not one of"#)
    .meant(r#""global""#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a permission that there is not",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"permissions":{"calendar":"write"}}}}"#,
    )
    .at(2, 54)
    .says(InvalidValue, r#"is "write", which is not one of "none", "read", "readWrite"."#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a permission of another service",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"permissions":{"contacts":"readWrite"}}}}"#,
    )
    .at(2, 54)
    .says(InvalidValue, r#"is "readWrite", which is not one of "none", "read"."#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "no way to authenticate",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"auth":[]}}}}"#,
    )
    .at(2, 42)
    .says(InvalidValue, "enforced.integration.ews.auth is an empty list.")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("integration.ews.auth", r#"["oauth"]"#)]),
    text(
        "B65",
        "a text for a list",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"auth":"oauth"}}}}"#,
    )
    .at(2, 42)
    .says(WrongType, "must be a list, not a text.")
    .meant(r#"["oauth"]"#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "an item that there is not",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"integration":{"ews":{"auth":["oauth","kerberos"]}}}}"#,
    )
    .at(2, 51)
    .says(InvalidValue, r#"is "kerberos", which is not one of "oauth", "ntlm", "basic"."#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a domain among tenants",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"allowedTenants":["contoso.com"]}}}"#,
    )
    .at(2, 43)
    .says(InvalidValue, r#"is "contoso.com", which is not a GUID."#)
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "",
        "an empty text for a list",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"allowedDomains":""}}}"#,
    )
    .at(2, 42)
    .says(WrongType, "enforced.accounts.allowedDomains must be a list, not a text.")
    .meant("null")
    .blocks()
    .then(&[("sync.futureDays", "9"), ("accounts.allowedDomains", "null")]),
    text(
        "B65",
        "an object for a list",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"allowedDomains":{}}}}"#,
    )
    .at(2, 42)
    .says(WrongType, "must be a list, not an object.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "a number among texts",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"allowedDomains":[1]}}}"#,
    )
    .at(2, 43)
    .says(WrongType, "must be a list of texts, not a number.")
    .blocks()
    .then(&[("sync.futureDays", "9")]),
    text(
        "B65",
        "the second item is bad",
        r#"{"defaults":{"sync":{"futureDays":9}},
"enforced":{"accounts":{"allowedDomains":["contoso.com",
"con toso"]}}}"#,
    )
    .at(3, 1)
    .says(InvalidValue, r#"is "con toso", which is not a domain."#)
    .blocks()
    .then(&[("sync.futureDays", "9"), ("accounts.allowedDomains", "null")]),
];
