//! Masters that a round did not bring.

use convoke_graph::RefusalKind;
use convoke_graph::operation::GetEvent;
use convoke_model::record::{EventKind, EventRecord};
use convoke_store::{Counts, EventCommit};
use futures_util::future::join_all;

use super::mailbox::Mailbox;
use crate::cache::Cache;
use crate::error::RoundError;
use crate::meter::Meter;

/// Masters that are read per round; more is a matter for the next one.
const MOST_PER_ROUND: usize = 60;

/// Reads the masters whose occurrences are in the cache without content, and commits them with `commit`, whose
/// cursor is the one just stored. What can't be read now is tried again in the next round, since occurrences that
/// do not change are never sent again.
pub(crate) async fn complete(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    mut commit: EventCommit,
) -> Result<Counts, RoundError> {
    let calendar_id = commit.calendar_id.clone();
    let mut missing = cache.read(move |reader| reader.masters_missing(&calendar_id)).await?;
    if missing.is_empty() {
        return Ok(Counts::default());
    }
    missing.truncate(MOST_PER_ROUND);
    let readings = missing.into_iter().map(|event_id| {
        // Within its calendar: the ids of shared calendars are not found without.
        let operation = GetEvent { calendar_id: commit.calendar_id.clone(), event_id };
        async move { mailbox.ask(&operation, meter).await.map(|event| as_master(event, operation.event_id)) }
    });
    let mut failure = None;
    for reading in join_all(readings).await {
        match reading {
            Ok(master) => commit.reconciled.masters.push(master),
            Err(error) if is_gone(&error) => tracing::info!(code = error.code(), "a series has no master"),
            Err(error) => failure = Some(error),
        }
    }
    let counts = if commit.reconciled.masters.is_empty() {
        Counts::default()
    } else {
        cache.write(move |writer| writer.commit_events(&commit)).await?
    };
    failure.map_or(Ok(counts), Err)
}

/// Whatever the server calls it, it was asked for as the master of that id.
fn as_master(event: EventRecord, id: String) -> EventRecord {
    EventRecord { id, kind: EventKind::Master, series_id: None, ..event }
}

fn is_gone(error: &RoundError) -> bool {
    matches!(error.graph_kind(), Some(RefusalKind::NotFound | RefusalKind::Forbidden | RefusalKind::Other))
}
