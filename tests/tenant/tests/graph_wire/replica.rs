//! A client's copy of calendars and contacts, kept by delta rounds alone, and equal to the truth after any change.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::client::{Client, WINDOW, escaped, start};

const FROM: &str = "2026-02-12";
const TO: &str = "2026-09-05";

/// Rows of one calendar by id, and where its next round begins.
#[derive(Default)]
struct Copy {
    rows: BTreeMap<String, Value>,
    link: Option<String>,
}

impl Copy {
    /// Last entry of an id wins; a master replaces all dates of its series; removing the unknown is nothing.
    fn apply(&mut self, entries: Vec<Value>) {
        let mut round: BTreeMap<String, Value> = BTreeMap::new();
        for entry in entries {
            round.insert(entry["id"].as_str().unwrap().to_owned(), entry);
        }
        for (id, entry) in &round {
            let gone = entry.get("@removed").is_some();
            if gone || entry["type"] == "seriesMaster" {
                self.rows.retain(|row, value| row != id && value["seriesMasterId"] != json!(id));
            }
        }
        round.retain(|_, entry| entry.get("@removed").is_none());
        self.rows.extend(round);
    }

    /// What a list shows: each date with its master's content.
    fn shown(&self) -> Vec<Value> {
        let meetings = self.rows.values().filter(|row| row["type"] != "seriesMaster");
        meetings.map(|row| essence(row, self.content(row))).filter(in_window).collect()
    }

    fn content<'a>(&'a self, row: &'a Value) -> &'a Value {
        match row["seriesMasterId"].as_str().filter(|_| row["type"] == "occurrence") {
            Some(master) => self.rows.get(master).unwrap_or_else(|| panic!("no master for {row}")),
            None => row,
        }
    }
}

fn essence(row: &Value, content: &Value) -> Value {
    let at = |field: &str| {
        let local: NaiveDateTime = row[field]["dateTime"].as_str().unwrap().parse().unwrap();
        local.and_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
    };
    let attendees = content["attendees"].as_array().unwrap();
    json!({
        "id": row["id"],
        "seriesId": row["seriesMasterId"],
        "subject": content["subject"].as_str().unwrap_or_default(),
        "start": at("start"),
        "end": at("end"),
        "allDay": content["isAllDay"],
        "showAs": content["showAs"],
        "sensitivity": content["sensitivity"],
        "response": content["responseStatus"]["response"],
        "cancelled": content["isCancelled"],
        "location": Some(&content["location"]["displayName"]).filter(|name| *name != ""),
        "attendees": attendees.len(),
        "webLink": content["webLink"],
        "preview": Some(&content["bodyPreview"]).filter(|text| *text != ""),
    })
}

fn in_window(row: &Value) -> bool {
    let midnight = |day: &str| day.parse::<NaiveDate>().unwrap().and_time(NaiveTime::MIN).and_utc();
    let (from, to) = (midnight(FROM), midnight(TO) + TimeDelta::days(1));
    let at = |field: &str| row[field].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    let (start, end) = (at("start"), at("end"));
    start < to && (end > from || (start == end && start >= from))
}

struct Replica {
    calendars: BTreeMap<String, Copy>,
}

impl Replica {
    async fn new(client: &Client) -> Self {
        let (calendars, _) = client.all("/me/calendars").await;
        let ids = calendars.iter().map(|calendar| calendar["id"].as_str().unwrap().to_owned());
        Self { calendars: ids.map(|id| (id, Copy::default())).collect() }
    }

    async fn sync(&mut self, client: &Client) {
        for (id, copy) in &mut self.calendars {
            let first = format!("/me/calendars/{}/calendarView/delta?{WINDOW}", escaped(id));
            let (entries, link) = client.all(copy.link.as_ref().unwrap_or(&first)).await;
            copy.apply(entries);
            copy.link = link;
        }
    }

    fn shown(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = self.calendars.values().flat_map(Copy::shown).collect();
        rows.sort_by_cached_key(|row| row["id"].to_string());
        rows
    }
}

fn truth(client: &Client) -> Vec<Value> {
    let world = client.tenant.shared.world();
    let agenda = convoke_tenant::truth::agenda(&world, 0, FROM.parse().unwrap(), TO.parse().unwrap());
    let mut rows: Vec<Value> = agenda.as_array().unwrap().iter().map(narrowed).collect();
    rows.sort_by_cached_key(|row| row["id"].to_string());
    rows
}

fn narrowed(meeting: &Value) -> Value {
    let mut row = json!({ "attendees": meeting["attendees"].as_array().unwrap().len() });
    for name in [
        "id",
        "seriesId",
        "subject",
        "start",
        "end",
        "allDay",
        "showAs",
        "sensitivity",
        "response",
        "cancelled",
        "location",
        "webLink",
        "preview",
    ] {
        row[name] = meeting[name].clone();
    }
    row
}

fn compare(shown: &[Value], truth: &[Value], when: &str) {
    for (left, right) in shown.iter().zip(truth) {
        assert_eq!(left, right, "{when}");
    }
    assert_eq!(shown.len(), truth.len(), "{when}");
}

#[tokio::test]
async fn meetings_follow_thirty_changes_for_three_seeds() {
    for seed in 1..=3 {
        let client = start(seed).await;
        let mut replica = Replica::new(&client).await;
        replica.sync(&client).await;
        compare(&replica.shown(), &truth(&client), &format!("seed {seed}, first round"));
        for change in 0..30 {
            let told = convoke_tenant::mutate::random(
                &mut client.tenant.shared.world_mut(),
                0,
                1,
                seed * 100 + change,
            );
            replica.sync(&client).await;
            compare(&replica.shown(), &truth(&client), &format!("seed {seed}, {told:?}"));
        }
    }
}

#[tokio::test]
async fn every_kind_of_change_is_followed() {
    let client = start(77).await;
    let mut replica = Replica::new(&client).await;
    replica.sync(&client).await;
    for (index, name) in convoke_tenant::mutate::NAMES.iter().enumerate() {
        let told = client.mutate(name, index as u64);
        replica.sync(&client).await;
        compare(&replica.shown(), &truth(&client), &told);
    }
}

#[tokio::test]
async fn reading_the_window_shows_the_same_as_delta_rounds() {
    let client = start(8).await;
    let mut replica = Replica::new(&client).await;
    replica.sync(&client).await;
    let mut rows = Vec::new();
    for id in replica.calendars.keys() {
        let (items, _) =
            client.all(&format!("/me/calendars/{}/calendarView?$top=200&{WINDOW}", escaped(id))).await;
        rows.extend(items.iter().map(|item| essence(item, item)).filter(in_window));
    }
    rows.sort_by_cached_key(|row| row["id"].to_string());
    compare(&rows, &replica.shown(), "window");
}
