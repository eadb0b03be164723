//! Bad values and names: each is named with line and column, and falls back or blocks sign-in.

use convoke_policy::{Effective, FileSource, Problem, ProblemKind, Severity, effective, read};

fn load(text: impl AsRef<[u8]>) -> Effective {
    effective(&[read(FileSource { name: "policy.json", bytes: text.as_ref() })])
}

/// The only problem there must be.
fn only(effective: &Effective) -> &Problem {
    assert_eq!(effective.problems().len(), 1, "{:?}", effective.problems());
    &effective.problems()[0]
}

type Place = (u32, u32);

/// Checks the only problem of a text.
fn check(text: &str, at: Place, kind: ProblemKind, key: &str, suggestion: Option<&str>, blocks: bool) {
    let effective = load(text);
    let problem = only(&effective);
    assert_eq!((problem.line, problem.column), (Some(at.0), Some(at.1)), "{text}: {problem}");
    assert_eq!(problem.kind, kind, "{text}: {problem}");
    assert_eq!(problem.key.as_deref().unwrap_or_default(), key, "{text}: {problem}");
    assert_eq!(problem.suggestion.as_deref(), suggestion, "{text}: {problem}");
    assert_eq!(problem.blocks_sign_in, blocks, "{text}: {problem}");
    assert_eq!(effective.sign_in_allowed().is_err(), blocks, "{text}");
}

#[test]
fn b64_unknown_keys_name_the_nearest() {
    let unknown = |text, at, key, suggestion, blocks| {
        check(text, at, ProblemKind::UnknownKey, key, suggestion, blocks);
    };
    unknown(
        "{\"defaults\":{\"sync\":\n  {\"pastDay\":3}}}",
        (2, 4),
        "defaults.sync.pastDay",
        Some("defaults.sync.pastDays"),
        false,
    );
    unknown("{\"alowTelemetry\":true}", (1, 2), "alowTelemetry", None, false);
    unknown("{\"enforced\":{\"sync\":{\"x\":1}}}", (1, 22), "enforced.sync.x", None, false);
    unknown("{\"enforcd\":{}}", (1, 2), "enforcd", Some("enforced"), true);
    unknown("{\"enforced\":{\"ssso\":{}}}", (1, 14), "enforced.ssso", Some("enforced.sso"), true);
    unknown(
        "{\"enforced\":{\"accounts\":{\"alowedTenants\":[]}}}",
        (1, 26),
        "enforced.accounts.alowedTenants",
        Some("enforced.accounts.allowedTenants"),
        true,
    );
    unknown("{\"enforced\":{\"sso\":{\"zzz\":1}}}", (1, 21), "enforced.sso.zzz", None, true);
    unknown(
        "{\"enforced\":{\"integration\":{\"promt\":\"never\"}}}",
        (1, 29),
        "enforced.integration.promt",
        Some("enforced.integration.prompt"),
        false,
    );
}

#[test]
fn b64_the_rest_of_the_file_applies() {
    let effective = load("{\"defaults\":{\"sync\":{\"pastDay\":3,\"futureDays\":9}}}");
    assert_eq!((effective.sync.past_days, effective.sync.future_days), (30, 9));
    assert_eq!(effective.problems().first().map(|problem| problem.severity), Some(Severity::Warning));
}

#[test]
fn keys_in_the_wrong_place_are_led_home() {
    let misplaced = |text, at, key, suggestion, blocks| {
        check(text, at, ProblemKind::Misplaced, key, suggestion, blocks);
    };
    misplaced("{\"sso\":{}}", (1, 2), "sso", Some("enforced.sso"), true);
    misplaced("{\"ui\":{}}", (1, 2), "ui", Some("enforced.ui"), false);
    misplaced(
        "{\"defaults\":{\"organization\":{}}}",
        (1, 14),
        "defaults.organization",
        Some("organization at the top of the file"),
        false,
    );
    misplaced(
        "{\"enforced\":{\"allowedTenants\":[]}}",
        (1, 14),
        "enforced.allowedTenants",
        Some("enforced.accounts.allowedTenants"),
        true,
    );
}

#[test]
fn b65_wrong_types_and_ranges() {
    let value = |key: &'static str, json: &str, kind, suggestion, blocks| {
        let (section, name) = key.rsplit_once('.').unwrap();
        let mut text = format!("{{\"{name}\":{json}}}");
        for part in section.rsplit('.') {
            text = format!("{{\"{part}\":{text}}}");
        }
        let column = u32::try_from(text.find(json).unwrap()).unwrap() + 1;
        check(&text, (1, column), kind, key, suggestion, blocks);
    };
    use ProblemKind::{InvalidValue, WrongType};
    let interval = "defaults.sync.intervalMinutes";
    value(interval, "\"5\"", WrongType, Some("5"), false);
    value(interval, "0", InvalidValue, None, false);
    value(interval, "-1", InvalidValue, None, false);
    value(interval, "1e12", InvalidValue, None, false);
    value(interval, "99999999999999999999", InvalidValue, None, false);
    value(interval, "2.5", WrongType, None, false);
    value(interval, "null", WrongType, None, false);
    value(interval, "[5]", WrongType, None, false);
    value("defaults.notifications.enabled", "\"true\"", WrongType, Some("true"), false);
    value("defaults.notifications.enabled", "1", WrongType, None, false);
    value("defaults.ui.theme", "\"Dark\"", InvalidValue, Some("\"dark\""), false);
    value("defaults.ui.theme", "\"sepia\"", InvalidValue, None, false);
    value("defaults.ui", "\"dark\"", WrongType, None, false);
    value("organization.helpEmail", "\"it at contoso\"", InvalidValue, None, false);
    value("organization.name", "\"a\\u0000b\"", InvalidValue, None, false);
    value("organization.name", "7", WrongType, None, false);
    value("enforced.sso", "null", WrongType, None, true);
    value("enforced.sso.domain", "\"contoso\"", InvalidValue, None, true);
    value("enforced.sso.domain", "\"https://contoso.com\"", InvalidValue, None, true);
    value("enforced.sso.domain", "\"10.0.0.1\"", InvalidValue, None, true);
    value("enforced.microsoft365.clientId", "\"not-a-guid\"", InvalidValue, None, true);
    value(
        "enforced.microsoft365.clientId",
        "\"{00000000-0000-0000-0000-000000000000}\"",
        InvalidValue,
        None,
        true,
    );
    value("enforced.microsoft365.tenant", "\"common\"", InvalidValue, Some("\"organizations\""), true);
    value("enforced.microsoft365.tenant", "null", WrongType, None, true);
    value("enforced.microsoft365.tenant", "\"../evil\"", InvalidValue, None, true);
    value("enforced.microsoft365.cloud", "\"gloabl\"", InvalidValue, Some("\"global\""), true);
    value("enforced.integration.permissions.calendar", "\"write\"", InvalidValue, None, true);
    value("enforced.integration.permissions.contacts", "\"readWrite\"", InvalidValue, None, true);
    value("enforced.integration.ews.auth", "[]", InvalidValue, None, true);
    value("enforced.integration.ews.auth", "\"oauth\"", WrongType, Some("[\"oauth\"]"), true);
    value("enforced.accounts.allowedTenants", "\"contoso.com\"", WrongType, Some("[\"contoso.com\"]"), true);
    value("enforced.accounts.allowedDomains", "{}", WrongType, None, true);
}

#[test]
fn b65_nan_is_not_json() {
    let syntax = ProblemKind::Syntax;
    let text = "{\"defaults\":{\"sync\":{\"intervalMinutes\":NaN}}}";
    check(text, (1, 40), syntax, "", None, true);
}

#[test]
fn a_bad_item_of_a_list_is_pointed_at() {
    let text = "{\"enforced\":{\"accounts\":{\"allowedDomains\":[\"contoso.com\",\n\"con toso\"]}}}";
    let key = "enforced.accounts.allowedDomains";
    check(text, (2, 1), ProblemKind::InvalidValue, key, None, true);
}

#[test]
fn b71_a_key_given_twice_counts_as_not_given() {
    let duplicate = |text, at, key, blocks| {
        check(text, at, ProblemKind::DuplicateKey, key, None, blocks);
    };
    let text = "{\"defaults\":{\"sync\":{\"pastDays\":1,\n\"pastDays\":2}}}";
    duplicate(text, (2, 1), "defaults.sync.pastDays", false);
    assert_eq!(load(text).sync.past_days, 30);
    duplicate("{\"defaults\":{\"ui\":{},\"ui\":{}}}", (1, 22), "defaults.ui", false);
    duplicate("{\"enforced\":{},\"enforced\":{}}", (1, 16), "enforced", true);
    duplicate(
        "{\"enforced\":{\"sso\":{\"domain\":\"a.com\",\"domain\":\"a.com\"}}}",
        (1, 38),
        "enforced.sso.domain",
        true,
    );
    let escaped = "{\"defaults\":{\"ui\":{},\"\\u0075i\":{}}}";
    duplicate(escaped, (1, 22), "defaults.ui", false);
}

#[test]
fn b73_dangerous_values_block() {
    let blocks = |json: &str, expected: bool| {
        let effective = load(format!("{{\"enforced\":{json}}}"));
        assert_eq!(effective.sign_in_allowed().is_err(), expected, "{json}: {:?}", effective.problems());
    };
    blocks(
        "{\"microsoft365\":{\"cloud\":\"custom\",\"endpoints\":{\"authority\":\"http://login.example.com\",\"graph\":\"https://g.example.com\"}}}",
        true,
    );
    blocks(
        "{\"microsoft365\":{\"cloud\":\"custom\",\"endpoints\":{\"authority\":\"http://localhost:1\",\"graph\":\"http://127.0.0.1:1/v1.0\"}}}",
        false,
    );
    blocks("{\"microsoft365\":{\"cloud\":\"custom\"}}", true);
    blocks(
        "{\"microsoft365\":{\"cloud\":\"custom\",\"endpoints\":{\"authority\":\"https://a.example.com\"}}}",
        true,
    );
    blocks(
        "{\"microsoft365\":{\"endpoints\":{\"authority\":\"https://a.example.com\",\"graph\":\"https://g.example.com\"}}}",
        true,
    );
    blocks("{\"sso\":{\"issuer\":\"https://id.example.com\"}}", true);
    blocks("{\"sso\":{\"clientId\":\"abc\"}}", true);
    blocks("{\"sso\":{\"issuer\":\"https://id.example.com\",\"clientId\":\"abc\"}}", false);
    blocks("{\"sso\":{\"issuer\":\"file:///etc/passwd\",\"clientId\":\"abc\"}}", true);
    blocks("{\"integration\":{\"ews\":{\"url\":\"http://mail.example.com/EWS/Exchange.asmx\"}}}", true);
}

#[test]
fn b73_an_empty_list_lets_nobody_in_and_says_so() {
    let effective = load("{\"enforced\":{\"accounts\":{\"allowedTenants\":[]}}}");
    assert!(effective.sign_in_allowed().is_ok());
    assert!(!effective.accounts.permit(Some("11111111-1111-1111-1111-111111111111"), "a@contoso.com"));
    let note = effective.problems().first().unwrap();
    assert_eq!((note.severity, note.is_fault()), (Severity::Note, false));
}

#[test]
fn ews_at_exchange_online_is_warned_about() {
    let text = "{\"enforced\":{\"integration\":{\"ews\":{\"url\":\"https://outlook.office365.com/EWS/Exchange.asmx\"}}}}";
    let key = "integration.ews.url";
    check(text, (1, 36), ProblemKind::Doubtful, key, None, false);
}

#[test]
fn a_blocked_policy_is_shut() {
    let effective = load("{\"enforced\":{\"sso\":{\"domain\":5}}}");
    assert!(convoke_policy::scopes::permitted(&effective.integration.permissions).is_empty());
    assert!(!effective.accounts.permit(None, "a@contoso.com"));
}
