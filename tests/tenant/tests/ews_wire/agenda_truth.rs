//! What a careful client reads over EWS is the truth.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use convoke_tenant::world::id::Kind;
use convoke_tenant::xml::Node;
use convoke_tenant::{Options, truth};
use serde_json::{Value, json};

use crate::client::{Client, LUCIA, start_with, text_of};

async fn calendars(client: &Client) -> Vec<String> {
    let answer = client
        .post(
            "<m:FindFolder Traversal='Deep'><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>\
             <m:ParentFolderIds><t:DistinguishedFolderId Id='msgfolderroot'/></m:ParentFolderIds></m:FindFolder>",
        )
        .await;
    let folders = answer.all("CalendarFolder");
    folders
        .iter()
        .map(|folder| folder.child("FolderId").unwrap().attribute("Id").unwrap().to_owned())
        .collect()
}

/// What an item says, in the words of the truth.
fn row(item: &Node) -> Value {
    let text = |name: &str| text_of(item, name);
    let all_day = text("IsAllDayEvent") == "true";
    let show_as = match text("LegacyFreeBusyStatus").as_str() {
        "OOF" => "oof",
        "Free" => "free",
        "Busy" => "busy",
        "Tentative" => "tentative",
        "WorkingElsewhere" => "workingElsewhere",
        _ => "unknown",
    };
    let organizer = item.child("Organizer").unwrap().child("Mailbox").unwrap();
    let attendees: usize = ["RequiredAttendees", "OptionalAttendees", "Resources"]
        .iter()
        .filter_map(|name| item.child(name))
        .map(|list| list.children.len())
        .sum();
    let location = item.child_text("Location");
    json!({
        "subject": item.child("Subject").map(|subject| subject.text.clone()),
        "start": if all_day { Value::Null } else { json!(text("Start")) },
        "end": if all_day { Value::Null } else { json!(text("End")) },
        "allDay": all_day,
        "showAs": show_as,
        "sensitivity": text("Sensitivity").to_lowercase(),
        "cancelled": text("IsCancelled") == "true",
        "organizer": text_of(organizer, "Name").trim_end_matches('\u{1f}'),
        "attendees": attendees,
        "location": location,
        "webLink": text("WebClientReadFormQueryString"),
    })
}

fn shown(row: &Value) -> Value {
    let timed = |name: &str| if row["allDay"] == true { Value::Null } else { row[name].clone() };
    json!({
        "subject": row["subject"],
        "start": timed("start"),
        "end": timed("end"),
        "allDay": row["allDay"],
        "showAs": row["showAs"],
        "sensitivity": row["sensitivity"],
        "cancelled": row["cancelled"],
        "organizer": row["organizer"]["name"],
        "attendees": row["attendees"].as_array().unwrap().len(),
        "location": row["location"],
        "webLink": row["webLink"],
    })
}

/// The dates of whole days: instants read in the creator's zone, which the item names.
fn dates(client: &Client, item: &Node) -> (NaiveDate, NaiveDate) {
    let id = item.child("ItemId").unwrap().attribute("Id").unwrap();
    let world = client.tenant.shared.world();
    let mailbox = &world.mailboxes[LUCIA];
    let read = mailbox.ids.read(id).unwrap();
    assert_eq!(read.kind, Kind::Event);
    let zone = mailbox.events[&read.key].content.zone;
    assert_eq!(item.child("StartTimeZone").unwrap().attribute("Id"), Some(zone.windows().wire));
    let local = |name: &str| {
        let at: DateTime<Utc> = text_of(item, name).parse().unwrap();
        zone.windows().local(at)
    };
    let (start, end) = (local("Start"), local("End"));
    assert_eq!((start.time(), end.time()), Default::default(), "midnights");
    (start.date(), end.date())
}

#[tokio::test]
async fn the_agenda_is_the_truth_for_several_seeds() {
    for seed in [1, 2, 3] {
        let on_premises = vec!["lucia.moreno@contoso.example".to_owned()];
        let options = Options { seed, events: 400, contacts: 4, on_premises, ..Options::default() };
        let mut client = start_with(options).await;
        client.sign_in(LUCIA);
        let (from, to): (NaiveDate, NaiveDate) =
            ("2026-02-20".parse().unwrap(), "2026-06-20".parse().unwrap());
        let mut found: BTreeMap<String, Value> = BTreeMap::new();
        for folder in calendars(&client).await {
            // A day more on either side: whole days lie where their creator's midnights are.
            let (start, end) = (from - TimeDelta::days(1), to + TimeDelta::days(2));
            let view = client.view(&folder, &format!("{start}T00:00:00Z"), &format!("{end}T00:00:00Z")).await;
            let ids: Vec<String> = view
                .all("CalendarItem")
                .iter()
                .map(|item| item.child("ItemId").unwrap().attribute("Id").unwrap().to_owned())
                .collect();
            for item in client.get_items("", &ids).await.all("CalendarItem") {
                let id = item.child("ItemId").unwrap().attribute("Id").unwrap().to_owned();
                if text_of(&item, "IsAllDayEvent") == "true" {
                    let (first, last) = dates(&client, &item);
                    if first > to || last <= from {
                        continue;
                    }
                } else {
                    let (start, end) = (text_of(&item, "Start"), text_of(&item, "End"));
                    let (first, after) =
                        (format!("{from}T00:00:00Z"), format!("{}T00:00:00Z", to + TimeDelta::days(1)));
                    let touches = start < after && (end > first || (start == end && start >= first));
                    if !touches {
                        continue;
                    }
                }
                found.insert(id, row(&item));
            }
        }
        let world = client.tenant.shared.world();
        let truth = truth::agenda(&world, LUCIA, from, to);
        let truth: BTreeMap<String, Value> = truth
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["id"].as_str().unwrap().to_owned(), shown(row)))
            .collect();
        assert!(truth.len() > 80, "{}", truth.len());
        for (id, row) in &truth {
            assert_eq!(found.get(id), Some(row), "seed {seed}");
        }
        assert_eq!(found.len(), truth.len());
    }
}
