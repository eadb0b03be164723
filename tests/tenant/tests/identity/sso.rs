//! The generic OpenID provider.

use std::collections::BTreeMap;

use convoke_tenant::Running;
use convoke_tenant::sso::CLIENT_ID;
use serde_json::{Value, json};
use url::Url;

use crate::browser::{Browser, CHALLENGE, REDIRECT, VERIFIER, claims, control, get, person, sign_in, tenant};

fn authorize(running: &Running, change: &[(&str, &str)]) -> String {
    let mut parameters = BTreeMap::from([
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid profile email"),
        ("state", "s"),
        ("nonce", "n"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    parameters.extend(change.iter().copied());
    Url::parse_with_params(&format!("{}/authorize", running.ready.sso.issuer), parameters)
        .unwrap()
        .to_string()
}

async fn redeem(running: &Running, code: &str, verifier: &str) -> (u16, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let response =
        http.post(format!("{}/token", running.ready.sso.issuer)).form(&fields).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_person_signs_in() {
    let running = tenant().await;
    let issuer = &running.ready.sso.issuer;
    let (_, metadata, _) = get(&format!("{issuer}/.well-known/openid-configuration"), None).await;
    assert_eq!(metadata["issuer"], json!(issuer));
    let user = person(&running, "user");
    let mut browser = Browser::new();
    let answer = sign_in(&mut browser, &authorize(&running, &[]), &user).await.answer();
    assert_eq!((answer["state"].as_str(), &answer["iss"]), ("s", issuer));
    let (status, tokens) = redeem(&running, &answer["code"], VERIFIER).await;
    assert_eq!(status, 200, "{tokens}");
    let claims = claims(&tokens["id_token"]);
    assert_eq!(claims["email"], json!(user.0));
    assert_eq!(
        (&claims["iss"], &claims["aud"], &claims["nonce"]),
        (&json!(issuer), &json!(CLIENT_ID), &json!("n"))
    );
    let (_, info, _) = get(&format!("{issuer}/userinfo"), tokens["access_token"].as_str()).await;
    assert_eq!(info["sub"], claims["sub"]);
    assert_eq!(redeem(&running, &answer["code"], VERIFIER).await.0, 400, "a code works once");
    let again = browser.open(&authorize(&running, &[])).await.answer();
    assert_eq!(redeem(&running, &again["code"], "other").await.1["error"], "invalid_grant");
    browser.open(&authorize(&running, &[("prompt", "login")])).await.shows("id=\"password\"");
}

#[tokio::test]
async fn the_provider_refuses_what_is_wrong() {
    let running = tenant().await;
    let mut browser = Browser::new();
    browser.open(&authorize(&running, &[("client_id", "other")])).await.shows("Unknown client");
    browser
        .open(&authorize(&running, &[("redirect_uri", "https://evil.example/")]))
        .await
        .shows("Invalid redirect");
    let plain = browser.open(&authorize(&running, &[("code_challenge_method", "plain")])).await.answer();
    assert_eq!(plain["error"], "invalid_request");
    let silent = browser.open(&authorize(&running, &[("prompt", "none")])).await.answer();
    assert_eq!(silent["error"], "login_required");
    let user = person(&running, "user");
    let page = sign_in(&mut browser, &authorize(&running, &[]), &(user.0, "wrong".into())).await;
    page.shows("id=\"error\"");
}

#[tokio::test]
async fn its_tokens_are_tampered_with_on_their_own() {
    let running = tenant().await;
    control(&running, "tamper", &json!({"tamper": "wrongIss", "provider": "sso"})).await;
    let answer =
        sign_in(&mut Browser::new(), &authorize(&running, &[]), &person(&running, "user")).await.answer();
    let (_, tokens) = redeem(&running, &answer["code"], VERIFIER).await;
    assert_ne!(claims(&tokens["id_token"])["iss"], json!(running.ready.sso.issuer));
    let entra = crate::browser::tokens(&running).await;
    let expected = format!("{}/{}/v2.0", running.ready.authority, running.ready.tenant_id);
    assert_eq!(claims(&entra["id_token"])["iss"], json!(expected));
}
