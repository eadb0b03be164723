//! What the next delta round says of single changes.

use serde_json::Value;

use convoke_tenant::mutate::events;
use convoke_tenant::world::event::Event;

use crate::client::{Client, WINDOW, start};

/// A series of the default calendar with at least five dates in the window that were never changed.
fn series(client: &Client, even: bool) -> (u64, Vec<chrono::NaiveDate>) {
    let world = client.tenant.shared.world();
    let mailbox = &world.mailboxes[0];
    let dates = |event: &Event| -> Vec<chrono::NaiveDate> {
        let Some(series) = event.series() else {
            return Vec::new();
        };
        let all = series.dates("2026-03-01".parse().unwrap(), "2026-08-01".parse().unwrap());
        all.into_iter().filter(|date| series.is_regular(*date)).collect()
    };
    let wanted = |event: &&Event| {
        event.calendar == mailbox.calendars[0].key
            && (event.key.is_multiple_of(2)) == even
            && dates(event).len() >= 5
    };
    let event = mailbox.live_events().find(wanted).expect("a series");
    (event.key, dates(event))
}

fn id(client: &Client, key: u64, date: Option<chrono::NaiveDate>) -> String {
    client.tenant.shared.world().mailboxes[0].event_id(key, date, true)
}

async fn after(client: &Client, change: impl FnOnce(&mut convoke_tenant::world::MailboxData)) -> Vec<Value> {
    client.plain_rounds();
    let (_, link) = client.all(&format!("/me/calendarView/delta?{WINDOW}")).await;
    change(&mut client.tenant.shared.world_mut().mailboxes[0]);
    client.all(&link.unwrap()).await.0
}

#[tokio::test]
async fn a_deleted_date_is_not_removed_but_its_series_is_sent_again() {
    let client = start(1).await;
    let (key, dates) = series(&client, true);
    let round = after(&client, |mailbox| events::delete_date(mailbox, key, dates[2])).await;
    assert!(round.iter().all(|entry| entry.get("@removed").is_none()));
    let ids: Vec<&str> = round.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&id(&client, key, None).as_str()), "the master is sent");
    assert!(ids.contains(&id(&client, key, Some(dates[1])).as_str()), "the other dates are sent");
    assert!(!ids.contains(&id(&client, key, Some(dates[2])).as_str()), "the deleted date is not");
}

#[tokio::test]
async fn a_moved_date_comes_alone_or_with_its_series() {
    for (even, with_master) in [(false, false), (true, true)] {
        let client = start(4).await;
        let (key, dates) = series(&client, even);
        let round = after(&client, |mailbox| {
            events::change_date(mailbox, key, dates[1], |span, _| *span = span.shifted_days(1))
        })
        .await;
        let kinds: Vec<&str> = round.iter().filter_map(|entry| entry["type"].as_str()).collect();
        assert!(kinds.contains(&"exception"), "{kinds:?}");
        assert_eq!(kinds.contains(&"seriesMaster"), with_master);
        assert_eq!(round.len() == 1, !with_master);
    }
}

#[tokio::test]
async fn what_leaves_the_window_is_removed() {
    let client = start(1).await;
    let (key, dates) = series(&client, false);
    let round = after(&client, |mailbox| {
        events::change_date(mailbox, key, dates[1], |span, _| *span = span.shifted_days(400))
    })
    .await;
    assert_eq!(round.len(), 1);
    assert_eq!(round[0]["@removed"]["reason"], "deleted");
    assert_eq!(round[0]["id"], id(&client, key, Some(dates[1])));
}

#[tokio::test]
async fn what_is_made_outside_the_window_is_removed_too() {
    let client = start(1).await;
    let round = after(&client, |mailbox| {
        let event = mailbox.live_events().next().unwrap();
        let (calendar, content) = (mailbox.calendars[0].key, event.content.clone());
        let first = "2031-01-01".parse().unwrap();
        let span = convoke_tenant::world::span::Span::AllDay { first, days: 1 };
        mailbox.add_event(calendar, content, convoke_tenant::world::event::Shape::Single(span));
    })
    .await;
    assert_eq!(round.len(), 1);
    assert!(round[0].get("@removed").is_some());
}

#[tokio::test]
async fn an_answer_is_seen_in_the_next_round() {
    let client = start(1).await;
    let (key, organizer) = {
        let world = client.tenant.shared.world();
        let own = world.mailboxes[0].live_events().find(|event| event.content.is_organizer).unwrap().key;
        let default = world.mailboxes[0].calendars[0].key;
        let invited = world.mailboxes[0].live_events().find(|event| {
            !event.content.is_organizer && event.calendar == default && event.series().is_none()
        });
        (invited.unwrap().key, own)
    };
    let path = |key: u64| format!("/me/events/{}/accept", crate::client::escaped(&id(&client, key, None)));
    assert_eq!(client.post(&path(organizer), &serde_json::json!({})).await.status, 400);
    assert_eq!(client.post(&path(key), &serde_json::json!({"sendResponse": true})).await.status, 202);
    let event = client.get(&format!("/me/events/{}", crate::client::escaped(&id(&client, key, None)))).await;
    assert_eq!(event.body["responseStatus"]["response"], "accepted");
}
