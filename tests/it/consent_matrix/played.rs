//! A case, played through the real program.

use super::case::{Case, PROMPTS, SERVICES};
use super::{Row, Told};
use convoke_desk::{Browser, Office};
use serde_json::{Value, json};

/// Seconds that the program waits where nothing comes back from a page.
const PATIENCE: u32 = 5;

pub fn play(case: &Case, office: &mut Office, person: &Browser) -> Row {
    let person = if case.outcome == "administrator" { administrator(office) } else { person.clone() };
    office.control("grants", &json!({"action": "withdraw"}));
    office.browser = person.clone();
    let first = sign_ins(case, office);
    arrange(case, office);
    let arguments: &[&str] =
        if case.outcome == "administrator" { &["connect", "--admin-consent"] } else { &["connect"] };
    let silent = case.outcome == "closes" || case.is_dead_end();
    let answer = office.through_dead_end(arguments, if silent { PATIENCE } else { 60 }).json;
    let word = |key: &str| answer[key].as_str().unwrap_or("?").to_owned();
    let end = if answer["event"] == "failed" { word("code") } else { word("event") };
    let page = office
        .titles
        .last()
        .and_then(|title| title.strip_suffix(" – Convoke"))
        .unwrap_or_default()
        .to_owned();
    let status = office.desk.run(&["status"]).done();
    let states =
        SERVICES.map(|service| status["services"][service]["state"].as_str().unwrap_or("?").to_owned());
    office.control("consent", &json!({"policy": "open"}));
    if case.is_dead_end() {
        office.control("scenario", &json!({"name": case.outcome, "on": false}));
    }
    office.browser = person;
    let next = sign_ins(case, office);
    office.desk.run(&["sign-out", "--purge"]).done();
    [0, 1, 2].map(|mode| Told {
        first: first[mode],
        end: end.clone(),
        page: page.clone(),
        states: states.clone(),
        next: next[mode],
    })
}

/// Signs in under each prompt mode: whether it asks.
fn sign_ins(case: &Case, office: &mut Office) -> [bool; 3] {
    PROMPTS.map(|prompt| {
        write_policy(case, prompt, office);
        office.through_browser(&["sign-in"]).done()["prompt"] == true
    })
}

/// Brings tenant and person to what the case says.
fn arrange(case: &Case, office: &mut Office) {
    match case.consent {
        "granted" => {
            let scope = "Calendars.Read Calendars.ReadWrite Contacts.Read User.Read User.ReadBasic.All openid \
                         profile offline_access";
            office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
        }
        policy => {
            office.control("consent", &json!({"policy": policy}));
        }
    }
    match case.outcome {
        "cancels" => office.browser = office.browser.clone().refusing(),
        "closes" => office.browser = office.browser.clone().leaving(),
        "wavers" => office.browser = office.browser.clone().wavering(),
        dead_end if case.is_dead_end() => {
            office.control("scenario", &json!({"name": dead_end, "on": true}));
        }
        _ => {}
    }
}

fn administrator(office: &Office) -> Browser {
    let users = &office.tenant().ready.users;
    let admin = users.iter().find(|user| user.role == "admin").expect("an administrator");
    Browser::of(&admin.username, &admin.password)
}

fn write_policy(case: &Case, prompt: &str, office: &Office) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    let integration = &mut policy["enforced"]["integration"];
    integration["prompt"] = json!(prompt);
    integration["userConsent"] = json!(case.user_consent);
    let [calendar, contacts, directory] = case.permissions;
    integration["permissions"] = json!({"calendar": calendar, "contacts": contacts, "directory": directory});
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}
