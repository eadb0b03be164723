//! Metadata, sign-in pages, sessions, answers to the app.

use serde_json::json;

use crate::browser::{
    Browser, REDIRECT, authorize_url, claims, code, control, get, person, redeem, sign_in, tenant,
};

#[tokio::test]
async fn metadata_of_common_has_the_issuer_template() {
    let running = tenant().await;
    let base = &running.ready.authority;
    for segment in ["common", "organizations"] {
        let (_, metadata, _) =
            get(&format!("{base}/{segment}/v2.0/.well-known/openid-configuration"), None).await;
        assert_eq!(metadata["issuer"], json!(format!("{base}/{{tenantid}}/v2.0")));
        assert_eq!(metadata["token_endpoint"], json!(format!("{base}/{segment}/oauth2/v2.0/token")));
    }
    let id = &running.ready.tenant_id;
    let (_, metadata, _) = get(&format!("{base}/{id}/v2.0/.well-known/openid-configuration"), None).await;
    assert_eq!(metadata["issuer"], json!(format!("{base}/{id}/v2.0")));
    let (status, error, _) =
        get(&format!("{base}/other.example/v2.0/.well-known/openid-configuration"), None).await;
    assert_eq!((status, &error["error_codes"]), (400, &json!([90002])));
}

#[tokio::test]
async fn instance_discovery_knows_its_own_host_only() {
    let running = tenant().await;
    let base = &running.ready.authority;
    let ask = |host: &str| {
        format!(
            "{base}/common/discovery/instance?api-version=1.1&authorization_endpoint={host}/common/oauth2/v2.0/authorize"
        )
    };
    let (_, known, _) = get(&ask(base), None).await;
    let expected = format!("{base}/common/v2.0/.well-known/openid-configuration");
    assert_eq!(known["tenant_discovery_endpoint"], json!(expected));
    let (status, unknown, _) = get(&ask("https://evil.example"), None).await;
    assert_eq!((status, &unknown["error"]), (400, &json!("invalid_instance")));
}

#[tokio::test]
async fn realm_of_the_domain_is_federated() {
    let running = tenant().await;
    let (username, _) = person(&running, "user");
    let url = |name: &str| format!("{}/common/userrealm/{name}?api-version=1.0", running.ready.authority);
    let (_, realm, _) = get(&url(&username), None).await;
    assert_eq!(realm["account_type"], "Federated");
    assert!(realm["federation_active_auth_url"].is_string());
    let (_, realm, _) = get(&url("someone@elsewhere.example"), None).await;
    assert_eq!(realm["account_type"], "Unknown");
    assert!(realm.get("federation_protocol").is_none());
    control(&running, "scenario", &json!({"name": "managedDomain"})).await;
    let (_, realm, _) = get(&url(&username), None).await;
    assert_eq!(realm["account_type"], "Managed");
}

#[tokio::test]
async fn a_foreign_redirect_uri_ends_on_a_page() {
    let running = tenant().await;
    for uri in ["http://127.0.0.1:49152", "http://localhost:49152/callback", "https://evil.example"] {
        let page = Browser::new().open(&authorize_url(&running, &[("redirect_uri", uri)])).await;
        page.shows("AADSTS50011");
    }
}

#[tokio::test]
async fn mistakes_of_the_request_are_told_to_the_app() {
    let running = tenant().await;
    let check = async |change: &[(&str, &str)], error: &str, number: &str| {
        let answer = Browser::new().open(&authorize_url(&running, change)).await.answer();
        assert_eq!(answer["error"], error, "{change:?}");
        assert!(answer["error_description"].starts_with(number), "{answer:?}");
        assert_eq!(answer["state"], "st&te");
    };
    check(&[("response_type", "token")], "unsupported_response_type", "AADSTS700051").await;
    check(&[("scope", "openid Calendar.Read")], "invalid_client", "AADSTS650053").await;
    check(&[("scope", "")], "invalid_request", "AADSTS900144").await;
    check(&[("code_challenge", "short")], "invalid_request", "AADSTS501491").await;
    check(&[("prompt", "none")], "login_required", "AADSTS50058").await;
}

#[tokio::test]
async fn a_domain_hint_opens_the_organizations_page() {
    let running = tenant().await;
    let user = person(&running, "user");
    let domain = user.0.split_once('@').unwrap().1.to_owned();
    let mut browser = Browser::new();
    let page = browser.open(&authorize_url(&running, &[("domain_hint", &domain)])).await;
    assert_eq!(page.url.path(), format!("/federation/{domain}/signin"));
    let wrong = browser.submit(&page, &[("username", &user.0), ("password", "wrong")]).await;
    wrong.shows("id=\"error\"");
    let consent = browser.submit(&wrong, &[("username", &user.0), ("password", &user.1)]).await;
    consent.shows("id=\"accept\"");
    let answer = browser.submit(&consent, &[("action", "accept")]).await;
    assert_eq!(answer.left_to.as_ref().unwrap().as_str().split('?').next(), Some("http://localhost:49152/"));
    assert_eq!(answer.answer()["state"], "st&te");
    assert!(answer.answer().contains_key("session_state"));
}

#[tokio::test]
async fn a_wrong_password_stays_on_the_page() {
    let running = tenant().await;
    let (username, password) = person(&running, "user");
    let mut browser = Browser::new();
    let page =
        sign_in(&mut browser, &authorize_url(&running, &[]), &(username.clone(), "wrong".into())).await;
    page.shows("Your account or password is incorrect");
    let page = browser.submit(&page, &[("username", &username), ("password", &password)]).await;
    page.shows("id=\"accept\"");
}

#[tokio::test]
async fn a_name_without_password_goes_to_the_organizations_page() {
    let running = tenant().await;
    let (username, _) = person(&running, "user");
    let page = sign_in(&mut Browser::new(), &authorize_url(&running, &[]), &(username, String::new())).await;
    assert!(page.url.path().starts_with("/federation/"), "{}", page.url);
}

#[tokio::test]
async fn a_session_spares_the_second_password() {
    let running = tenant().await;
    let mut browser = Browser::new();
    code(&running, &mut browser, &[]).await;
    let (username, _) = person(&running, "user");
    for change in [vec![], vec![("prompt", "none")], vec![("login_hint", username.as_str())]] {
        let again = browser.open(&authorize_url(&running, &change)).await;
        assert!(again.answer().contains_key("code"), "{change:?}");
    }
    browser.open(&authorize_url(&running, &[("prompt", "login")])).await.shows("id=\"password\"");
    browser.open(&authorize_url(&running, &[("prompt", "select_account")])).await.shows("id=\"account-0\"");
    browser.open(&authorize_url(&running, &[("prompt", "consent")])).await.shows("id=\"accept\"");
    browser.open(&format!("{}/common/oauth2/v2.0/logout", running.ready.authority)).await.shows("signed out");
    let silent = browser.open(&authorize_url(&running, &[("prompt", "none")])).await;
    assert_eq!(silent.answer()["error"], "login_required");
}

#[tokio::test]
async fn an_account_is_picked() {
    let running = tenant().await;
    let mut browser = Browser::new();
    code(&running, &mut browser, &[]).await;
    let page = browser.open(&authorize_url(&running, &[("prompt", "select_account")])).await;
    let other = browser.submit(&page, &[("account", "other")]).await;
    other.shows("id=\"username\"");
    let not_signed_in = browser.submit(&page, &[("account", "1")]).await;
    not_signed_in.shows("id=\"password\"");
    let own = browser.submit(&page, &[("account", "0")]).await;
    assert!(own.answer().contains_key("code"));
}

#[tokio::test]
async fn answers_come_as_form_and_as_fragment() {
    let running = tenant().await;
    let mut browser = Browser::new();
    code(&running, &mut browser, &[]).await;
    let posted = browser.open(&authorize_url(&running, &[("response_mode", "form_post")])).await;
    posted.shows(&format!("action=\"{REDIRECT}/\""));
    posted.shows("name=\"state\" value=\"st&amp;te\"");
    let fragment = browser.open(&authorize_url(&running, &[("response_mode", "fragment")])).await;
    let url = fragment.left_to.unwrap();
    assert!(url.query().is_none() && url.fragment().unwrap().contains("code="), "{url}");
}

#[tokio::test]
async fn blocked_people_end_on_a_page() {
    for (scenario, number) in [
        ("notAssigned", "AADSTS50105"),
        ("conditionalAccess", "AADSTS53003"),
        ("appDisabled", "AADSTS7000112"),
    ] {
        let running = tenant().await;
        control(&running, "scenario", &json!({"name": scenario, "on": true})).await;
        let mut browser = Browser::new();
        let page = browser.open(&authorize_url(&running, &[])).await;
        let page = if page.body.contains("<form") {
            let (username, password) = person(&running, "user");
            browser.submit(&page, &[("username", &username), ("password", &password)]).await
        } else {
            page
        };
        page.shows(number);
    }
}

#[tokio::test]
async fn the_id_token_says_who_it_is() {
    let running = tenant().await;
    let code = code(&running, &mut Browser::new(), &[]).await;
    let (_, tokens) = redeem(&running, &code).await;
    let claims = claims(&tokens["id_token"]);
    let world = running.shared.world();
    let user = &world.users[0];
    let expected = [
        ("aud", json!(running.ready.client_id)),
        ("iss", json!(format!("{}/{}/v2.0", running.ready.authority, world.tenant_id))),
        ("tid", json!(world.tenant_id)),
        ("oid", json!(user.object_id)),
        ("preferred_username", json!(user.username)),
        ("name", json!(user.display_name)),
        ("nonce", json!("n0nce")),
        ("ver", json!("2.0")),
    ];
    for (name, value) in expected {
        assert_eq!(claims[name], value, "{name}");
    }
    assert_ne!(claims["sub"], json!(user.object_id));
}
