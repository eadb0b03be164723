//! Who is signed in, while the policy and the person change their mind: accounts that the policy stops permitting,
//! signing out and in again, and what a person was asked before.

use convoke_desk::{Browser, Office};
use convoke_tenant::entra::consent_policy::ConsentPolicy;
use convoke_tenant::{Options, Scenario};
use serde_json::{Value, json};

const SERVICES: [&str; 3] = ["calendar", "contacts", "directory"];

fn office(scenarios: Vec<Scenario>) -> Office {
    Office::of(Options { events: 24, contacts: 12, directory: 12, scenarios, ..Options::default() })
}

fn set_policy(office: &Office, change: impl FnOnce(&mut Value)) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    change(&mut policy["enforced"]);
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}

fn states(office: &Office) -> [String; 3] {
    let status = office.desk.run(&["status"]).done();
    SERVICES.map(|service| status["services"][service]["state"].as_str().unwrap_or_default().to_owned())
}

/// Signs in, and answers whether the program asks to integrate.
fn is_asked(office: &mut Office) -> bool {
    office.through_browser(&["sign-in"]).done()["prompt"] == true
}

#[test]
fn an_account_that_the_policy_stops_permitting_is_of_no_use_until_it_is_permitted_again() {
    let mut office = office(vec![]);
    office.connect();
    office.desk.run(&["sync"]).done();
    let meetings = office.desk.run(&["agenda"]).done()["meetings"].as_array().unwrap().len();
    for limit in [json!({"allowedDomains": ["other.example"]}), json!({"allowedTenants": []})] {
        set_policy(&office, |enforced| enforced["accounts"] = limit.clone());
        let asked_before = office.truth("log").as_array().unwrap().len();
        for command in [&["sync"][..], &["agenda"], &["contacts"], &["next"], &["changes"], &["connect"]] {
            let refused = office.desk.run(command);
            assert_eq!(
                (refused.status, &refused.json["code"]),
                (4, &json!("accountNotAllowed")),
                "{limit} {command:?}: {refused:?}"
            );
        }
        assert_eq!(office.truth("log").as_array().unwrap().len(), asked_before, "no server was asked");
        assert_eq!(office.desk.run(&["status"]).done()["account"], Value::Null);
    }
    set_policy(&office, |enforced| enforced["accounts"] = json!({}));
    office.desk.run(&["sync"]).done();
    assert_eq!(office.desk.run(&["agenda"]).done()["meetings"].as_array().unwrap().len(), meetings);
}

#[test]
fn who_is_not_permitted_any_more_may_sign_out_and_somebody_else_may_come() {
    let mut office = office(vec![]);
    office.connect();
    let domain = office.tenant().ready.users[0].username.rsplit_once('@').unwrap().1.to_owned();
    set_policy(&office, |enforced| enforced["accounts"] = json!({"allowedDomains": ["other.example"]}));
    office.desk.run(&["sign-out", "--purge"]).done();
    set_policy(&office, |enforced| enforced["accounts"] = json!({"allowedDomains": [domain]}));
    let other = office.tenant().ready.users[1].clone();
    office.browser = Browser::of(&other.username, &other.password);
    let signed_in = office.through_browser(&["sign-in"]).done();
    assert_eq!(signed_in["account"]["username"], other.username);
}

#[test]
fn signing_out_with_the_data_kept_ends_the_authorization_and_connecting_brings_it_back() {
    let mut office = office(vec![]);
    office.connect();
    office.desk.run(&["sync"]).done();
    office.desk.run(&["sign-out"]).done();
    office.through_browser(&["sign-in"]).done();
    assert_eq!(states(&office), ["notConnected"; 3]);
    assert_eq!(office.desk.run(&["sync"]).json["code"], "notConnected");
    assert!(office.desk.run(&["contacts"]).done()["total"].as_u64() > Some(0), "the data was kept");
    office.through_browser(&["connect"]).done();
    assert_eq!(states(&office), ["connected"; 3]);
    office.desk.run(&["sync"]).done();
}

#[test]
fn once_means_once_also_after_signing_out_and_after_somebody_else() {
    let mut office = office(vec![]);
    set_policy(&office, |enforced| enforced["integration"]["prompt"] = json!("firstSignIn"));
    let ana = office.browser.clone();
    let other = office.tenant().ready.users[1].clone();
    assert!(is_asked(&mut office));
    office.desk.run(&["sign-out"]).done();
    assert!(!is_asked(&mut office), "asked before");
    office.browser = Browser::of(&other.username, &other.password);
    assert!(is_asked(&mut office), "somebody else was never asked");
    office.browser = ana;
    assert!(!is_asked(&mut office), "nor does somebody else's turn change that");
    office.desk.run(&["sign-out", "--purge"]).done();
    assert!(is_asked(&mut office), "everything was forgotten");
}

#[test]
fn what_only_an_administrator_can_give_is_not_asked_for_after_signing_out_and_in() {
    let mut office = office(vec![Scenario::Consent(ConsentPolicy::MicrosoftManaged)]);
    set_policy(&office, |enforced| enforced["integration"]["prompt"] = json!("everySignIn"));
    set_policy(&office, |enforced| {
        enforced["integration"]["permissions"] = json!({"contacts": "none", "directory": "none"});
    });
    assert!(is_asked(&mut office));
    assert_eq!(office.through_browser(&["connect"]).json["code"], "adminApprovalRequired");
    assert_eq!(states(&office)[0], "waitingForAdmin");
    office.desk.run(&["sign-out"]).done();
    assert!(!is_asked(&mut office));
    assert_eq!(states(&office)[0], "waitingForAdmin");
}

#[test]
fn where_nothing_is_granted_the_sign_in_says_who_must_act_and_the_link_frees_everybody() {
    let mut office = office(vec![Scenario::Consent(ConsentPolicy::Off)]);
    let refused = office.through_browser(&["sign-in"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("adminApprovalRequired")), "{refused:?}");
    let request = office.desk.run(&["admin-request"]).done();
    let link = request["link"].as_str().unwrap().to_owned();
    let text = request["text"].as_str().unwrap();
    assert!(text.contains(&link) && text.contains("openid, profile, email, offline_access"), "{text}");
    assert!(!text.contains("Who asks"), "nobody is signed in: {text}");
    let named = office.desk.run(&["admin-request", "--email", "ana@contoso.example"]).done();
    assert!(named["text"].as_str().unwrap().contains("Who asks: ana@contoso.example"), "{named}");
    assert_eq!(office.desk.run(&["admin-request", "--email", "ana"]).status, 2);
    let admin = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    // At its end the link leads to a page of this computer that nobody serves.
    let _ = Browser::of(&admin.username, &admin.password).visit(&link);
    for number in [0, 1] {
        let user = office.tenant().ready.users[number].clone();
        office.browser = Browser::of(&user.username, &user.password);
        office.through_browser(&["sign-in"]).done();
        let connected = office.through_browser(&["connect"]);
        assert_eq!(connected.status, 0, "{connected:?}");
        assert_eq!(states(&office), ["connected"; 3]);
    }
}

#[test]
fn an_administrator_frees_the_organization_from_the_app_too() {
    let mut office = office(vec![Scenario::Consent(ConsentPolicy::Off)]);
    let person = office.browser.clone();
    let admin = office.tenant().ready.users.iter().find(|user| user.role == "admin").unwrap().clone();
    office.browser = Browser::of(&admin.username, &admin.password);
    office.through_browser(&["sign-in"]).done();
    office.through_browser(&["connect", "--admin-consent"]);
    office.browser = person;
    office.through_browser(&["sign-in"]).done();
    let connected = office.through_browser(&["connect"]);
    assert_eq!(connected.status, 0, "{connected:?}");
    office.desk.run(&["sync"]).done();
}
