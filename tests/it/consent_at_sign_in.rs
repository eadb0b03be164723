//! Where users may consent to nothing, Microsoft keeps the sign-in itself from them until somebody consented once.

use convoke_desk::Office;
use convoke_tenant::Options;
use serde_json::{Value, json};

/// Seconds that the program waits where nothing comes back from a page.
const PATIENCE: u32 = 3;

fn office(user_consent: bool) -> Office {
    let office = Office::of(Options { events: 6, contacts: 4, directory: 4, ..Options::default() });
    office.control("consent", &json!({"policy": "off"}));
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    policy["enforced"]["integration"]["userConsent"] = json!(user_consent);
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
    office
}

/// The code with which a sign-in ends, and the page that the browser shows then.
fn sign_in(office: &mut Office) -> (String, String) {
    let answer = office.through_dead_end(&["sign-in"], PATIENCE).json;
    let code = answer["code"].as_str().unwrap_or("none").to_owned();
    (code, office.titles.last().cloned().unwrap_or_default())
}

#[test]
fn who_comes_back_from_the_page_hears_that_an_administrator_must_approve() {
    for user_consent in [true, false] {
        let mut office = office(user_consent);
        let (code, page) = sign_in(&mut office);
        assert_eq!(code, "adminApprovalRequired", "userConsent {user_consent}");
        assert_eq!(page, "An administrator has to approve – Convoke");
    }
}

#[test]
fn who_closes_the_page_hears_so_too_where_the_policy_knows_it() {
    for (user_consent, expected) in [(true, "signInTimedOut"), (false, "adminApprovalRequired")] {
        let mut office = office(user_consent);
        office.browser = office.browser.clone().leaving();
        let (code, page) = sign_in(&mut office);
        assert_eq!((code.as_str(), page.as_str()), (expected, "Need admin approval"));
    }
}

#[test]
fn once_an_administrator_followed_the_link_of_the_request_nobody_meets_a_page_about_permissions() {
    let mut office = office(false);
    let request = office.desk.run(&["admin-request"]).done();
    let link = url::Url::parse(request["link"].as_str().unwrap()).unwrap();
    let scope = link.query_pairs().find(|(key, _)| key == "scope").unwrap().1.into_owned();
    office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
    assert_eq!(office.through_browser(&["sign-in"]).done()["event"], "signedIn");
    assert_eq!(
        office.titles,
        ["Contoso sign-in", "You are signed in – Convoke"],
        "no page about permissions"
    );
    assert_eq!(office.through_browser(&["connect"]).done()["event"], "connected");
    assert_eq!(office.titles, ["Microsoft 365 is connected – Convoke"]);
}
