//! Rounds that would delete (nearly) everything are verified by reading the server again, plainly (F44).

use std::collections::HashSet;

use convoke_model::record::{ContactChange, ContactFolderRecord};
use convoke_store::{AgendaQuery, CommitMode, ContactCommit};

use crate::calendar::{self, Round};
use crate::contacts::{self, Folder};
use crate::engine::Shared;
use crate::error::RoundError;
use crate::meter::Meter;

/// Fewer rows may all go but one without a question.
const FEW: usize = 20;

/// Whether deleting `doomed` of `total` rows is to be verified: all of them, or most of many.
fn is_suspicious(total: usize, doomed: usize) -> bool {
    doomed > 0 && (doomed == total || (total > FEW && doomed * 2 > total))
}

/// Whether so few of the cached rows are removed that the calendar or folder need not be looked at.
fn is_few(removed: usize, cached: u64) -> bool {
    removed as u64 * 10 < cached && cached > FEW as u64
}

/// The round itself, or, where the server's plain list still has what the round would delete, that list.
pub(crate) async fn events(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    round: Round,
) -> Result<Round, RoundError> {
    let is_plain = round.mode == CommitMode::Full && round.link.is_none();
    if is_plain || (round.mode == CommitMode::Incremental && round.delta.removed.is_empty()) {
        return Ok(round);
    }
    let cached = shared.cache.read(|reader| reader.counts()).await?.meetings;
    if cached == 0 || (round.mode == CommitMode::Incremental && is_few(round.delta.removed.len(), cached)) {
        return Ok(round);
    }
    let rows = cached_events(shared, calendar_id, &round).await?;
    let doomed = doomed_events(&rows, &round);
    if !is_suspicious(rows.len(), doomed.len()) {
        return Ok(round);
    }
    tracing::warn!(doomed = doomed.len(), "a round would delete most of a calendar");
    let still = calendar::listed_still(shared, meter, calendar_id, round.window, &doomed).await?;
    Ok(still.unwrap_or(round))
}

/// A listed meeting and its series.
type Row = (String, Option<String>);

async fn cached_events(shared: &Shared, calendar_id: &str, round: &Round) -> Result<Vec<Row>, RoundError> {
    let id = calendar_id.to_owned();
    let window = round.window;
    let rows = shared.cache.read(move |reader| {
        let others = reader.calendars()?.into_iter().map(|calendar| calendar.id).filter(|other| *other != id);
        let meetings = reader.agenda(&AgendaQuery {
            window,
            dates: (window.start.date_naive(), window.end.date_naive()),
            limit: 0,
            hidden_calendars: others.collect(),
        })?;
        Ok(meetings.into_iter().map(|meeting| (meeting.id, meeting.series_id)).collect())
    });
    rows.await
}

fn doomed_events<'a>(rows: &'a [Row], round: &Round) -> HashSet<&'a str> {
    let delta = &round.delta;
    let removed: HashSet<&str> = delta.removed.iter().map(String::as_str).collect();
    let occurrences =
        delta.series.iter().flat_map(|series| series.occurrences.iter().map(|(id, _)| id.as_str()));
    let events = delta.events.iter().map(|event| event.id.as_str());
    let present: HashSet<&str> =
        occurrences.chain(events).chain(delta.orphans.iter().map(|(id, _, _)| id.as_str())).collect();
    let is_doomed = |(id, series): &&Row| match round.mode {
        CommitMode::Full => !present.contains(id.as_str()),
        CommitMode::Incremental => {
            let series = series.as_deref().is_some_and(|series| removed.contains(series));
            (removed.contains(id.as_str()) || series) && !present.contains(id.as_str())
        }
    };
    rows.iter().filter(is_doomed).map(|(id, _)| id.as_str()).collect()
}

/// As [`events`], for a contact folder.
pub(crate) async fn folder(
    shared: &Shared,
    meter: &Meter,
    commit: ContactCommit,
) -> Result<ContactCommit, RoundError> {
    let removed =
        commit.changes.iter().filter(|change| matches!(change, ContactChange::Removed { .. })).count();
    let is_plain = commit.mode == CommitMode::Full && commit.cursor.is_none();
    if is_plain || (commit.mode == CommitMode::Incremental && removed == 0) {
        return Ok(commit);
    }
    let cached = shared.cache.read(|reader| reader.counts()).await?.contacts;
    if cached == 0 || (commit.mode == CommitMode::Incremental && is_few(removed, cached)) {
        return Ok(commit);
    }
    let rows = cached_contacts(shared, &commit).await?;
    let doomed = doomed_contacts(&rows, &commit);
    if !is_suspicious(rows.len(), doomed.len()) {
        return Ok(commit);
    }
    let record = commit.folder_id.clone().zip(commit.folder_name.clone());
    let folder = Folder(record.map(|(id, name)| ContactFolderRecord { id, name }));
    tracing::warn!(doomed = doomed.len(), "a round would delete most of a contact folder");
    let still = contacts::listed_still(shared, meter, &folder, &doomed).await?;
    Ok(match still {
        None => commit,
        Some(listed) => {
            let changes = contacts::present(listed);
            ContactCommit { mode: CommitMode::Full, cursor: None, changes, ..commit }
        }
    })
}

async fn cached_contacts(shared: &Shared, commit: &ContactCommit) -> Result<Vec<String>, RoundError> {
    let folder = commit.folder_name.clone();
    let rows = shared.cache.read(move |reader| {
        let (_, contacts) = reader.contacts_full("", 0)?;
        Ok(contacts
            .into_iter()
            .filter(|contact| contact.folder == folder)
            .map(|contact| contact.id)
            .collect())
    });
    rows.await
}

fn doomed_contacts<'a>(rows: &'a [String], commit: &ContactCommit) -> HashSet<&'a str> {
    let mut removed = HashSet::new();
    let mut present = HashSet::new();
    for change in &commit.changes {
        match change {
            ContactChange::Removed { id } => {
                present.remove(id.as_str());
                removed.insert(id.as_str());
            }
            ContactChange::Present(contact) => {
                removed.remove(contact.id.as_str());
                present.insert(contact.id.as_str());
            }
        }
    }
    let is_doomed = |id: &&str| match commit.mode {
        CommitMode::Full => !present.contains(id),
        CommitMode::Incremental => removed.contains(id),
    };
    rows.iter().map(String::as_str).filter(is_doomed).collect()
}

#[cfg(test)]
mod tests {
    use super::is_suspicious;

    #[test]
    fn f44_what_is_suspicious() {
        for (total, doomed, expected) in [
            (0, 0, false),
            (1, 1, true),
            (5, 4, false),
            (20, 15, false),
            (20, 20, true),
            (30, 15, false),
            (30, 16, true),
            (1000, 501, true),
            (1000, 0, false),
        ] {
            assert_eq!(is_suspicious(total, doomed), expected, "{doomed} of {total}");
        }
    }
}
