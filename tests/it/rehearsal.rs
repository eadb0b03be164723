//! `convokectl policy rehearse`: what people would see under a policy, before it is rolled out.

use convoke_desk::program::{convoke_tenant, convokectl};
use convoke_desk::{Answer, Desk};
use serde_json::{Value, json};
use std::process::Command;

/// A policy of some organization, with a section changed.
fn policy(integration: Value) -> Value {
    json!({
        "organization": {"name": "Contoso"},
        "enforced": {
            "sso": {"domain": "contoso.com"},
            "microsoft365": {"tenant": "contoso.com", "clientId": "11111111-2222-3333-4444-555555555555"},
            "accounts": {"allowedDomains": ["contoso.com"]},
            "integration": integration,
        },
    })
}

fn rehearse(text: &str, arguments: &[&str]) -> Answer {
    convoke_tenant();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    std::fs::write(&file, text).unwrap();
    let desk = Desk::without_keyring(&file);
    let mut all = vec!["policy", "rehearse", file.to_str().unwrap()];
    all.extend_from_slice(arguments);
    Answer::of(desk.command(&all))
}

/// The people of a rehearsal that went well.
#[track_caller]
fn people(integration: Value) -> Value {
    rehearse(&policy(integration).to_string(), &["--json"]).done()["people"].clone()
}

fn person<'a>(people: &'a Value, id: &str) -> &'a Value {
    people.as_array().unwrap().iter().find(|person| person["id"] == id).unwrap()
}

fn states(person: &Value) -> Value {
    let state = |service: &str| person["services"][service]["state"].clone();
    json!([state("calendar"), state("contacts"), state("directory")])
}

fn asks(person: &Value) -> Value {
    json!([person["firstSignIn"]["asks"], person["nextSignIn"]["asks"]])
}

#[test]
fn everybody_meets_what_the_policy_and_the_tenant_make_of_it() {
    let people = people(json!({}));
    let all = json!(["connected", "connected", "connected"]);
    assert_eq!(states(person(&people, "newUser")), all, "{people:#}");
    assert_eq!(asks(person(&people, "newUser")), json!([true, false]));
    assert!(!person(&people, "newUser")["pages"].as_array().unwrap().is_empty());
    let managed = person(&people, "newUserManaged");
    assert_eq!(states(managed), json!(["waitingForAdmin", "connected", "connected"]));
    assert!(managed["services"]["calendar"]["step"].as_str().unwrap().contains("administrator"));
    assert_eq!(states(person(&people, "refuser")), json!(["declined", "declined", "declined"]));
    let kept_out = person(&people, "noUserConsent");
    assert_eq!(kept_out["firstSignIn"]["failure"]["code"], "adminApprovalRequired");
    let pages =
        json!(["Contoso sign-in", "Need admin approval", "An administrator has to approve – Convoke"]);
    assert_eq!((&kept_out["pages"], &kept_out["services"]), (&pages, &Value::Null));
    let let_in = person(&people, "signInApproved");
    assert_eq!(states(let_in), json!(["waitingForAdmin", "waitingForAdmin", "waitingForAdmin"]));
    assert_eq!(let_in["pages"][0], "Contoso sign-in");
    assert_eq!(let_in["pages"][1], "You are signed in – Convoke");
    assert_eq!(states(person(&people, "administrator")), all, "{people:#}");
    let hybrid = person(&people, "hybrid");
    assert_eq!(states(hybrid), all, "{people:#}");
    let found = json!({"asks": ["trust"], "found": "autodiscover", "method": "oauth", "inUse": true, "failure": null});
    assert_eq!(hybrid["exchange"], found);
    assert!(people.as_array().unwrap().iter().all(|one| one["id"] == "hybrid" || one["exchange"].is_null()));
    for person in people.as_array().unwrap().iter().filter(|person| person["id"] != "noUserConsent") {
        assert_eq!(asks(person), json!([true, false]), "{person:#}");
    }
}

#[test]
fn a_policy_that_never_asks_connects_only_the_administrator() {
    let people = people(json!({"prompt": "never"}));
    let none = json!(["notConnected", "notConnected", "notConnected"]);
    assert_eq!(asks(person(&people, "newUser")), json!([false, false]));
    assert_eq!(states(person(&people, "newUser")), none, "{people:#}");
    assert_eq!(states(person(&people, "administrator"))[0], "connected");
}

#[test]
fn who_may_not_consent_meets_no_page_about_permissions() {
    let people = people(json!({"userConsent": false}));
    let user = person(&people, "newUser");
    let waits = json!(["waitingForAdmin", "waitingForAdmin", "waitingForAdmin"]);
    assert_eq!(states(user), waits, "{people:#}");
    assert_eq!(user["connectFailure"]["code"], "adminApprovalRequired");
    assert_eq!(states(person(&people, "administrator"))[0], "connected", "{people:#}");
}

#[test]
fn a_permission_that_is_left_out_is_off_for_everybody() {
    let people = people(json!({"permissions": {"calendar": "none"}}));
    let (hybrid, others): (Vec<&Value>, Vec<&Value>) =
        people.as_array().unwrap().iter().partition(|person| person["id"] == "hybrid");
    for person in others.into_iter().filter(|person| person["id"] != "noUserConsent") {
        assert_eq!(states(person)[0], "offByPolicy", "{person:#}");
    }
    // EWS has no smaller permission than the whole mailbox.
    assert_eq!(hybrid[0]["exchange"]["inUse"], true, "{hybrid:#?}");
}

/// A server's address, which must never be asked.
const SERVER: &str = "https://mail.contoso.invalid/EWS/Exchange.asmx";

#[test]
fn a_hybrid_user_enters_a_password_where_the_policy_says_so() {
    let people = people(json!({"ews": {"url": SERVER, "auth": ["ntlm"]}}));
    let hybrid = person(&people, "hybrid");
    let found =
        json!({"asks": ["password"], "found": "policy", "method": "ntlm", "inUse": true, "failure": null});
    assert_eq!(hybrid["exchange"], found, "{hybrid:#}");
    assert_eq!(states(hybrid), json!(["connected", "connected", "connected"]));
    assert_eq!(person(&people, "newUser")["exchange"], Value::Null);
}

#[test]
fn a_policy_for_graph_alone_leads_nobody_to_the_server() {
    let people = people(json!({"authorizeWith": "oauth", "ews": {"url": SERVER}}));
    let hybrid = person(&people, "hybrid");
    assert_eq!(
        (&hybrid["exchange"], &states(hybrid)[0]),
        (&Value::Null, &json!("unavailable")),
        "{hybrid:#}"
    );
}

#[test]
fn a_policy_for_the_server_alone_is_told_in_sentences() {
    let policy = policy(json!({"authorizeWith": "ews", "ews": {"url": SERVER, "auth": ["basic"]}}));
    let told = rehearse(&policy.to_string(), &[]);
    assert_eq!(told.status, 0, "{told:?}");
    let part = |from: &str| {
        let part = told.stdout.split("\n\n").find(|part| part.starts_with(from));
        part.unwrap_or_else(|| panic!("{told:?}")).to_owned()
    };
    assert!(part("Note: integration.ews.url").contains("asks a simulated one"), "{told:?}");
    let asks = "At the organization's Exchange server they are asked for user name and password.";
    let granting = part("A new user who grants");
    assert!(granting.contains(&format!("{asks} Meetings and contacts come from it.")), "{granting}");
    assert!(granting.contains("Calendar   connected"), "{granting}");
    let refusing = part("A user who refuses");
    assert!(refusing.contains(&format!("{asks} It is not connected.")), "{refusing}");
    assert!(
        refusing.contains("Connecting ends with: Your mailbox is on your organization's own Exchange"),
        "{refusing}"
    );
    assert!(!refusing.contains("Calendar   connected"), "{refusing}");
}

#[test]
fn sso_through_an_own_provider_is_kept_warnings_are_printed_and_people_are_told_in_sentences() {
    let mut policy = policy(json!({"prompt": "everySignIn", "promt": "never"}));
    policy["enforced"]["sso"] = json!({"issuer": "https://sso.contoso.com", "clientId": "convoke"});
    let told = rehearse(&policy.to_string(), &[]);
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.stderr.contains("promt"), "{told:?}");
    assert!(told.stdout.contains("accounts.*"), "{told:?}");
    assert!(told.stdout.contains("one inside your own domain is no question"), "{told:?}");
    assert!(told.stdout.contains("A user who refuses (consent: open)"), "{told:?}");
    assert!(told.stdout.contains("The next sign-in asks to integrate Microsoft 365."), "{told:?}");
}

#[test]
fn a_policy_that_blocks_sign_in_ends_with_three() {
    let broken = rehearse(r#"{"enforced": {"accounts": {"allowedDomains": "contoso.com"}}}"#, &["--json"]);
    assert_eq!(broken.status, 3, "{broken:?}");
    assert_eq!(broken.json["problems"][0]["blocksSignIn"], true, "{broken:?}");
}

#[test]
fn without_the_tenants_program_the_package_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (alone, file) = (folder.path().join("convokectl"), folder.path().join("policy.json"));
    std::fs::copy(convokectl(), &alone).unwrap();
    std::fs::write(&file, policy(json!({})).to_string()).unwrap();
    let mut command = Command::new(&alone);
    command.env_clear().env("HOME", folder.path()).args(["--json", "policy", "rehearse"]).arg(&file);
    let missing = Answer::of(command);
    assert_eq!((missing.status, &missing.json["code"]), (1, &json!("notFound")), "{missing:?}");
    assert!(missing.stderr.contains("package \"convoke-tenant\""), "{missing:?}");
}
