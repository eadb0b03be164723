//! Who may consent, and what becomes of each service: one visit to the browser, question by question.

use convoke_desk::{Answer, Browser, Office};
use convoke_tenant::entra::consent_policy::ConsentPolicy;
use convoke_tenant::{Options, Scenario};
use serde_json::{Value, json};

const SERVICES: [&str; 3] = ["calendar", "contacts", "directory"];

fn office(policy: ConsentPolicy) -> Office {
    let scenarios = vec![Scenario::Consent(policy)];
    let mut office =
        Office::of(Options { events: 24, contacts: 12, directory: 12, scenarios, ..Options::default() });
    office.through_browser(&["sign-in"]).done();
    office
}

/// States of calendar, contacts and directory, as `status` tells them.
fn states(office: &Office) -> [String; 3] {
    let status = office.desk.run(&["status"]).done();
    SERVICES.map(|service| status["services"][service]["state"].as_str().unwrap_or_default().to_owned())
}

/// How often the program asked for a browser.
fn visits(answer: &Answer) -> usize {
    answer.stdout.lines().filter(|line| line.contains("\"event\":\"browser\"")).count()
}

fn consent_for_organization(office: &Office) {
    let scope = "Calendars.Read Contacts.Read User.Read User.ReadBasic.All openid profile offline_access";
    office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
}

/// Changes one key of the desk's policy file.
fn set_policy(office: &Office, pointer: &str, value: Value) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    *policy.pointer_mut(pointer).unwrap() = value;
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}

/// How often Microsoft refused to give a token for a refresh token.
fn refused_refreshes(office: &Office) -> usize {
    let log = office.truth("log");
    let refused = |line: &&Value| {
        line["path"].as_str().is_some_and(|path| path.ends_with("/token"))
            && line["note"].as_str().is_some_and(|note| note.contains("refresh_token"))
            && line["status"].as_u64() >= Some(400)
    };
    log.as_array().unwrap().iter().filter(refused).count()
}

/// The questions of the browser to the authority, in their order.
fn questions(office: &Office) -> Vec<String> {
    let log = office.truth("log");
    let asked = log.as_array().unwrap().iter();
    let asked = asked.filter(|line| line["path"].as_str().is_some_and(|path| path.ends_with("/authorize")));
    asked.map(|line| line["query"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Puts the last look of this desk's account fifteen minutes back.
fn a_quarter_of_an_hour_passes(office: &Office) {
    let file = office.desk.cache().with_file_name("recheck.json");
    let mut last: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let at: chrono::DateTime<chrono::Utc> = last["at"].as_str().unwrap().parse().unwrap();
    last["at"] = json!(at - chrono::TimeDelta::minutes(15));
    std::fs::write(&file, last.to_string()).unwrap();
}

#[test]
fn where_users_may_consent_one_visit_connects_everything() {
    let mut office = office(ConsentPolicy::Open);
    let connected = office.through_browser(&["connect"]);
    assert_eq!((connected.status, visits(&connected)), (0, 1), "{connected:?}");
    assert_eq!(states(&office), ["connected", "connected", "connected"]);
}

#[test]
fn under_the_managed_policy_contacts_work_at_once_and_the_calendar_follows_the_administrator() {
    let mut office = office(ConsentPolicy::MicrosoftManaged);
    let connected = office.through_browser(&["connect"]);
    assert_eq!((connected.status, visits(&connected)), (8, 1), "{connected:?}");
    assert_eq!(states(&office), ["waitingForAdmin", "connected", "connected"]);
    office.desk.run(&["sync"]).done();
    assert!(office.desk.run(&["contacts"]).done()["total"].as_u64() > Some(0));
    consent_for_organization(&office);
    a_quarter_of_an_hour_passes(&office);
    let sync = office.desk.run(&["sync"]).done();
    assert_eq!(sync["services"]["calendar"]["state"], "connected", "{sync}");
    assert!(!office.desk.run(&["agenda"]).done()["meetings"].as_array().unwrap().is_empty());
}

#[test]
fn many_rounds_look_once_whether_an_administrator_approved() {
    let mut office = office(ConsentPolicy::MicrosoftManaged);
    assert_eq!(office.through_browser(&["connect"]).status, 8);
    let before = refused_refreshes(&office);
    for _ in 0..3 {
        office.desk.run(&["sync"]).done();
    }
    assert_eq!(refused_refreshes(&office) - before, 1);
    a_quarter_of_an_hour_passes(&office);
    office.desk.run(&["sync"]).done();
    assert_eq!(refused_refreshes(&office) - before, 2);
    consent_for_organization(&office);
    let asked = office.through_browser(&["connect"]);
    assert_eq!(asked.status, 0, "who asks is answered at once: {asked:?}");
}

#[test]
fn connecting_asks_for_what_is_missing_only() {
    let mut office = office(ConsentPolicy::MicrosoftManaged);
    set_policy(&office, "/enforced/integration/prompt", json!("everySignIn"));
    set_policy(&office, "/enforced/integration/permissions/contacts", json!("none"));
    assert_eq!(office.through_browser(&["connect"]).status, 8);
    assert_eq!(states(&office), ["waitingForAdmin", "offByPolicy", "connected"]);
    set_policy(&office, "/enforced/integration/permissions/contacts", json!("read"));
    assert_eq!(office.through_browser(&["sign-in"]).done()["prompt"], true);
    let before = questions(&office).len();
    assert_eq!(office.through_browser(&["connect"]).status, 8);
    assert_eq!(states(&office), ["waitingForAdmin", "connected", "connected"]);
    let asked = questions(&office).split_off(before).concat();
    assert!(asked.contains("Contacts.Read") && !asked.contains("Calendars"), "{asked}");
    assert!(!asked.contains("User.ReadBasic.All"), "{asked}");
    assert_eq!(
        office.through_browser(&["sign-in"]).done()["prompt"],
        false,
        "the rest is an administrator's"
    );
}

#[test]
fn a_page_that_leads_nowhere_leaves_the_rest_connected() {
    let mut office = office(ConsentPolicy::Workflow);
    office.browser = office.browser.clone().leaving();
    let connected = office.through_dead_end(&["connect"], 4);
    assert_eq!((connected.status, visits(&connected)), (8, 1), "{connected:?}");
    assert_eq!(states(&office), ["waitingForAdmin", "connected", "connected"]);
}

#[test]
fn where_the_policy_says_that_users_may_not_nobody_is_shown_a_page_about_permissions() {
    let mut office = office(ConsentPolicy::Open);
    office.control("consent", &json!({"policy": "off"}));
    set_policy(&office, "/enforced/integration/userConsent", json!(false));
    let refused = office.through_browser(&["connect"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("adminApprovalRequired")), "{refused:?}");
    assert_eq!(states(&office), ["waitingForAdmin", "waitingForAdmin", "waitingForAdmin"]);
    consent_for_organization(&office);
    let connected = office.through_browser(&["connect"]);
    assert_eq!(connected.status, 0, "{connected:?}");
    assert_eq!(states(&office), ["connected", "connected", "connected"]);
}

#[test]
fn who_refuses_is_asked_no_further_and_may_change_their_mind() {
    let mut office = office(ConsentPolicy::Open);
    let person = office.browser.clone();
    office.browser = person.clone().refusing();
    let refused = office.through_browser(&["connect"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("consentDeclined")), "{refused:?}");
    assert_eq!(states(&office), ["declined", "declined", "declined"]);
    office.browser = person;
    assert_eq!(office.through_browser(&["connect"]).status, 0);
}

#[test]
fn an_administrator_consents_for_the_organization_and_everybody_is_connected() {
    let mut office = office(ConsentPolicy::MicrosoftManaged);
    let admin = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    let person = office.browser.clone();
    office.browser = Browser::of(&admin.username, &admin.password);
    office.through_browser(&["sign-in"]).done();
    let connected = office.through_browser(&["connect", "--admin-consent"]);
    assert_eq!(visits(&connected), 1, "the consent, and the sign-in that proves it: {connected:?}");
    assert_ne!(states(&office)[0], "waitingForAdmin");
    office.browser = person;
    office.through_browser(&["sign-in"]).done();
    let connected = office.through_browser(&["connect"]);
    assert_eq!((connected.status, visits(&connected)), (0, 1), "{connected:?}");
}

#[test]
fn a_permission_taken_away_ends_the_authorization_and_asks_again() {
    let mut office = office(ConsentPolicy::Open);
    office.through_browser(&["connect"]).done();
    office.desk.run(&["sync"]).done();
    set_policy(&office, "/enforced/integration/permissions/contacts", json!("none"));
    assert_eq!(states(&office), ["notConnected", "offByPolicy", "notConnected"]);
    assert_eq!(office.desk.run(&["contacts"]).done()["total"], 0, "its feature is hidden");
    let connected = office.through_browser(&["connect"]);
    assert_eq!(connected.status, 0, "{connected:?}");
    assert_eq!(states(&office), ["connected", "offByPolicy", "connected"]);
    let log = office.truth("log");
    let asked = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["path"].as_str().unwrap_or_default().contains("authorize"));
    let mut asked = asked;
    let last = asked.next_back().unwrap().to_string();
    assert!(!last.contains("Contacts"), "{last}");
}

#[test]
fn a_permission_that_grew_is_asked_for() {
    let mut office = office(ConsentPolicy::Open);
    office.through_browser(&["connect"]).done();
    set_policy(&office, "/enforced/integration/permissions/calendar", json!("readWrite"));
    let status = office.desk.run(&["status"]).done();
    assert_eq!(status["services"]["calendar"]["state"], "notConnected", "{status}");
    assert_eq!(office.through_browser(&["connect"]).status, 0);
    assert_eq!(states(&office), ["connected", "connected", "connected"]);
}
