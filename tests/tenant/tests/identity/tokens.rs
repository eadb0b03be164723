//! The token endpoint and the tokens at Graph.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use convoke_tenant::entra::tokens::authenticate;
use convoke_tenant::{Running, Shared};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::browser::{
    Browser, REDIRECT, VERIFIER, authorize_url, code, control, redeem, refresh, tenant, token, tokens,
};

fn call(shared: &Shared, token: &Value, required: &[&str]) -> Result<usize, (u16, &'static str, String)> {
    let mut headers = HeaderMap::new();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    headers.insert("authorization", HeaderValue::from_str(&bearer).unwrap());
    authenticate(shared, &headers, required).map(|caller| caller.user).map_err(|refused| {
        (refused.status.as_u16(), refused.code, refused.www_authenticate.unwrap_or_default())
    })
}

#[track_caller]
fn refused(answer: &(u16, Value), error: &str, number: u32) {
    assert_eq!(answer.1["error"], error, "{}", answer.1);
    assert_eq!(answer.1["error_codes"], json!([number]), "{}", answer.1);
    let description = answer.1["error_description"].as_str().unwrap();
    assert!(
        description.starts_with(&format!("AADSTS{number}: ")) && description.contains("Trace ID: "),
        "{description}"
    );
    assert_eq!(answer.0, if error == "invalid_client" { 401 } else { 400 });
}

#[tokio::test]
async fn a_code_works_once_and_for_ten_minutes() {
    let running = tenant().await;
    let mut browser = Browser::new();
    let first = code(&running, &mut browser, &[]).await;
    assert_eq!(redeem(&running, &first).await.0, 200);
    refused(&redeem(&running, &first).await, "invalid_grant", 54005);
    let late = browser.open(&authorize_url(&running, &[])).await.answer()["code"].clone();
    running.advance(TimeDelta::minutes(11));
    refused(&redeem(&running, &late).await, "invalid_grant", 70008);
    refused(&redeem(&running, "1.invented").await, "invalid_grant", 70000);
}

async fn with_verifier(running: &Running, change: &[(&str, &str)], verifier: &str) -> (u16, Value) {
    let code = code(running, &mut Browser::new(), change).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    token(running, &fields[..if verifier.is_empty() { 3 } else { 4 }]).await
}

#[tokio::test]
async fn b05_the_verifier_must_fit_and_no_method_means_plain() {
    let running = tenant().await;
    refused(&with_verifier(&running, &[], "wrong-verifier").await, "invalid_grant", 501481);
    refused(&with_verifier(&running, &[], "").await, "invalid_grant", 50148);
    let forgotten = [("code_challenge_method", "")];
    refused(&with_verifier(&running, &forgotten, VERIFIER).await, "invalid_grant", 501481);
    let plain = [("code_challenge_method", ""), ("code_challenge", VERIFIER)];
    assert_eq!(with_verifier(&running, &plain, VERIFIER).await.0, 200);
}

#[tokio::test]
async fn the_redirect_uri_must_be_the_same() {
    let running = tenant().await;
    let code = code(&running, &mut Browser::new(), &[]).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "http://localhost:49152/"),
        ("code_verifier", VERIFIER),
    ];
    refused(&token(&running, &fields).await, "invalid_grant", 500112);
}

#[tokio::test]
async fn requests_that_no_native_app_sends_are_refused() {
    let running = tenant().await;
    let url = format!("{}/common/oauth2/v2.0/token", running.ready.authority);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let from_page =
        http.post(&url).header("origin", "http://localhost").form(&[("a", "b")]).send().await.unwrap();
    refused(&(from_page.status().as_u16(), from_page.json().await.unwrap()), "invalid_request", 90023);
    let by_get = http.get(&url).send().await.unwrap();
    refused(&(by_get.status().as_u16(), by_get.json().await.unwrap()), "invalid_request", 900561);
    let secret = [("grant_type", "refresh_token"), ("client_secret", "x")];
    refused(&token(&running, &secret).await, "invalid_client", 700025);
    refused(&token(&running, &[("grant_type", "password")]).await, "unsupported_grant_type", 70003);
    refused(&token(&running, &[]).await, "invalid_request", 900144);
}

#[tokio::test]
async fn an_old_refresh_token_keeps_working_and_each_use_gives_another() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let (_, second) = refresh(&running, &first["refresh_token"], &[]).await;
    let (_, third) = refresh(&running, &first["refresh_token"], &[]).await;
    let all = [&first, &second, &third].map(|answer| answer["refresh_token"].as_str().unwrap());
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    for answer in [&first, &second, &third] {
        assert_eq!(call(&running.shared, &answer["access_token"], &["Calendars.Read"]), Ok(0));
    }
    running.advance(TimeDelta::days(91));
    let late = refresh(&running, &third["refresh_token"], &[]).await;
    refused(&late, "invalid_grant", 700082);
    assert_eq!(late.1["suberror"], "bad_token");
}

#[tokio::test]
async fn expiry_is_a_number_and_a_string_and_scopes_have_two_spellings() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let (_, second) = refresh(&running, &first["refresh_token"], &[]).await;
    assert!(first["expires_in"].is_i64() && second["expires_in"].is_string(), "{first} {second}");
    assert_eq!(first["scope"], "Calendars.Read User.Read profile openid");
    assert_eq!(
        second["scope"],
        "https://graph.microsoft.com/Calendars.Read https://graph.microsoft.com/User.Read profile openid"
    );
}

#[tokio::test]
async fn another_resource_comes_from_the_same_refresh_token() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let exchange = [("scope", "https://outlook.office365.com/EWS.AccessAsUser.All")];
    let without = refresh(&running, &first["refresh_token"], &exchange).await;
    refused(&without, "invalid_grant", 65001);
    assert_eq!(without.1["suberror"], "consent_required");
    control(&running, "grants", &json!({"action": "grant", "scope": "EWS.AccessAsUser.All"})).await;
    let (_, tokens) = refresh(&running, &first["refresh_token"], &exchange).await;
    let (status, code, _) = call(&running.shared, &tokens["access_token"], &[]).unwrap_err();
    assert_eq!((status, code), (401, "InvalidAuthenticationToken"), "a token for Exchange is not for Graph");
    let both = [("scope", "Calendars.Read EWS.AccessAsUser.All")];
    refused(&refresh(&running, &first["refresh_token"], &both).await, "invalid_scope", 700022);
    let unknown = [("scope", "Calendars.Everything")];
    refused(&refresh(&running, &first["refresh_token"], &unknown).await, "invalid_scope", 70011);
}

#[tokio::test]
async fn graph_checks_the_token() {
    let running = tenant().await;
    let tokens = tokens(&running).await;
    let access = &tokens["access_token"];
    assert_eq!(call(&running.shared, access, &["Calendars.Read"]), Ok(0));
    let (status, code, _) = call(&running.shared, access, &["Contacts.Read"]).unwrap_err();
    assert_eq!((status, code), (403, "ErrorAccessDenied"));
    let (status, code, _) = call(&running.shared, access, &["User.ReadBasic.All"]).unwrap_err();
    assert_eq!((status, code), (403, "Authorization_RequestDenied"));
    assert_eq!(call(&running.shared, &json!("invented"), &[]).unwrap_err().0, 401);
    running.advance(TimeDelta::minutes(91));
    assert_eq!(call(&running.shared, access, &["Calendars.Read"]).unwrap_err().0, 401);
}

const CAPABLE: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

#[tokio::test]
async fn f53_a_claims_challenge_is_answered_with_its_claims() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let (_, capable) = refresh(&running, &first["refresh_token"], &[("claims", CAPABLE)]).await;
    assert!(capable.get("refresh_in").is_some());
    control(&running, "tokens/challenge", &json!({})).await;
    let (status, _, header) = call(&running.shared, &capable["access_token"], &[]).unwrap_err();
    assert_eq!(status, 401);
    let encoded = header.split("claims=\"").nth(1).unwrap().split('"').next().unwrap();
    let asked: Value = serde_json::from_slice(&STANDARD.decode(encoded).unwrap()).unwrap();
    let (_, without) = refresh(&running, &first["refresh_token"], &[("claims", CAPABLE)]).await;
    assert!(call(&running.shared, &without["access_token"], &[]).is_err(), "the claims were not sent");
    let mut claims: Value = serde_json::from_str(CAPABLE).unwrap();
    claims["access_token"]["nbf"] = asked["access_token"]["nbf"].clone();
    let (_, with) = refresh(&running, &first["refresh_token"], &[("claims", &claims.to_string())]).await;
    assert_eq!(call(&running.shared, &with["access_token"], &[]), Ok(0));
    let (_, _, plain) = call(&running.shared, &first["access_token"], &[]).unwrap_err();
    assert!(!plain.contains("claims="), "a client without the capability gets no claims");
}

#[tokio::test]
async fn f56_after_revocation_only_a_sign_in_helps() {
    let running = tenant().await;
    let first = tokens(&running).await;
    control(&running, "tokens/revoke", &json!({})).await;
    refused(&refresh(&running, &first["refresh_token"], &[]).await, "invalid_grant", 50173);
    assert!(call(&running.shared, &first["access_token"], &[]).is_err());
    let again = tokens(&running).await;
    assert_eq!(call(&running.shared, &again["access_token"], &["Calendars.Read"]), Ok(0));
}

#[tokio::test]
async fn conditions_on_refresh_name_their_claims() {
    let running = tenant().await;
    let first = tokens(&running).await;
    for (scenario, number, suberror) in
        [("mfaOnRefresh", 50076, "basic_action"), ("conditionalAccess", 53003, "message_only")]
    {
        control(&running, "scenario", &json!({"name": scenario})).await;
        let answer = refresh(&running, &first["refresh_token"], &[]).await;
        refused(&answer, "invalid_grant", number);
        assert_eq!(answer.1["suberror"], suberror);
        let claims: Value = serde_json::from_str(answer.1["claims"].as_str().unwrap()).unwrap();
        assert!(claims["access_token"]["capolids"]["values"].is_array());
        control(&running, "scenario", &json!({"name": scenario, "on": false})).await;
    }
}

#[tokio::test]
async fn f57_a_refresh_storm_is_stopped() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let mut last = (200, Value::Null);
    for _ in 0..200 {
        last = refresh(&running, &first["refresh_token"], &[]).await;
        if last.0 != 200 {
            break;
        }
    }
    refused(&last, "invalid_grant", 50196);
    running.advance(TimeDelta::minutes(2));
    assert_eq!(refresh(&running, &first["refresh_token"], &[]).await.0, 200);
}

#[tokio::test]
async fn answers_are_tampered_with_as_often_as_asked() {
    let running = tenant().await;
    let first = tokens(&running).await;
    let check = async |tamper: &str, wrong: &dyn Fn(&Value) -> bool| {
        control(&running, "tamper", &json!({"tamper": tamper, "times": 1})).await;
        let (_, answer) = refresh(&running, &first["refresh_token"], &[]).await;
        assert!(wrong(&answer), "{tamper}: {answer}");
    };
    let claims = |answer: &Value| crate::browser::claims(&answer["id_token"]);
    check("wrongAud", &|answer| claims(answer)["aud"] != json!(running.ready.client_id)).await;
    check("otherTenant", &|answer| claims(answer)["tid"] != json!(running.ready.tenant_id)).await;
    check("otherUser", &|answer| claims(answer)["oid"] != json!(running.shared.world().users[0].object_id))
        .await;
    check("algNone", &|answer| answer["id_token"].as_str().unwrap().ends_with('.')).await;
    check("noRefreshToken", &|answer| answer.get("refresh_token").is_none()).await;
    check("expiryNull", &|answer| answer["expires_in"].is_null()).await;
    check("fewerScopes", &|answer| !answer["scope"].as_str().unwrap().contains("Calendars")).await;
    check("html", &|answer| answer.is_null()).await;
    let (_, right) = refresh(&running, &first["refresh_token"], &[]).await;
    assert_eq!(claims(&right)["aud"], json!(running.ready.client_id));
}
