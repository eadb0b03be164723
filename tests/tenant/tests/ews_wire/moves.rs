//! Mailboxes that move between the cloud and the company's server while the tenant runs.

use convoke_tenant::entra::data::AccessToken;
use convoke_tenant::entra::scopes::{Permission, Resource};
use convoke_tenant::truth;
use serde_json::json;

use crate::client::{Client, LUCIA, id_of, start};

async fn put(client: &Client, user: &str, place: &str) {
    let set = json!({"user": format!("{user}@contoso.example"), "mailbox": place});
    assert_eq!(client.control(reqwest::Method::POST, "mailbox", set).await, 200);
}

async fn graph(client: &Client, path: &str) -> (u16, serde_json::Value) {
    let shared = &client.tenant.shared;
    let token = AccessToken {
        user: LUCIA,
        resource: Resource::Graph,
        permissions: vec![Permission { resource: Resource::Graph, name: "Calendars.Read" }],
        issued: shared.now(),
        expires: shared.now() + chrono::TimeDelta::hours(1),
        handles_challenges: false,
        challenged: false,
    };
    shared.entra.data().access_tokens.insert("lucia".into(), token);
    let url = if path.starts_with("http") {
        path.to_owned()
    } else {
        format!("{}{path}", client.tenant.ready.graph)
    };
    let response = client.http.get(url).bearer_auth("lucia").send().await.unwrap();
    (response.status().as_u16(), serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn one_service_ends_where_the_other_begins() {
    let mut client = start().await;
    client.sign_in(LUCIA);
    assert_eq!(client.get_folder("calendar").await.codes(), ["ErrorMissingEmailAddress"]);
    assert_eq!(graph(&client, "/me/calendars").await.0, 200);
    put(&client, "lucia.moreno", "moving").await;
    assert_eq!(client.get_folder("calendar").await.codes(), ["ErrorMailboxMoveInProgress"]);
    put(&client, "lucia.moreno", "onPremises").await;
    assert_eq!(client.get_folder("calendar").await.codes(), ["NoError"]);
    let (status, body) = graph(&client, "/me/calendars").await;
    assert_eq!((status, body["error"]["code"].as_str()), (404, Some("MailboxNotEnabledForRESTAPI")));
    put(&client, "lucia.moreno", "cloud").await;
    assert_eq!(client.get_folder("calendar").await.codes(), ["ErrorMissingEmailAddress"]);
}

#[tokio::test]
async fn nothing_known_before_a_move_is_worth_anything_after_two() {
    let mut client = start().await;
    client.sign_in(LUCIA);
    let window = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-03-02T00:00:00Z";
    let mut next = format!("/me/calendarView/delta?{window}");
    let delta = loop {
        let (_, page) = graph(&client, &next).await;
        match page["@odata.nextLink"].as_str() {
            Some(link) => next = link.to_owned(),
            None => break page["@odata.deltaLink"].as_str().unwrap().to_owned(),
        }
    };
    let events = graph(&client, "/me/events").await.1;
    let id = events["value"][0]["id"].as_str().unwrap().to_owned();
    put(&client, "lucia.moreno", "onPremises").await;
    let view = client.view("calendar", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").await;
    let (ews, _) = id_of(&view.one("CalendarItem"));
    let state = client.sync("calendar", "", 1).await.one("SyncState").text;
    put(&client, "lucia.moreno", "cloud").await;
    put(&client, "lucia.moreno", "onPremises").await;
    assert_eq!(client.get_items("", &[ews]).await.codes(), ["ErrorItemNotFound"]);
    assert_eq!(client.sync("calendar", &state, 1).await.codes(), ["ErrorInvalidSyncStateData"]);
    put(&client, "lucia.moreno", "cloud").await;
    let (status, body) = graph(&client, &delta).await;
    assert_eq!((status, body["error"]["code"].as_str()), (410, Some("SyncStateNotFound")));
    assert_ne!(graph(&client, "/me/events").await.1["value"][0]["id"].as_str().unwrap(), id);
}

#[tokio::test]
async fn the_truth_follows_the_mailbox() {
    let client = start().await;
    let rows = |client: &Client| {
        let world = client.tenant.shared.world();
        let day = |text: &str| text.parse().unwrap();
        truth::agenda(&world, LUCIA, day("2026-03-01"), day("2026-03-31")).as_array().unwrap().clone()
    };
    let cloud = rows(&client);
    assert!(cloud.iter().all(|row| row["source"] == "graph"));
    put(&client, "lucia.moreno", "onPremises").await;
    let here = rows(&client);
    assert!(here.iter().all(|row| row["source"] == "ews"));
    assert!(here.len() < cloud.len(), "the shared calendar is in another's mailbox");
    put(&client, "lucia.moreno", "none").await;
    assert!(rows(&client).is_empty());
}
