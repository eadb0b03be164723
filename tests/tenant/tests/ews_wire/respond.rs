//! Answers to invitations.

use convoke_tenant::world::event::Shape;
use convoke_tenant::world::span::Span;

use crate::client::{Answer, Client, PAT, id_of, start, text_of};

/// Adds a meeting that somebody else organizes, and gives its number.
fn invite(client: &Client, cancelled: bool, own: bool) -> u64 {
    let mut world = client.tenant.shared.world_mut();
    let organizer = world.mailboxes[0].owner.clone();
    let mailbox = &mut world.mailboxes[PAT];
    let mut content = mailbox.events.values().next().unwrap().content.clone();
    content.subject = "Invitation".into();
    (content.is_organizer, content.cancelled) = (own, cancelled);
    (content.organizer, content.response) = (organizer, "notResponded");
    let span = Span::Timed { start: "2026-07-04T09:00:00".parse().unwrap(), minutes: 30 };
    let calendar = mailbox.calendars[0].key;
    mailbox.add_event(calendar, content, Shape::Single(span))
}

async fn item(client: &Client, key: u64) -> (String, String) {
    let id = client.tenant.shared.world().mailboxes[PAT].event_id(key, None, false);
    let answer = client.get_items("", std::slice::from_ref(&id)).await;
    (id, if answer.codes() == ["NoError"] { id_of(&answer.one("CalendarItem")).1 } else { String::new() })
}

async fn respond(client: &Client, kind: &str, id: &str, key: &str) -> Answer {
    client
        .post(&format!(
            "<m:CreateItem MessageDisposition='SendAndSaveCopy'><m:Items><t:{kind}><t:Body BodyType='Text'>ok</t:Body>\
             <t:ReferenceItemId Id='{id}' ChangeKey='{key}'/></t:{kind}></m:Items></m:CreateItem>"
        ))
        .await
}

#[tokio::test]
async fn an_answer_changes_the_item_and_its_key() {
    let client = start().await;
    let key = invite(&client, false, false);
    let (id, old) = item(&client, key).await;
    let accepted = respond(&client, "AcceptItem", &id, &old).await;
    assert_eq!(accepted.codes(), ["NoError"]);
    let (_, new) = id_of(&accepted.one("CalendarItem"));
    assert_ne!(new, old);
    let read = client.get_items("", std::slice::from_ref(&id)).await.one("CalendarItem");
    assert_eq!(text_of(&read, "MyResponseType"), "Accept");
    let stale = respond(&client, "TentativelyAcceptItem", &id, &old).await;
    assert_eq!(stale.codes(), ["ErrorIrresolvableConflict"]);
    assert_eq!(respond(&client, "TentativelyAcceptItem", &id, &new).await.codes(), ["NoError"]);
    let (_, newest) = item(&client, key).await;
    assert_eq!(respond(&client, "DeclineItem", &id, &newest).await.codes(), ["NoError"]);
    assert_eq!(client.get_items("", &[id]).await.codes(), ["ErrorItemNotFound"]);
}

#[tokio::test]
async fn what_cannot_be_answered_says_why() {
    let client = start().await;
    let own = item(&client, invite(&client, false, true)).await;
    let cancelled = item(&client, invite(&client, true, false)).await;
    let code = async |kind: &str, id: &str, key: &str| respond(&client, kind, id, key).await.codes().concat();
    assert_eq!(code("AcceptItem", &own.0, &own.1).await, "ErrorCalendarIsOrganizerForAccept");
    assert_eq!(
        code("TentativelyAcceptItem", &cancelled.0, &cancelled.1).await,
        "ErrorCalendarIsCancelledForTentative"
    );
    assert_eq!(code("DeclineItem", &own.0, "").await, "ErrorChangeKeyRequired");
    let contact = {
        let world = client.tenant.shared.world();
        let mailbox = &world.mailboxes[PAT];
        mailbox.contact_id(mailbox.live_contacts().next().unwrap(), false)
    };
    assert_eq!(code("AcceptItem", &contact, "x").await, "ErrorInvalidItemForOperationAcceptItem");
}

#[tokio::test]
async fn one_date_may_be_answered_for_itself() {
    let client = start().await;
    let view = client.view("calendar", "2026-02-10T00:00:00Z", "2026-09-09T00:00:00Z").await;
    let occurrence = view.all("CalendarItem").into_iter().find(|item| {
        text_of(item, "CalendarItemType") == "Occurrence" && text_of(item, "Subject") == "Transatlantic sync"
    });
    let (id, key) = id_of(&occurrence.unwrap());
    assert_eq!(respond(&client, "TentativelyAcceptItem", &id, &key).await.codes(), ["NoError"]);
    let read = client.get_items("", &[id]).await.one("CalendarItem");
    assert_eq!(text_of(&read, "CalendarItemType"), "Exception");
    assert_eq!(text_of(&read, "MyResponseType"), "Tentative");
}
