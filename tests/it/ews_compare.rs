//! Agenda and contacts over EWS beside the tenant's truth, and beside what Graph gives of the same world.

use convoke_desk::{Office, days};
use convoke_tenant::world::MailboxData;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The fields that the protocol can't carry, or carries otherwise: the table in `docs/ews.md`, row by row. Beside
/// fields, whole rows differ: meetings of shared calendars come only over Graph, distribution lists only over EWS.
pub const MEETING_EXCEPTIONS: [&str; 8] =
    ["id", "seriesId", "calendar.id", "timeZone", "dialIn", "calendar.colour", "webLink", "source"];
/// The same for contacts.
pub const CONTACT_EXCEPTIONS: [&str; 2] = ["id", "source"];

/// What `convokectl` tells of the mailbox.
pub struct Told {
    /// The meetings of the window.
    pub meetings: Vec<Value>,
    /// All contacts.
    pub contacts: Vec<Value>,
}

impl Told {
    /// Asks the program.
    pub fn by(office: &Office) -> Self {
        let (from, to) = days();
        let agenda = office.desk.run(&["agenda", "--from", &from, "--to", &to]).done();
        let contacts = office.desk.run(&["contacts", "--limit", "100000"]).done();
        Self { meetings: rows(&agenda["meetings"]), contacts: rows(&contacts["contacts"]) }
    }

    /// What the tenant knows to be true.
    pub fn truth(office: &Office) -> Self {
        let ((from, to), user) = (days(), &office.person.username);
        let agenda = office.truth(&format!("truth/agenda?from={from}&to={to}&user={user}"));
        let contacts = office.truth(&format!("truth/contacts?user={user}"));
        Self { meetings: rows(&agenda), contacts: rows(&contacts) }
    }

    /// The distribution lists among the contacts, taken out: the tenant's truth and Graph have none.
    pub fn without_lists(mut self, office: &Office) -> Self {
        let lists = of_mailbox(office, |mailbox| {
            mailbox.groups.iter().map(|group| mailbox.contact_key_id(group.key, Some(0))).collect()
        });
        self.contacts.retain(|row| !lists.contains(row["id"].as_str().unwrap()));
        self
    }

    /// The meetings of calendars that others share, taken out: EWS lists none.
    pub fn without_shared(mut self, office: &Office) -> Self {
        let shared = of_mailbox(office, |mailbox| {
            let shared = mailbox.calendars.iter().filter(|calendar| calendar.is_shared);
            shared.map(|calendar| mailbox.calendar_id(calendar)).collect()
        });
        self.meetings.retain(|row| !shared.contains(row["calendar"]["id"].as_str().unwrap()));
        self
    }
}

fn rows(list: &Value) -> Vec<Value> {
    list.as_array().unwrap_or_else(|| panic!("no list: {list}")).clone()
}

/// Ids of some of what is in the person's mailbox.
fn of_mailbox(office: &Office, ids: impl Fn(&MailboxData) -> BTreeSet<String>) -> BTreeSet<String> {
    let (world, user) = (office.tenant().shared.world(), &office.person.username);
    let user = world.users.iter().position(|known| known.username == *user).unwrap();
    ids(&world.mailboxes[user])
}

/// Requires that agenda and contacts are the tenant's truth.
#[track_caller]
pub fn is_true(office: &Office, moment: &str) {
    let (truth, told) = (Told::truth(office), Told::by(office).without_lists(office));
    same(truth.meetings, told.meetings, moment);
    same(truth.contacts, told.contacts, moment);
}

#[track_caller]
fn same(truth: Vec<Value>, told: Vec<Value>, moment: &str) {
    assert!(!truth.is_empty(), "{moment}: the truth is empty, so the test would prove nothing");
    let (truth, told) = (by_id(truth), by_id(told));
    let ids = |rows: &BTreeMap<String, Value>| rows.keys().cloned().collect::<BTreeSet<_>>();
    let (wanted, got) = (ids(&truth), ids(&told));
    let missing: Vec<_> = wanted.difference(&got).map(|id| &truth[id]).collect();
    let too_many: Vec<_> = got.difference(&wanted).map(|id| &told[id]).collect();
    assert!(
        missing.is_empty() && too_many.is_empty(),
        "{moment}: missing {missing:?}, too many {too_many:?}"
    );
    let mut series = BTreeMap::new();
    for (id, wanted) in truth {
        let got = as_the_tenant_says(&wanted, told[&id].clone(), &mut series, moment);
        for (name, value) in wanted.as_object().unwrap() {
            assert_eq!(value, &got[name], "{moment}: field {name}\nwanted {wanted}\ngot {got}");
        }
        assert_eq!(wanted, got, "{moment}");
    }
    let names: BTreeSet<_> = series.values().collect();
    assert_eq!(names.len(), series.len(), "{moment}: two series have one name");
}

#[track_caller]
fn by_id(rows: Vec<Value>) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for row in rows {
        let before = all.insert(row["id"].as_str().unwrap().to_owned(), row);
        assert!(before.is_none(), "twice: {before:?}");
    }
    all
}

/// Where the tenant and the product name the same thing differently.
#[track_caller]
fn as_the_tenant_says(
    wanted: &Value,
    mut got: Value,
    series: &mut BTreeMap<String, String>,
    moment: &str,
) -> Value {
    // CLDR keeps the older spelling of this name, and Windows' names are translated by it.
    if got["timeZone"] == "Asia/Katmandu" {
        got["timeZone"] = "Asia/Kathmandu".into();
    }
    if wanted["source"] != "ews" {
        return got;
    }
    // Over EWS a date does not name its master: series have other names, but the same dates.
    if let (Some(theirs), Some(ours)) = (wanted["seriesId"].as_str(), got["seriesId"].as_str()) {
        let known = series.insert(theirs.to_owned(), ours.to_owned());
        assert!(known.is_none_or(|known| known == ours), "{moment}: {wanted} {got}");
        got["seriesId"] = theirs.into();
    }
    got
}

/// Requires that the same world, told over EWS and over Graph, differs in the exceptions alone.
#[track_caller]
pub fn same_world(over_ews: &Told, over_graph: &Told, moment: &str) {
    same_but(&MEETING_EXCEPTIONS, &over_ews.meetings, &over_graph.meetings, moment);
    same_but(&CONTACT_EXCEPTIONS, &over_ews.contacts, &over_graph.contacts, moment);
}

/// Requires that each exception is one: without it the two would not be the same.
#[track_caller]
pub fn differs_in_each_exception(over_ews: &Told, over_graph: &Told) {
    each_differs(&MEETING_EXCEPTIONS, &over_ews.meetings, &over_graph.meetings);
    each_differs(&CONTACT_EXCEPTIONS, &over_ews.contacts, &over_graph.contacts);
}

#[track_caller]
fn same_but(exceptions: &[&str], over_ews: &[Value], over_graph: &[Value], moment: &str) {
    let (ews, graph) = (stripped(exceptions, over_ews), stripped(exceptions, over_graph));
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|row| !those.contains(row)).take(3).cloned().collect::<Vec<_>>()
    };
    let (by_ews, by_graph) = (only(&ews, &graph), only(&graph, &ews));
    assert!(ews == graph, "{moment}: only over EWS {by_ews:#?}\nonly over Graph {by_graph:#?}");
}

#[track_caller]
fn each_differs(exceptions: &[&str], over_ews: &[Value], over_graph: &[Value]) {
    for exception in exceptions {
        let others: Vec<&str> = exceptions.iter().copied().filter(|other| other != exception).collect();
        assert!(stripped(&others, over_ews) != stripped(&others, over_graph), "{exception} is no exception");
    }
}

/// Rows without the exceptions, in an order of their own, and with attendees in one order, since EWS tells them by kind.
fn stripped(exceptions: &[&str], rows: &[Value]) -> Vec<String> {
    let mut all: Vec<String> = rows.iter().map(|row| without(exceptions, row.clone()).to_string()).collect();
    all.sort_unstable();
    all
}

fn without(exceptions: &[&str], mut row: Value) -> Value {
    for exception in exceptions {
        let (object, field) = match exception.split_once('.') {
            Some((object, field)) => (&mut row[object], field),
            None => (&mut row, *exception),
        };
        let fields = object.as_object_mut().unwrap();
        assert!(fields.remove(field).is_some(), "there is no field {exception}");
    }
    if let Some(attendees) = row["attendees"].as_array_mut() {
        attendees.sort_by_key(Value::to_string);
    }
    row
}
