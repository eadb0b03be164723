//! Any sequence of rounds leaves what a plain map would hold.

use crate::fixture::{counts, full, incremental, listed, single, store, timed};
use convoke_model::record::{EventDelta, EventKind, EventRecord, SeriesDelta, When};
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, proptest};
use std::collections::{BTreeMap, BTreeSet};

/// One step of a round, in small numbers so that steps meet.
#[derive(Clone, Debug)]
enum Step {
    Single { id: u8, version: u8 },
    Series { id: u8, version: u8, occurrences: BTreeSet<u8>, exceptions: BTreeSet<u8> },
    Remove { id: u8 },
    RemoveSeries { id: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    let set = || prop::collection::btree_set(0_u8..5, 0..5);
    proptest::prop_oneof![
        (0_u8..6, 0_u8..3).prop_map(|(id, version)| Step::Single { id, version }),
        (0_u8..3, 0_u8..3, set(), set()).prop_map(|(id, version, occurrences, exceptions)| {
            let occurrences = occurrences.difference(&exceptions).copied().collect();
            Step::Series { id, version, occurrences, exceptions }
        }),
        (0_u8..6).prop_map(|id| Step::Remove { id }),
        (0_u8..3).prop_map(|id| Step::RemoveSeries { id }),
    ]
}

fn when(id: u8, version: u8) -> When {
    timed(&format!("2026-03-{:02}T{:02}:00", 10 + id, 8 + version), 30)
}

/// The delta of the steps, reconciled: of each id, the last step counts.
fn delta(steps: &[Step]) -> EventDelta {
    let mut delta = EventDelta::default();
    let mut named = BTreeSet::new();
    for step in steps.iter().rev() {
        match step {
            Step::Single { id, version } if named.insert(format!("s{id}")) => {
                let subject = format!("v{version}");
                delta.events.push(EventRecord {
                    when: when(*id, *version),
                    ..single(&format!("s{id}"), "2026-03-10T08:00", &subject)
                });
            }
            Step::Series { id, version, occurrences, exceptions } if named.insert(format!("m{id}")) => {
                delta.series.push(SeriesDelta {
                    master: EventRecord {
                        kind: EventKind::Master,
                        ..single(&format!("m{id}"), "2020-01-01T08:00", &format!("v{version}"))
                    },
                    occurrences: occurrences
                        .iter()
                        .map(|day| (format!("m{id}-{day}"), when(*day, *id)))
                        .collect(),
                });
                delta.events.extend(exceptions.iter().map(|day| EventRecord {
                    kind: EventKind::Exception,
                    series_id: Some(format!("m{id}")),
                    when: when(*day, *version),
                    ..single(&format!("m{id}-{day}"), "2026-03-10T08:00", "changed")
                }));
            }
            Step::Remove { id } if named.insert(format!("s{id}")) => delta.removed.push(format!("s{id}")),
            Step::RemoveSeries { id } if named.insert(format!("m{id}")) => {
                delta.removed.push(format!("m{id}"))
            }
            _ => {}
        }
    }
    delta
}

/// Id → (series, start, subject) of everything listed.
type Plain = BTreeMap<String, (Option<String>, When, String)>;

fn apply(plain: &mut Plain, delta: &EventDelta, whole: bool) {
    if whole {
        plain.clear();
    }
    for id in &delta.removed {
        plain.retain(|key, (series, ..)| key != id && series.as_ref() != Some(id));
    }
    for SeriesDelta { master, occurrences } in &delta.series {
        plain.retain(|_, (series, ..)| series.as_ref() != Some(&master.id));
        for (id, when) in occurrences {
            plain.insert(id.clone(), (Some(master.id.clone()), *when, master.content.subject.clone()));
        }
    }
    for event in &delta.events {
        plain.insert(event.id.clone(), (event.series_id.clone(), event.when, event.content.subject.clone()));
    }
}

fn lines(plain: &Plain) -> Vec<String> {
    let mut rows: Vec<_> = plain.iter().collect();
    rows.sort_by_key(|(id, (_, when, _))| (when.start(), when.end(), (*id).clone()));
    rows.into_iter().map(|(id, (_, _, subject))| format!("{id} {subject}")).collect()
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    #[test]
    fn rounds_add_up(rounds in prop::collection::vec((any::<bool>(), prop::collection::vec(step(), 0..6)), 1..6)) {
        let (_dir, store) = store();
        let mut plain = Plain::new();
        for (whole, steps) in rounds {
            let delta = delta(&steps);
            let before = plain.len() as u64;
            apply(&mut plain, &delta, whole);
            let commit = |delta| if whole { full(&store, delta) } else { incremental(&store, delta) };
            let done = commit(delta.clone());
            prop_assert_eq!(before + done.added - done.removed, plain.len() as u64);
            prop_assert_eq!(listed(&store), lines(&plain));
            prop_assert_eq!(commit(delta), counts(0, 0, 0));
        }
    }
}
