//! The merge: levels, files, sources, and that each key reaches the settings.

use convoke_policy::keys::KEYS;
use convoke_policy::{Cloud, Effective, FileSource, Level, Parsed, Status, Value, effective, read};
use proptest::prelude::*;

fn parsed(name: &str, text: &str) -> Parsed {
    let parsed = read(FileSource { name, bytes: text.as_bytes() });
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed
}

/// A file that gives one key at one level, in line 1.
fn file(name: &str, level: &str, key: &str, json: &str) -> Parsed {
    let mut text = json.to_owned();
    for part in key.rsplit('.') {
        text = format!("{{\"{part}\":{text}}}");
    }
    parsed(name, &if level.is_empty() { text } else { format!("{{\"{level}\":{text}}}") })
}

#[test]
fn without_a_policy_the_product_decides() {
    let effective = Effective::default();
    assert_eq!(effective.status(), Status::None);
    assert_eq!(effective.microsoft365.tenant, "organizations");
    assert_eq!(effective.microsoft365.cloud, Cloud::Global);
    assert_eq!(effective.microsoft365.client_id, None);
    assert_eq!(
        effective.microsoft365.endpoints.as_ref().unwrap().graph.as_str(),
        "https://graph.microsoft.com/v1.0"
    );
    assert_eq!(
        (effective.sync.past_days, effective.sync.future_days, effective.sync.interval_minutes),
        (30, 180, 5)
    );
    assert!(effective.privacy.mask_private_meetings && effective.integration.user_consent);
    assert!(effective.accounts.permit(None, "anybody@example.com"));
    assert!(effective.locked().is_empty());
    assert!(effective.rows().iter().all(|row| row.source.level == Level::Product));
}

#[test]
fn the_documented_sample_reads_without_a_fault() {
    let parsed = parsed("policy.json", include_str!("sample.jsonc"));
    assert_eq!(parsed.values.len(), KEYS.len());
    let effective = effective(&[parsed]);
    assert_eq!(effective.status(), Status::Ok);
    assert_eq!(effective.organization.name.as_deref(), Some("Contoso"));
    let source = effective.source("microsoft365.tenant");
    assert_eq!((source.level, source.line, source.column), (Level::Enforced, Some(7), Some(23)));
    assert_eq!(effective.source("sync.pastDays").level, Level::Default);
    assert!(effective.is_locked("sso.issuer") && !effective.is_locked("ui.theme"));
}

#[test]
fn every_key_reaches_the_settings() {
    let other = |key: &str| match key {
        "organization.name" => "\"Contoso\"",
        "organization.helpUrl" | "integration.ews.url" => "\"https://it.contoso.com/\"",
        "organization.helpEmail" => "\"it@contoso.com\"",
        "sso.domain" | "microsoft365.tenant" => "\"contoso.com\"",
        "sso.issuer" => "\"https://id.contoso.com/\"",
        "sso.clientId" => "\"convoke\"",
        "microsoft365.clientId" => "\"11111111-1111-1111-1111-111111111111\"",
        "microsoft365.cloud" => "\"china\"",
        "microsoft365.endpoints.authority" | "microsoft365.endpoints.graph" => "\"https://x.contoso.com/\"",
        "integration.prompt" => "\"never\"",
        "integration.authorizeWith" => "\"ews\"",
        "integration.permissions.calendar" => "\"readWrite\"",
        "integration.permissions.contacts" | "integration.permissions.directory" => "\"none\"",
        "integration.ews.auth" => "[\"ntlm\"]",
        "accounts.allowedTenants" => "[\"11111111-1111-1111-1111-111111111111\"]",
        "accounts.allowedDomains" => "[\"contoso.com\"]",
        "ui.language" => "\"es\"",
        "ui.theme" => "\"dark\"",
        "updates.channel" => "\"beta\"",
        "logs.level" => "\"debug\"",
        "notifications.showDetailsOnLockScreen" => "true",
        "integration.userConsent"
        | "notifications.enabled"
        | "privacy.maskPrivateMeetings"
        | "privacy.allowExport" => "false",
        _ => "7",
    };
    let base = file(
        "a",
        "enforced",
        "microsoft365",
        r#"{"cloud":"custom","endpoints":{"authority":"https://a.example/","graph":"https://g.example/"}}"#,
    );
    let before = effective(std::slice::from_ref(&base));
    for key in KEYS {
        let level = if key.name.starts_with("organization.") { "" } else { "enforced" };
        let after = effective(&[base.clone(), file("b", level, key.name, other(key.name))]);
        let difference = serde_json::to_value(&*after).unwrap() != serde_json::to_value(&*before).unwrap();
        assert!(difference, "{} changes no setting", key.name);
        assert_eq!(after.source(key.name).file.as_deref(), Some("b"), "{}", key.name);
        assert!(after.is_locked(key.name), "{}", key.name);
    }
}

#[test]
fn b72_the_user_cannot_loosen_what_is_enforced() {
    let check = |level: &str, user: Option<u32>, expected: u32| {
        let effective = effective(&[file("a", level, "sync.pastDays", "10")]);
        assert_eq!(effective.with_user("sync.pastDays", user, effective.sync.past_days), expected);
    };
    check("enforced", Some(700), 10);
    check("enforced", None, 10);
    check("defaults", Some(700), 700);
    check("defaults", None, 10);
}

#[test]
fn b72_enforced_wins_over_a_default_of_a_later_file() {
    let effective = effective(&[
        file("a", "enforced", "sync.pastDays", "1"),
        file("b", "defaults", "sync.pastDays", "2"),
        file("c", "enforced", "sync.pastDays", "3"),
    ]);
    assert_eq!(effective.sync.past_days, 3);
    let said: Vec<_> =
        effective.said("sync.pastDays").iter().map(|entry| entry.source.file.as_deref()).collect();
    assert_eq!(said, [Some("c"), Some("a"), Some("b")]);
}

#[test]
fn values_of_several_files_are_judged_together() {
    let issuer = file("a", "enforced", "sso.issuer", "\"https://id.example.com\"");
    let client = file("b", "defaults", "sso.clientId", "\"convoke\"");
    assert!(effective(std::slice::from_ref(&issuer)).sign_in_allowed().is_err());
    assert!(effective(&[issuer, client]).sign_in_allowed().is_ok());
}

#[test]
fn accounts_are_permitted_by_tenant_and_by_domain() {
    let tenant = "11111111-AAAA-1111-1111-111111111111";
    let check = |accounts: &str, tenant_id: Option<&str>, username: &str, expected: bool| {
        let effective = effective(&[file("a", "enforced", "accounts", accounts)]);
        assert_eq!(
            effective.accounts.permit(tenant_id, username),
            expected,
            "{accounts} {tenant_id:?} {username}"
        );
    };
    let listed = format!("{{\"allowedTenants\":[\"{tenant}\"]}}");
    check(&listed, Some(tenant), "a@x.com", true);
    check(&listed, Some(&tenant.to_lowercase()), "a@x.com", true);
    check(&listed, Some("22222222-aaaa-1111-1111-111111111111"), "a@x.com", false);
    check(&listed, None, "a@x.com", false);
    let domains = "{\"allowedDomains\":[\"Contoso.com\",\"m\u{fc}ller.example\"]}";
    check(domains, None, "a@contoso.COM", true);
    check(domains, None, "a@evil.com", false);
    check(domains, None, "a@contoso.com.evil.com", false);
    check(domains, None, "a@contoso.com@evil.com", false);
    check(domains, None, "contoso.com", false);
    check(domains, None, "", false);
    check("{\"allowedDomains\":null}", None, "a@evil.com", true);
}

proptest! {
    #[test]
    fn the_last_file_of_the_strongest_level_wins(
        said in proptest::collection::vec((any::<bool>(), 0_i64..=730), 0..8),
    ) {
        let level = |enforced| if enforced { "enforced" } else { "defaults" };
        let files: Vec<Parsed> = said
            .iter()
            .enumerate()
            .map(|(index, (enforced, days))| file(&index.to_string(), level(*enforced), "sync.pastDays", &days.to_string()))
            .collect();
        let enforced = said.iter().rev().find(|(enforced, _)| *enforced);
        let expected = enforced.or(said.last()).map_or(30, |(_, days)| *days);
        let effective = effective(&files);
        prop_assert_eq!(effective.value("sync.pastDays"), Value::Integer(expected));
        prop_assert_eq!(effective.is_locked("sync.pastDays"), enforced.is_some());
    }
}
