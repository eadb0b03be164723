use super::reconcile;
use chrono::{DateTime, Duration, Utc};
use convoke_model::record::{EventChange, EventContent, EventKind, EventRecord, When};
use proptest::prelude::*;
use proptest::sample::Index;

fn when(hour: i64) -> When {
    let start = DateTime::<Utc>::UNIX_EPOCH + Duration::hours(hour);
    When::Timed { start, end: start + Duration::hours(1) }
}

fn full(id: &str, kind: EventKind, series: Option<&str>, subject: &str) -> EventChange {
    let content = EventContent { subject: subject.to_owned(), ..EventContent::default() };
    let series_id = series.map(str::to_owned);
    EventChange::Full(Box::new(EventRecord { id: id.to_owned(), series_id, kind, when: when(1), content }))
}

fn slim(id: &str, series: &str, hour: i64) -> EventChange {
    EventChange::Slim { id: id.to_owned(), series_id: series.to_owned(), when: when(hour) }
}

fn removed(id: &str) -> EventChange {
    EventChange::Removed { id: id.to_owned() }
}

#[test]
fn a_master_takes_its_occurrences_before_and_after_it() {
    let delta = reconcile(vec![
        slim("O1", "M", 1),
        full("M", EventKind::Master, None, "Standup"),
        full("X", EventKind::Exception, Some("M"), "Moved"),
        slim("O2", "M", 2),
        slim("O9", "OTHER", 3),
    ]);
    assert_eq!(delta.series.len(), 1);
    assert_eq!(delta.series[0].master.id, "M");
    assert_eq!(delta.series[0].occurrences, [("O1".to_owned(), when(1)), ("O2".to_owned(), when(2))]);
    assert_eq!(delta.events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["X"]);
    assert_eq!(delta.orphans, [("O9".to_owned(), "OTHER".to_owned(), when(3))]);
}

#[test]
fn f59_the_last_entry_of_an_id_counts() {
    let first = full("E", EventKind::Single, None, "old");
    let last = full("E", EventKind::Single, None, "new");
    assert_eq!(reconcile(vec![first.clone(), last.clone()]).events[0].content.subject, "new");
    assert_eq!(reconcile(vec![last.clone(), removed("E")]).removed, ["E"]);
    let delta = reconcile(vec![removed("E"), last]);
    assert!(delta.removed.is_empty() && delta.events.len() == 1);
    let delta = reconcile(vec![slim("O", "M", 1), full("O", EventKind::Exception, Some("M"), "x")]);
    assert!(delta.orphans.is_empty() && delta.events.len() == 1);
}

#[test]
fn an_empty_round_changes_nothing() {
    assert_eq!(reconcile(Vec::new()), convoke_model::record::EventDelta::default());
}

/// A mailbox: at most one state per id.
fn changes() -> impl Strategy<Value = Vec<EventChange>> {
    let one = |id: usize| {
        let name = format!("E{id}");
        let series = prop::sample::select(vec!["E0", "E1", "E2", "elsewhere"]);
        prop_oneof![
            Just(removed(&name)),
            Just(full(&name, EventKind::Single, None, "single")),
            Just(full(&name, EventKind::Master, None, "master")),
            series.clone().prop_map({
                let name = name.clone();
                move |series| slim(&name, series, 1)
            }),
            series.prop_map(move |series| full(&name, EventKind::Exception, Some(series), "exception")),
        ]
    };
    (1usize..20).prop_flat_map(move |count| (0..count).map(one).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn f59_order_and_repetition_of_pages_make_no_difference(
        changes in changes(),
        order in prop::collection::vec(any::<Index>(), 20),
        repeats in prop::collection::vec(any::<Index>(), 0..20),
    ) {
        let expected = reconcile(changes.clone());
        let mut shuffled = changes.clone();
        for (index, other) in order.iter().enumerate().take(changes.len()) {
            shuffled.swap(index, other.index(changes.len()));
        }
        for repeat in repeats {
            let again = repeat.get(&changes).clone();
            shuffled.insert(repeat.index(shuffled.len()), again);
        }
        prop_assert_eq!(reconcile(shuffled), expected);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_twice(changes in changes()) {
        let delta = reconcile(changes.clone());
        let listed = delta.series.iter().map(|series| 1 + series.occurrences.len()).sum::<usize>();
        prop_assert_eq!(listed + delta.removed.len() + delta.events.len() + delta.orphans.len(), changes.len());
    }
}
