//! Delta rounds: what they hold and how they are read.

use std::collections::{BTreeMap, BTreeSet};

use convoke_tenant::graph::quirks::Quirk;
use serde_json::Value;

use crate::client::{WINDOW, start};

fn first() -> String {
    format!("/me/calendarView/delta?{WINDOW}")
}

#[tokio::test]
async fn dates_of_series_are_slim_and_their_master_comes_along() {
    let client = start(1).await;
    let (items, link) = client.all(&first()).await;
    let masters: BTreeMap<&str, &Value> = items
        .iter()
        .filter(|item| item["type"] == "seriesMaster")
        .map(|item| (item["id"].as_str().unwrap(), item))
        .collect();
    let slim: Vec<&Value> = items.iter().filter(|item| item["type"] == "occurrence").collect();
    assert!(slim.len() > 20 && masters.len() > 1);
    for date in slim {
        let names: BTreeSet<&str> = date.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"];
        assert_eq!(names, BTreeSet::from(expected));
        let master =
            masters.get(date["seriesMasterId"].as_str().unwrap()).expect("its master is in the round");
        assert!(master["recurrence"].is_object() && master["subject"].is_string());
    }
    let exceptions: Vec<&Value> = items.iter().filter(|item| item["type"] == "exception").collect();
    assert!(!exceptions.is_empty() && exceptions.iter().all(|item| item["body"]["content"].is_string()));
    assert!(link.unwrap().contains("/me/calendar/calendarView/delta?$deltatoken="));
}

#[tokio::test]
async fn a_master_may_begin_years_before_the_window() {
    let client = start(3).await;
    let (items, _) = client.all(&first()).await;
    let old = |item: &&Value| {
        item["type"] == "seriesMaster" && item["start"]["dateTime"].as_str().unwrap() < "2025"
    };
    assert!(items.iter().filter(old).count() > 0);
}

#[tokio::test]
async fn a_first_round_removes_the_unknown_and_repeats_itself() {
    let client = start(1).await;
    let (items, _) = client.all(&first()).await;
    let removed: Vec<&Value> = items.iter().filter(|item| item.get("@removed").is_some()).collect();
    assert!(!removed.is_empty());
    assert!(
        removed.iter().all(|item| item["@removed"]["reason"] == "deleted" && item.get("subject").is_none())
    );
    let ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    let different: BTreeSet<&&str> = ids.iter().collect();
    assert!(different.len() < ids.len(), "no id is repeated");
}

#[tokio::test]
async fn empty_pages_have_a_next_link() {
    let client = start(1).await;
    let (mut next, mut empty) = (first(), 0);
    loop {
        let page = client.get(&next).await;
        empty += usize::from(page.items().is_empty());
        match page.body["@odata.nextLink"].as_str() {
            Some(link) => next = link.to_owned(),
            None => break,
        }
    }
    assert!(empty > 0);
}

#[tokio::test]
async fn the_size_of_pages_is_a_hint() {
    let mut client = start(1).await;
    client.prefer = "odata.maxpagesize=20".into();
    let (mut next, mut sizes) = (first(), BTreeSet::new());
    while let Some(link) = {
        let page = client.get(&next).await;
        sizes.insert(page.items().len());
        page.body["@odata.nextLink"].as_str().map(str::to_owned)
    } {
        next = link;
    }
    assert!(sizes.contains(&20) && sizes.contains(&34), "{sizes:?}");
}

#[tokio::test]
async fn a_round_without_changes_is_one_empty_page() {
    let client = start(1).await;
    let (_, link) = client.all(&first()).await;
    let page = client.get(&link.unwrap()).await;
    assert!(page.items().is_empty() && page.body.get("@odata.nextLink").is_none());
    assert!(page.body["@odata.deltaLink"].is_string());
}

#[tokio::test]
async fn shaping_parameters_are_refused() {
    let client = start(1).await;
    for parameter in
        ["$select=subject", "$filter=isAllDay eq true", "$orderby=subject", "$search=x", "$expand=x"]
    {
        let answer = client.get(&format!("{}&{parameter}", first())).await;
        assert_eq!((answer.status, answer.code()), (400, "ErrorInvalidUrlQuery"), "{parameter}");
    }
}

#[tokio::test]
async fn lost_state_is_410() {
    let client = start(1).await;
    let (_, link) = client.all(&first()).await;
    let link = link.unwrap();
    client.set(Quirk::SyncStateGoneOnce, true);
    let gone = client.get(&link).await;
    assert_eq!((gone.status, gone.code()), (410, "SyncStateNotFound"));
    assert!(gone.header("location").unwrap().ends_with("$deltatoken="));
    assert_eq!(client.get(&link).await.status, 200);
    client.set(Quirk::SyncStateGoneMidRound, true);
    let page = client.get(&first()).await;
    let next = page.body["@odata.nextLink"].as_str().unwrap();
    assert_eq!(client.get(next).await.status, 410);
    let junk = client.get("/me/calendarView/delta?$deltatoken=nonsense").await;
    assert_eq!((junk.status, junk.code()), (400, "ErrorInvalidIdMalformed"));
}

#[tokio::test]
async fn tokens_belong_to_their_user() {
    let mut client = start(1).await;
    let (_, link) = client.all(&first()).await;
    client.sign_in(2, &crate::client::ALL);
    assert_eq!(client.get(&link.unwrap()).await.status, 410);
}

#[tokio::test]
async fn a_round_may_never_end() {
    let client = start(1).await;
    client.plain_rounds();
    client.set(Quirk::EndlessNextLink, true);
    let one = client.get(&first()).await;
    let two = client.get(one.body["@odata.nextLink"].as_str().unwrap()).await;
    assert_eq!(one.items(), two.items());
    assert_ne!(one.body["@odata.nextLink"], two.body["@odata.nextLink"]);
    assert!(two.body.get("@odata.deltaLink").is_none());
}

#[tokio::test]
async fn links_may_name_another_host() {
    let client = start(1).await;
    client.set(Quirk::ForeignNextLink, true);
    client.set(Quirk::ForeignDeltaLink, true);
    let page = client.get(&first()).await;
    assert!(page.body["@odata.nextLink"].as_str().unwrap().starts_with("https://graph.attacker.example/"));
}

#[tokio::test]
async fn everything_may_be_removed_although_it_is_there() {
    let client = start(1).await;
    client.plain_rounds();
    let (items, link) = client.all(&first()).await;
    client.set(Quirk::RemovedEverything, true);
    let (gone, _) = client.all(&link.unwrap()).await;
    let ids: BTreeSet<&str> = gone.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert!(gone.iter().all(|item| item.get("@removed").is_some()));
    let singles = items.iter().filter(|item| item["type"] == "singleInstance");
    assert!(singles.into_iter().all(|item| ids.contains(item["id"].as_str().unwrap())));
    assert!(!client.get(&format!("/me/calendarView?{WINDOW}")).await.items().is_empty());
}
