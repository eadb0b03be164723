//! Why a key has its value, told of several files.

use convoke_policy::explain::Outcome;
use convoke_policy::keys::KEYS;
use convoke_policy::{Effective, FileSource, Level, UnknownKey, Value, effective, explain, read};

fn load(files: &[(&str, &str)]) -> Effective {
    let read = |&(name, text): &(&str, &str)| read(FileSource { name, bytes: text.as_bytes() });
    effective(&files.iter().map(read).collect::<Vec<_>>())
}

#[test]
fn the_winner_comes_first_and_every_loser_says_why() {
    let policy = load(&[
        ("a.json", "{\"enforced\":{\"sync\":{\"pastDays\":1}}}"),
        ("b.json", "{\n\"defaults\":{\"sync\":{\"pastDays\":2}}}"),
        ("c.json", "{\n\n\"enforced\":{\"sync\":{\"pastDays\":3}}}"),
    ]);
    let explanation = explain(&policy, "sync.pastDays").unwrap();
    assert_eq!(explanation.value, Value::Integer(3));
    assert_eq!(explanation.source.place().as_deref(), Some("c.json:3"));
    assert!(explanation.locked);
    assert_eq!(explanation.allowed, "a whole number from 0 to 730");
    assert_eq!(explanation.product_default, Value::Integer(30));
    let said: Vec<(Value, Outcome, &str)> = explanation
        .said
        .iter()
        .map(|said| (said.value.clone(), said.outcome, said.reason.as_str()))
        .collect();
    let expected = [
        (3, Outcome::Decides, "This decides."),
        (1, Outcome::Overridden, "c.json:3 is read later, and wins at the same level."),
        (2, Outcome::Outranked, "This is a default; c.json:3 enforces the key."),
        (30, Outcome::Replaced, "The product's default holds only where no policy names the key."),
    ];
    assert_eq!(said, expected.map(|(value, outcome, reason)| (Value::Integer(value), outcome, reason)));
}

#[test]
fn a_key_that_nobody_names_has_the_products_default() {
    let explanation = explain(&Effective::default(), "ui.theme").unwrap();
    assert_eq!((explanation.source.level, explanation.locked), (Level::Product, false));
    assert_eq!(explanation.said.first().map(|said| said.outcome), Some(Outcome::Decides));
    assert_eq!(explanation.said.len(), 1);
}

#[test]
fn what_was_not_taken_is_told_with_the_key_it_was_meant_for() {
    let policy =
        load(&[("a.json", "{\"defaults\":{\"sync\":{\"pastDay\":3,\"futureDays\":0},\"ui\":\"dark\"}}")]);
    let check = |key: &str, words: &str| {
        let problems = explain(&policy, key).unwrap().problems;
        assert_eq!(problems.len(), 1, "{key}: {problems:?}");
        assert!(problems[0].message.en.contains(words), "{key}: {problems:?}");
    };
    check("sync.pastDays", "pastDay is unknown");
    check("sync.futureDays", "not between 1 and 730");
    check("ui.theme", "must be an object");
    assert!(explain(&policy, "sync.intervalMinutes").unwrap().problems.is_empty());
}

#[test]
fn a_fault_in_one_key_is_told_of_all() {
    let blocked =
        |text: &str| explain(&load(&[("a.json", text)]), "accounts.allowedDomains").unwrap().sign_in_blocked;
    assert!(blocked("{\"enforced\":{\"sso\":{\"domain\":5}}}"));
    assert!(!blocked("{\"enforced\":{\"ui\":{\"theme\":5}}}"));
}

#[test]
fn every_key_can_be_explained_with_its_level_too() {
    let policy = Effective::default();
    for key in KEYS {
        assert_eq!(explain(&policy, key.name).unwrap().key, key.name);
        assert_eq!(explain(&policy, &format!("defaults.{}", key.name)).unwrap().key, key.name);
    }
}

#[test]
fn names_that_are_no_keys_lead_to_one() {
    let check = |name: &str, expected: &str| {
        let error = explain(&Effective::default(), name).unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check("sync.pastDay", "There is no key sync.pastDay. Did you mean sync.pastDays?");
    check("pastDays", "There is no key pastDays. Did you mean sync.pastDays?");
    check(
        "enforced.integration.promt",
        "There is no key enforced.integration.promt. Did you mean integration.prompt?",
    );
    check("clientId", "There is no key clientId.");
    check("telemetry", "There is no key telemetry.");
    check("ui", "ui is a section, not a key. Its keys: ui.language, ui.theme.");
    let error = explain(&Effective::default(), "").unwrap_err();
    assert_eq!(error, UnknownKey::Nothing { name: String::new(), suggestion: None });
}

#[test]
fn keys_that_steer_a_sign_in_say_what_people_will_see() {
    let check = |json: &str, key: &str, words: &str| {
        let policy = load(&[("a.json", &format!("{{\"enforced\":{{\"integration\":{json}}}}}"))]);
        let sentence = explain(&policy, key).unwrap().next_sign_in.unwrap();
        assert!(sentence.contains(words), "{json} {key}: {sentence}");
    };
    let prompt = "integration.prompt";
    check("{}", prompt, "asked once to connect the calendar, the contacts and the directory");
    check(r#"{"prompt":"everySignIn"}"#, prompt, "After every sign-in");
    check(r#"{"prompt":"never"}"#, prompt, "by hand");
    check(
        r#"{"permissions":{"calendar":"none","contacts":"none","directory":"none"}}"#,
        prompt,
        "permit nothing",
    );
    check(r#"{"permissions":{"calendar":"none","directory":"none"}}"#, prompt, "connect the contacts.");
    let consent = "integration.userConsent";
    check("{}", consent, "User.Read, Calendars.Read, Contacts.Read, User.ReadBasic.All");
    check(r#"{"userConsent":false}"#, consent, "I am an administrator");
    let calendar = "integration.permissions.calendar";
    check(r#"{"permissions":{"calendar":"readWrite"}}"#, calendar, "Calendars.ReadWrite");
    check(r#"{"permissions":{"calendar":"none"}}"#, calendar, "off by policy");
    check(r#"{"permissions":{"calendar":"none"}}"#, calendar, "on an Exchange server, it has no effect.");
    check(r#"{"authorizeWith":"ews"}"#, calendar, "No effect");
    check(r#"{"authorizeWith":"ews"}"#, consent, "nobody is asked for permissions of Microsoft Graph");
    check(
        r#"{"authorizeWith":"ews"}"#,
        consent,
        "page asks to consent to https://SERVER/EWS.AccessAsUser.All",
    );
    check(r#"{"authorizeWith":"ews","userConsent":false}"#, consent, "an administrator must have consented");
    check(
        r#"{"authorizeWith":"ews","ews":{"auth":["ntlm"]}}"#,
        consent,
        "No effect: passwords need no consent",
    );
    check(r#"{"authorizeWith":"ews"}"#, prompt, "connect the organization's Exchange server");
    check(r#"{"ews":{"url":5}}"#, prompt, "until the policy is mended");
    assert_eq!(explain(&Effective::default(), "sync.pastDays").unwrap().next_sign_in, None);
}

#[test]
fn the_keys_of_an_exchange_server_say_what_people_will_see() {
    let check = |level: &str, json: &str, key: &str, words: &str| {
        let policy = load(&[("a.json", &format!("{{\"{level}\":{{\"integration\":{json}}}}}"))]);
        let sentence = explain(&policy, key).unwrap().next_sign_in.unwrap();
        assert!(sentence.contains(words), "{json} {key}: {sentence}");
        assert!(sentence.ends_with('.'), "{sentence}");
    };
    let (with, url, auth) = ("integration.authorizeWith", "integration.ews.url", "integration.ews.auth");
    let enforced = |json: &str, key: &str, words: &str| check("enforced", json, key, words);
    enforced("{}", with, "the server that Autodiscover finds, and connecting opens the browser, where");
    enforced(r#"{"authorizeWith":"oauth"}"#, with, "sees no meetings and contacts");
    check("defaults", r#"{"authorizeWith":"oauth"}"#, with, "by hand in their profile");
    enforced(r#"{"authorizeWith":"ews"}"#, with, "Nobody is asked for permissions of Microsoft Graph");
    enforced(r#"{"authorizeWith":"ews","ews":{"auth":["ntlm"]}}"#, with, "asks for user name and password");
    enforced(r#"{"ews":{"auth":[]}}"#, with, "until the policy is mended");
    let server = r#"{"ews":{"url":"https://mail.contoso.com/EWS/Exchange.asmx","auth":["ntlm","oauth"]}}"#;
    enforced(server, with, "turns to mail.contoso.com");
    enforced(server, url, "consent to https://mail.contoso.com/EWS.AccessAsUser.All");
    enforced(
        server,
        auth,
        "ntlm: user name and password, which do not leave this computer in the clear; then oauth",
    );
    enforced("{}", url, "Autodiscover finds its server");
    enforced(r#"{"authorizeWith":"oauth"}"#, url, "No effect");
    let online = r#"{"ews":{"url":"https://outlook.office365.com/EWS/Exchange.asmx"}}"#;
    enforced(online, url, "off by default from 2026-10-01 and ends for everybody on 2027-04-01");
    enforced("{}", auth, "nobody gets in");
    let graph_only =
        r#"{"authorizeWith":"oauth","ews":{"url":"https://mail.contoso.com/EWS/Exchange.asmx"}}"#;
    enforced(graph_only, url, "No effect");
    enforced(graph_only, auth, "No effect");
    check("defaults", graph_only, url, "Used only by who connects mail.contoso.com by hand");
    check("defaults", graph_only, auth, "only who connects a server by hand");
}
