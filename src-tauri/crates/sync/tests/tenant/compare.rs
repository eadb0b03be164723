//! Rows of the cache beside those of the tenant's truth.

use std::collections::{BTreeMap, BTreeSet};

use convoke_tenant::world::MailboxData;
use serde_json::Value;

/// Whether a row is a distribution list, which the tenant's truth leaves out.
pub fn is_list(mailbox: &MailboxData, row: &Value) -> bool {
    mailbox.groups.iter().any(|group| row["id"] == *mailbox.contact_key_id(group.key, Some(0)))
}

/// Over EWS distribution lists are contacts with their members' addresses; Graph has none.
#[track_caller]
pub fn are_lists(mailbox: &MailboxData, rows: &[Value], moment: &str) {
    assert!(rows.is_empty() || rows.len() == mailbox.groups.len(), "{moment}: {} lists", rows.len());
    for row in rows {
        let group = mailbox.groups.iter().find(|group| row["name"] == group.name).unwrap();
        let addresses = row["emails"].as_array().unwrap();
        assert!(!addresses.is_empty() && addresses.len() <= group.members.len(), "{moment}: {row}");
    }
}

/// Compares rows by their ids and names the first difference.
#[track_caller]
pub fn same(truth: &Value, seen: &Value, moment: &str) {
    let by_id = |list: &Value| {
        let mut rows = list.as_array().unwrap().clone();
        rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
        rows
    };
    let (truth, seen) = (by_id(truth), by_id(seen));
    assert!(!truth.is_empty(), "{moment}: the truth is empty, so the test would prove nothing");
    let only = |these: &[Value], those: &[Value]| {
        let ids: BTreeSet<_> = those.iter().map(|row| row["id"].as_str()).collect();
        these.iter().find(|row| !ids.contains(&row["id"].as_str())).cloned()
    };
    assert_eq!((only(&truth, &seen), only(&seen, &truth)), (None, None), "{moment}: missing, and too many");
    assert_eq!(truth.len(), seen.len(), "{moment}: duplicates");
    // Over EWS a date does not name its master: series have other names, but the same dates.
    let mut series = BTreeMap::new();
    for (wanted, got) in truth.iter().zip(seen) {
        let mut got = got;
        // CLDR keeps the older spelling of this name, and Windows' names are translated by it.
        if got["timeZone"] == "Asia/Katmandu" {
            got["timeZone"] = "Asia/Kathmandu".into();
        }
        if wanted["source"] == "ews" && !wanted["seriesId"].is_null() && !got["seriesId"].is_null() {
            let name = got["seriesId"].as_str().unwrap().to_owned();
            let known = series.insert(wanted["seriesId"].to_string(), name.clone());
            assert!(known.is_none_or(|known| known == name), "{moment}: {wanted} {got}");
            got["seriesId"] = wanted["seriesId"].clone();
        }
        for (name, value) in wanted.as_object().unwrap() {
            assert_eq!(value, &got[name], "{moment}: field {name}\nwanted {wanted}\ngot {got}");
        }
        assert_eq!(*wanted, got, "{moment}");
    }
    let names: BTreeSet<_> = series.values().collect();
    assert_eq!(names.len(), series.len(), "{moment}: two series have one name");
}
