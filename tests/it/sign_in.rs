//! Signing in and connecting, as a person does, with the mishaps of browsers and networks.

use convoke_desk::{Browser, Office, Page};
use convoke_tenant::Options;
use serde_json::json;
use url::Url;

fn small() -> Options {
    Options { events: 12, contacts: 8, directory: 8, ..Options::default() }
}

#[test]
fn a_person_signs_in_connects_and_sees_meetings_and_contacts() {
    let mut office = Office::of(small());
    let signed_in = office.through_browser(&["sign-in"]).done();
    assert_eq!(signed_in["event"], "signedIn");
    assert_eq!(signed_in["prompt"], true, "the first sign-in asks to integrate: {signed_in}");
    let connected = office.through_browser(&["connect"]).done();
    for service in ["calendar", "contacts", "directory"] {
        assert_eq!(connected["services"][service]["state"], "connected", "{connected}");
    }
    let sync = office.desk.run(&["sync"]).done();
    assert!(sync["services"]["calendar"]["added"].as_u64() > Some(0), "{sync}");
    assert!(!office.desk.run(&["agenda"]).done()["meetings"].as_array().unwrap().is_empty());
    let again = office.through_browser(&["sign-in"]).done();
    assert_eq!(again["prompt"], false, "asked once: {again}");
}

#[test]
fn sso_with_an_openid_provider_of_the_organization() {
    let mut office = Office::of(small());
    office.desk.policy = office.tenant().ready.policy_sso.clone().into();
    let signed_in = office.through_browser(&["sign-in"]).done();
    assert_eq!(signed_in["event"], "signedIn", "{signed_in}");
    let connected = office.through_browser(&["connect"]).done();
    assert_eq!(connected["services"]["calendar"]["state"], "connected", "{connected}");
    office.desk.run(&["sync"]).done();
    assert!(!office.desk.run(&["agenda"]).done()["meetings"].as_array().unwrap().is_empty());
}

#[test]
fn a_refusal_leaves_everything_as_it_was_and_the_next_attempt_works() {
    let mut office = Office::of(small());
    office.through_browser(&["sign-in"]).done();
    let accepting = office.browser.clone();
    office.browser = office.browser.clone().refusing();
    let refused = office.through_browser(&["connect"]);
    assert_eq!(refused.status, 4, "{refused:?}");
    assert_eq!(refused.json["code"], "consentDeclined", "{refused:?}");
    office.browser = accepting;
    let connected = office.through_browser(&["connect"]).done();
    assert_eq!(connected["event"], "connected");
}

#[test]
fn services_are_connected_one_after_the_other() {
    let mut office = Office::of(small());
    office.through_browser(&["sign-in"]).done();
    let contacts = office.through_browser(&["connect", "--service", "contacts"]);
    assert_eq!(
        (contacts.status, &contacts.json["services"]["contacts"]["state"]),
        (8, &json!("connected")),
        "{contacts:?}"
    );
    office.desk.run(&["sync"]).done();
    assert!(office.desk.run(&["contacts"]).done()["total"].as_u64() > Some(0));
    let rest = office.through_browser(&["connect", "--service", "calendar", "--service", "directory"]).done();
    for service in ["calendar", "contacts", "directory"] {
        assert_eq!(rest["services"][service]["state"], "connected", "{rest}");
    }
    let sync = office.desk.run(&["sync"]).done();
    assert_eq!(sync["services"]["contacts"]["state"], "connected", "{sync}");
    assert!(sync["services"]["calendar"]["added"].as_u64() > Some(0), "{sync}");
}

#[test]
fn another_account_than_the_one_signed_in_is_refused() {
    let mut office = Office::of(small());
    office.through_browser(&["sign-in"]).done();
    let other = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    office.browser = Browser::of(&other.username, &other.password);
    let refused = office.through_browser(&["connect"]);
    assert_eq!(refused.json["code"], "accountMismatch", "{refused:?}");
    assert_eq!(refused.status, 4);
}

#[test]
fn after_another_account_answered_the_next_connection_shows_which_there_are() {
    let mut office = Office::of(small());
    office.through_browser(&["sign-in"]).done();
    let person = office.browser.clone();
    let other = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    office.browser = Browser::of(&other.username, &other.password);
    assert_eq!(office.through_browser(&["connect"]).json["code"], "accountMismatch");
    for shows_choice in [true, false] {
        let mut asked = String::new();
        let mut person = person.clone();
        let connected = office.with_address(&["connect"], |address| {
            address.clone_into(&mut asked);
            person.go(address);
        });
        assert_eq!(connected.status, 0, "{connected:?}");
        assert_eq!(asked.contains("prompt=select_account"), shows_choice, "{asked}");
        assert_eq!(asked.contains("login_hint"), !shows_choice, "a hint would choose: {asked}");
    }
}

/// Where the identity provider would send the browser: the loopback address with the answer.
fn answer_of(office: &Office, address: &str) -> Page {
    office.browser.clone().go(address)
}

/// The loopback address of an authorize address, with the query of the test's choice.
fn loopback(address: &str, query: &str) -> String {
    let address = Url::parse(address).unwrap();
    let redirect = address.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    let mut url = Url::parse(&redirect).unwrap();
    url.set_query(Some(query));
    url.into()
}

#[test]
fn b01_b02_strangers_at_the_loopback_port_change_nothing() {
    let office = Office::of(small());
    let answer = office.with_address(&["sign-in"], |address| {
        for query in ["code=x&state=WRONG", "code=x", "code=x&state=", "error=access_denied&state=WRONG"] {
            let page = Browser::of("", "").go(&loopback(address, query));
            assert!((400..500).contains(&page.status), "{query}: {page:?}");
        }
        let page =
            Browser::of("", "").go(&format!("{}favicon.ico", loopback(address, "").trim_end_matches('?')));
        assert!(page.status < 500, "{page:?}");
        answer_of(&office, address);
    });
    assert_eq!(answer.done()["event"], "signedIn");
}

#[test]
fn b03_a_replayed_answer_signs_in_once() {
    let office = Office::of(small());
    let answer = office.with_address(&["sign-in"], |address| {
        let page = answer_of(&office, address);
        assert_eq!(page.status, 200, "{page:?}");
        let log = office.truth("log");
        assert!(log.as_array().is_some(), "{log}");
    });
    assert_eq!(answer.done()["event"], "signedIn");
    let exchanges = office
        .truth("log")
        .as_array()
        .unwrap()
        .iter()
        .filter(|request| request["path"].as_str().is_some_and(|path| path.ends_with("/oauth2/v2.0/token")))
        .count();
    assert_eq!(exchanges, 1, "the code was redeemed once");
}

#[test]
fn the_last_page_in_the_browser_is_clean() {
    let office = Office::of(small());
    let answer = office.with_address(&["sign-in"], |address| {
        let page = answer_of(&office, address);
        assert!(page.body.contains("close this tab"), "{}", page.body);
        assert!(!page.body.contains("<script"), "{}", page.body);
    });
    assert_eq!(answer.done()["event"], "signedIn");
}

#[test]
fn nothing_from_the_browser_ends_in_time() {
    let office = Office::of(small());
    let answer = office.desk.run(&["sign-in", "--print-url", "--timeout", "1"]);
    assert_eq!((answer.status, &answer.json["code"]), (4, &json!("signInTimedOut")), "{answer:?}");
}

#[test]
fn b22_without_a_browser_the_address_is_shown() {
    let office = Office::of(small());
    let answer = office.desk.run(&["sign-in", "--timeout", "2"]);
    assert!(answer.stdout.contains("\"event\":\"browser\""), "{answer:?}");
    assert_eq!(answer.status, 4, "it kept waiting for the person: {answer:?}");
}

#[test]
fn a_new_sign_in_without_any_account_says_so() {
    let office = Office::of(small());
    for command in [&["sync"][..], &["agenda"], &["connect", "--print-url"], &["contacts", "a"]] {
        let answer = office.desk.run(command);
        assert_eq!(
            (answer.status, &answer.json["code"]),
            (4, &json!("signInRequired")),
            "{command:?}: {answer:?}"
        );
    }
}
