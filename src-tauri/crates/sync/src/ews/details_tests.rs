use std::collections::VecDeque;

use super::{Group, groups, link_to, with_details};
use crate::ews::view::Listed;
use chrono::DateTime;
use convoke_ews::ItemRef;
use convoke_model::record::{EventContent, EventKind, EventRecord, When};

fn listed(id: &str, key: &str, series: Option<&str>, subject: &str) -> Listed {
    let (start, end) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
    Listed {
        item: ItemRef { id: id.to_owned(), change_key: Some(key.to_owned()) },
        event: EventRecord {
            id: id.to_owned(),
            series_id: series.map(str::to_owned),
            kind: if series.is_some() { EventKind::Occurrence } else { EventKind::Single },
            when: When::Timed { start, end },
            content: EventContent { subject: subject.to_owned(), ..EventContent::default() },
        },
    }
}

fn ids(groups: &[Group]) -> Vec<Vec<&str>> {
    groups.iter().map(|group| group.members().map(|one| one.event.id.as_str()).collect()).collect()
}

#[test]
fn only_dates_of_a_series_that_are_the_same_go_together() {
    let mut exception = listed("x", "1", Some("m"), "Standup");
    exception.event.kind = EventKind::Exception;
    let all = vec![
        listed("a", "1", Some("m"), "Standup"),
        listed("s", "1", None, "Standup"),
        listed("b", "1", Some("m"), "Other room"),
        listed("c", "1", Some("m"), "Standup"),
        exception,
        listed("d", "2", Some("m"), "Standup"),
        listed("e", "1", Some("n"), "Standup"),
        listed("t", "1", None, "Standup"),
        listed("f", "1", Some("m"), "Other room"),
    ];
    let expected: [&[&str]; 7] = [&["a", "c"], &["s"], &["b", "f"], &["x"], &["d"], &["e"], &["t"]];
    assert_eq!(ids(&groups(all)), expected);
    assert!(groups(Vec::new()).is_empty() && Group::of(VecDeque::new()).is_none());
}

#[test]
fn details_are_those_of_the_series_place_and_id_their_own() {
    let one = listed("b+", "1", Some("m"), "Standup");
    let mut read = listed("a/=", "1", Some("uid alone"), "Standup").event;
    read.content.web_link = Some("https://mail.test/owa/?ItemID=a%2F%3D&exvsurl=1".to_owned());
    read.content.preview = Some("Hello".to_owned());
    let event = with_details(&one, &read);
    assert_eq!((event.id.as_str(), event.series_id.as_deref()), ("b+", Some("m")));
    assert_eq!(event.content.preview.as_deref(), Some("Hello"));
    assert_eq!(event.content.web_link.as_deref(), Some("https://mail.test/owa/?ItemID=b%2B&exvsurl=1"));
}

#[test]
fn a_link_of_another_form_is_not_handed_on() {
    for link in ["https://mail.test/owa/?path=/calendar", "https://mail.test/owa/AAMkAD=", ""] {
        assert_eq!(link_to(link, "AAMkAD=", "b"), None, "{link}");
    }
}
