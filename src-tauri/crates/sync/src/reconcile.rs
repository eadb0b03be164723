//! What a round of changes of a calendar means. Pure.

use std::collections::{BTreeMap, BTreeSet};

use convoke_model::record::{EventChange, EventDelta, EventKind, SeriesDelta};

/// Sums up the entries of a round, given in the server's order.
///
/// - The last entry of an id counts; repetitions and the order of different ids make no difference.
/// - Masters become [`SeriesDelta`]s with the slim occurrences that the round names: since a cancelled occurrence
///   is only told by its absence, the series' whole set is replaced (microsoft-graph-docs#1716).
/// - Slim occurrences without their master in the round are orphans, whose content is in the cache or missing.
/// - A master is never an event of its own.
#[must_use]
pub fn reconcile(changes: Vec<EventChange>) -> EventDelta {
    let last: BTreeMap<String, EventChange> =
        changes.into_iter().map(|change| (id_of(&change).to_owned(), change)).collect();
    let masters: BTreeSet<String> =
        last.iter().filter(|(_, change)| is_master(change)).map(|(id, _)| id.clone()).collect();

    let mut delta = EventDelta::default();
    let mut occurrences: BTreeMap<String, Vec<_>> = BTreeMap::new();
    let mut records = Vec::new();
    for (id, change) in last {
        match change {
            EventChange::Removed { id } => delta.removed.push(id),
            EventChange::Slim { series_id, when, .. } if masters.contains(&series_id) => {
                occurrences.entry(series_id).or_default().push((id, when));
            }
            EventChange::Slim { series_id, when, .. } => delta.orphans.push((id, series_id, when)),
            EventChange::Full(event) if event.kind == EventKind::Master => records.push(*event),
            EventChange::Full(event) => delta.events.push(*event),
        }
    }
    delta.series = records
        .into_iter()
        .map(|master| SeriesDelta { occurrences: occurrences.remove(&master.id).unwrap_or_default(), master })
        .collect();
    delta
}

fn id_of(change: &EventChange) -> &str {
    match change {
        EventChange::Removed { id } | EventChange::Slim { id, .. } => id,
        EventChange::Full(event) => &event.id,
    }
}

fn is_master(change: &EventChange) -> bool {
    matches!(change, EventChange::Full(event) if event.kind == EventKind::Master)
}

#[cfg(test)]
#[path = "reconcile_tests.rs"]
mod tests;
