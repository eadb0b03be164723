//! Who is let in, and by which scheme.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use convoke_tenant::ews::auth::accounts::Standing;
use convoke_tenant::ews::quirks::Quirk;

use crate::client::{Client, PAT, start};

async fn status(client: &Client) -> u16 {
    client.get_folder("calendar").await.status
}

#[tokio::test]
async fn schemes_are_offered_in_headers_of_their_own() {
    let mut client = start().await;
    client.basic = None;
    let answer = client.get_folder("calendar").await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.challenges(), ["Negotiate", "NTLM", "Basic realm=\"localhost\""]);
    client.set(Quirk::Basic, false);
    assert_eq!(client.get_folder("calendar").await.challenges(), ["Negotiate", "NTLM"]);
    client.sign_in(PAT);
    assert_eq!(status(&client).await, 401, "Basic is off");
}

#[tokio::test]
async fn names_have_two_forms_and_passwords_one() {
    let mut client = start().await;
    let password = client.basic.clone().unwrap().1;
    for (name, password, expected) in [
        ("CONTOSO\\pat.obrien", password.as_str(), 200),
        ("contoso.example\\Pat.OBrien", &password, 200),
        ("Pat.OBrien@Contoso.example", &password, 200),
        ("pat.obrien", &password, 401),
        ("FABRIKAM\\pat.obrien", &password, 401),
        ("CONTOSO\\pat.obrien", "wrong", 401),
    ] {
        client.basic = Some((name.into(), password.into()));
        assert_eq!(status(&client).await, expected, "{name}");
    }
}

#[tokio::test]
async fn locked_expired_and_disabled_accounts_look_alike() {
    let client = start().await;
    for standing in ["locked", "passwordExpired", "disabled"] {
        let set = serde_json::json!({"user": "pat.obrien@contoso.example", "standing": standing});
        assert_eq!(client.control(reqwest::Method::POST, "account", set).await, 200);
        let answer = client.get_folder("calendar").await;
        assert_eq!((answer.status, answer.text.as_str()), (401, ""));
    }
    client.tenant.shared.exchange.data().accounts.set(PAT, Standing::Active);
    assert_eq!(status(&client).await, 200);
    let notes: Vec<Option<String>> = client.log().into_iter().map(|record| record.note).collect();
    let expected = ["account locked", "password expired", "account disabled", "GetFolder"];
    assert_eq!(notes, expected.map(|note| Some(note.to_owned())));
}

#[tokio::test]
async fn five_wrong_passwords_lock_for_half_an_hour() {
    let mut client = start().await;
    client.set(Quirk::AccountLockout, true);
    let right = client.basic.clone();
    client.basic = Some((right.clone().unwrap().0, "wrong".into()));
    for _ in 0..5 {
        assert_eq!(status(&client).await, 401);
    }
    client.basic = right;
    assert_eq!(status(&client).await, 401);
    client.tenant.advance(TimeDelta::minutes(31));
    assert_eq!(status(&client).await, 200);
}

#[tokio::test]
async fn the_log_names_schemes_and_keeps_no_secret() {
    let mut client = start().await;
    status(&client).await;
    let known = client.basic.take().unwrap();
    let raw = client.send(client.envelope(""), &[("authorization", "hunter2")]).await;
    assert_eq!(raw.status, 401);
    let text = serde_json::to_string(&client.log()).unwrap();
    let (name, password) = known;
    assert!(text.contains("\"authScheme\":\"Basic\""), "{text}");
    let encoded = STANDARD.encode(format!("{name}:{password}"));
    assert!(!text.contains(&password) && !text.contains(&encoded) && !text.contains("hunter2"));
}
