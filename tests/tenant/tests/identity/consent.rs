//! Who may let the app do what.

use convoke_tenant::entra::app::CLIENT_ID;
use serde_json::json;
use url::Url;

use crate::browser::{Browser, REDIRECT, authorize_url, control, get, person, sign_in, tenant};

#[tokio::test]
async fn cancelling_is_told_to_the_app() {
    let running = tenant().await;
    let mut browser = Browser::new();
    let page = sign_in(&mut browser, &authorize_url(&running, &[]), &person(&running, "user")).await;
    page.shows("data-scope=\"Calendars.Read\"");
    assert!(!page.body.contains("id=\"organization\""), "a user is not offered to consent for all");
    let answer = browser.submit(&page, &[("action", "cancel")]).await.answer();
    assert_eq!(answer["error"], "access_denied");
    assert_eq!(answer["error_subcode"], "cancel");
    assert!(answer["error_description"].starts_with("AADSTS65004"), "{answer:?}");
}

#[tokio::test]
async fn only_what_is_missing_is_asked() {
    let running = tenant().await;
    let mut browser = Browser::new();
    let first = authorize_url(&running, &[("scope", "openid profile")]);
    let page = sign_in(&mut browser, &first, &person(&running, "user")).await;
    browser.submit(&page, &[("action", "accept")]).await.answer();
    let page = browser.open(&authorize_url(&running, &[])).await;
    page.shows("data-scope=\"Calendars.Read\"");
    assert!(!page.body.contains("data-scope=\"profile\""));
}

#[tokio::test]
async fn the_managed_policy_keeps_calendars_from_users() {
    let running = tenant().await;
    control(&running, "consent", &json!({"policy": "microsoftManaged"})).await;
    let mut browser = Browser::new();
    let page = sign_in(&mut browser, &authorize_url(&running, &[]), &person(&running, "user")).await;
    page.shows("AADSTS90094");
    let link = page.body.split("id=\"return\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let back = browser.open(page.url.join(link).unwrap().as_str()).await.answer();
    assert_eq!((back["error"].as_str(), back["state"].as_str()), ("access_denied", "st&te"));
    let allowed = authorize_url(&running, &[("scope", "openid profile User.Read Contacts.Read")]);
    browser.open(&allowed).await.shows("id=\"accept\"");
}

#[tokio::test]
async fn a_forged_acceptance_grants_nothing() {
    let running = tenant().await;
    control(&running, "consent", &json!({"policy": "off"})).await;
    let mut browser = Browser::new();
    let page = sign_in(&mut browser, &authorize_url(&running, &[]), &person(&running, "user")).await;
    page.shows("Need admin approval");
    let flow = page.body.split("return?flow=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let forged = format!(
        "<form action=\"/{}/consent\"><input name=\"flow\" value=\"{flow}\"></form>",
        running.ready.tenant_id
    );
    let forged = crate::browser::Page { body: forged, ..page };
    let refused = browser.submit(&forged, &[("action", "accept"), ("organization", "on")]).await;
    refused.shows("AADSTS90094");
}

#[tokio::test]
async fn an_administrator_consents_for_all() {
    let running = tenant().await;
    control(&running, "consent", &json!({"policy": "off"})).await;
    let mut admin = Browser::new();
    let page = sign_in(&mut admin, &authorize_url(&running, &[]), &person(&running, "admin")).await;
    page.shows("id=\"organization\"");
    admin.submit(&page, &[("action", "accept"), ("organization", "on")]).await.answer();
    let user = sign_in(&mut Browser::new(), &authorize_url(&running, &[]), &person(&running, "user")).await;
    assert!(user.answer().contains_key("code"), "no consent page any more");
}

#[tokio::test]
async fn a_request_for_approval_waits_for_an_administrator() {
    let running = tenant().await;
    control(&running, "consent", &json!({"policy": "workflow"})).await;
    let mut browser = Browser::new();
    let page = sign_in(&mut browser, &authorize_url(&running, &[]), &person(&running, "user")).await;
    page.shows("AADSTS90095");
    let sent = browser.submit(&page, &[("justification", "I need my calendar")]).await;
    sent.shows("Request sent");
    let (_, state, _) = get(&format!("{}/state", running.ready.control), None).await;
    assert_eq!(state["identity"]["approvalRequests"][0]["justification"], "I need my calendar");
    control(&running, "grants", &json!({"action": "approveRequests"})).await;
    assert!(browser.open(&authorize_url(&running, &[])).await.answer().contains_key("code"));
}

fn admin_consent_url(base: &str, tenant: &str) -> String {
    let parameters = [
        ("client_id", CLIENT_ID),
        ("scope", "https://graph.microsoft.com/.default"),
        ("redirect_uri", REDIRECT),
        ("state", "s"),
    ];
    Url::parse_with_params(&format!("{base}/{tenant}/v2.0/adminconsent"), parameters).unwrap().to_string()
}

#[tokio::test]
async fn the_admin_consent_endpoint_answers_oddly() {
    let running = tenant().await;
    let base = &running.ready.authority;
    let url = admin_consent_url(base, "organizations");
    let mut admin = Browser::new();
    let page = sign_in(&mut admin, &url, &person(&running, "admin")).await;
    page.shows("Permissions requested: review for your organization");
    let refused = admin.submit(&page, &[("action", "cancel")]).await;
    let answer = refused.answer();
    assert_eq!((answer["error"].as_str(), answer["admin_consent"].as_str()), ("access_denied", "True"));
    assert!(!answer.contains_key("tenant"));
    assert_eq!(refused.left_to.unwrap().fragment(), Some(""));
    let page = admin.open(&url).await;
    let answer = admin.submit(&page, &[("action", "accept")]).await.answer();
    assert_eq!(answer["admin_consent"], "True");
    assert_eq!(answer["tenant"], running.ready.tenant_id);
    Browser::new().open(&admin_consent_url(base, "common")).await.shows("AADSTS900023");
    let user = sign_in(&mut Browser::new(), &url, &person(&running, "user")).await;
    user.shows("not an administrator");
}
