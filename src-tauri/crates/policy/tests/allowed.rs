//! What looks wrong and is allowed; broken files themselves are in `broken/`.
#![allow(clippy::unwrap_used, reason = "a problem that is not there has to stop the test")]

use convoke_policy::{Effective, FileSource, ProblemKind, Severity, effective, read};

fn load(text: &str) -> Effective {
    effective(&[read(FileSource { name: "policy.json", bytes: text.as_bytes() })])
}

#[test]
fn b73_what_is_whole_and_safe_does_not_block() {
    let check = |json: &str| {
        let effective = load(&format!("{{\"enforced\":{json}}}"));
        assert!(effective.sign_in_allowed().is_ok(), "{json}: {:?}", effective.problems());
    };
    check(
        "{\"microsoft365\":{\"cloud\":\"custom\",\"endpoints\":{\"authority\":\"http://localhost:1\",\"graph\":\"http://127.0.0.1:1/v1.0\"}}}",
    );
    check("{\"sso\":{\"issuer\":\"https://id.example.com\",\"clientId\":\"abc\"}}");
    check("{\"sso\":{\"issuer\":\"\",\"clientId\":null}}");
}

#[test]
fn b73_an_empty_list_lets_nobody_in_and_says_so() {
    let effective = load("{\"enforced\":{\"accounts\":{\"allowedTenants\":[]}}}");
    assert!(effective.sign_in_allowed().is_ok());
    assert!(!effective.accounts.permit(Some("11111111-1111-1111-1111-111111111111"), "a@contoso.com"));
    let note = effective.problems().first().unwrap();
    assert_eq!((note.severity, note.is_fault(), note.kind), (Severity::Note, false, ProblemKind::Doubtful));
}

#[test]
fn passwords_without_tls_are_noted_on_this_machine_too() {
    let json =
        "{\"enforced\":{\"integration\":{\"ews\":{\"url\":\"http://localhost:1/\",\"auth\":[\"basic\"]}}}}";
    let effective = load(json);
    let note = effective.problems().first().unwrap();
    assert_eq!(note.severity, Severity::Note);
    assert!(note.message.en.contains("allows sending passwords"), "{note}");
}

#[test]
fn an_unknown_name_is_a_warning_and_an_error_where_it_blocks() {
    let severity = |text: &str| load(text).problems().first().map(|problem| problem.severity);
    assert_eq!(severity("{\"defaults\":{\"sync\":{\"pastDay\":3}}}"), Some(Severity::Warning));
    assert_eq!(severity("{\"enforced\":{\"sso\":{\"domian\":\"a.com\"}}}"), Some(Severity::Error));
}

#[test]
fn a_name_of_a_hundred_thousand_characters_makes_no_long_message() {
    let effective = load(&format!("{{\"{}\":1}}", "x".repeat(100_000)));
    let problem = effective.problems().first().unwrap();
    assert!(problem.message.en.len() < 300 && problem.suggestion.is_none());
}

/// The list that is suggested for a single text is one that the key takes.
#[test]
fn a_suggested_list_is_a_good_one() {
    let check = |keys: &str, value: &str, expected: Option<&str>| {
        let file = |value: &str| keys.replace("VALUE", value);
        let meant = load(&file(value)).problems().first().unwrap().suggestion.clone();
        assert_eq!(meant.as_ref().map(|meant| meant.en.as_str()), expected, "{}", file(value));
        if let Some(meant) = meant {
            let mended = load(&file(&meant.en));
            assert!(!mended.problems().iter().any(|problem| problem.is_fault()), "{}", file(&meant.en));
        }
    };
    let domains = r#"{"enforced":{"accounts":{"allowedDomains":VALUE}}}"#;
    let tenants = r#"{"enforced":{"accounts":{"allowedTenants":VALUE}}}"#;
    let ways = r#"{"enforced":{"integration":{"ews":{"auth":VALUE}}}}"#;
    check(domains, r#""""#, Some("null"));
    check(domains, r#""contoso.com""#, Some(r#"["contoso.com"]"#));
    check(domains, r#""contoso""#, None);
    check(tenants, r#""""#, Some("null"));
    check(tenants, r#""contoso.com""#, None);
    check(ways, r#""""#, None);
    check(ways, r#""ntlm""#, Some(r#"["ntlm"]"#));
    check(ways, r#""oath""#, Some(r#"["oauth"]"#));
}
