//! The list of calendars.

use std::collections::HashSet;

use convoke_model::record::CalendarRecord;
use convoke_model::service::Service;

use crate::engine::Shared;
use crate::error::RoundError;
use crate::graph;
use crate::meter::Meter;
use crate::route::{self, Route};

/// Reads the list from the server, each calendar once.
pub(super) async fn read(shared: &Shared, meter: &Meter) -> Result<Vec<CalendarRecord>, RoundError> {
    let mut listed = match &shared.route {
        Route::Graph(mailbox) => graph::list_calendars(mailbox, meter).await?,
        Route::Ews(visit) => visit.calendars(meter).await?,
    };
    let mut seen = HashSet::new();
    listed.retain(|calendar| seen.insert(calendar.id.clone()));
    if listed.is_empty() {
        return Err(RoundError::NoCalendars);
    }
    Ok(listed)
}

/// Takes the list over: calendars that vanished go, and those that came back under another id keep their meetings.
pub(super) async fn take_over(shared: &Shared, listed: Vec<CalendarRecord>) -> Result<(), RoundError> {
    let stored = shared.cache.read(|reader| reader.calendars()).await?;
    if stored == listed {
        return Ok(());
    }
    let renamed = renamed(&stored, &listed);
    let taken_over = shared.cache.write(move |writer| {
        for (old, new) in &renamed {
            writer.rename_calendar(old, new)?;
        }
        writer.put_calendars(&listed)
    });
    taken_over.await
}

/// Whether the cached calendars are those of a mailbox that is not there any more: it moved away and came back since,
/// with new ids for everything. A default calendar has one id for the mailbox's life.
pub(super) async fn is_of_another_mailbox(
    shared: &Shared,
    listed: &[CalendarRecord],
) -> Result<bool, RoundError> {
    let stored = shared.cache.read(|reader| reader.calendars()).await?;
    let known = stored.iter().find(|calendar| calendar.is_default);
    Ok(known.is_some_and(|known| !listed.iter().any(|calendar| calendar.id == known.id)))
}

/// Puts the list in the place of the calendars of another route, whose rows go without a note in the change log.
pub(super) async fn replace(shared: &Shared, listed: Vec<CalendarRecord>) -> Result<(), RoundError> {
    let replaced = shared.cache.write(move |writer| {
        // Ids of the two routes may be the same, but nothing in them is.
        writer.put_calendars(&[])?;
        writer.put_calendars(&listed)
    });
    replaced.await?;
    route::note(&shared.route, &shared.cache, Service::Calendar).await
}

/// Old and new ids of calendars that are the same by being the default one, or by name and owner. Ids of calendars
/// have been seen to change (microsoft-graph-docs#11296).
fn renamed(stored: &[CalendarRecord], listed: &[CalendarRecord]) -> Vec<(String, String)> {
    let gone = only_in(stored, listed);
    let fresh = only_in(listed, stored);
    let mut renamed = Vec::new();
    for old in &gone {
        let same: Vec<_> = fresh.iter().filter(|new| is_same(old, new)).collect();
        let rivals = gone.iter().filter(|other| same.first().is_some_and(|new| is_same(other, new))).count();
        if let ([new], 1) = (same.as_slice(), rivals) {
            renamed.push((old.id.clone(), new.id.clone()));
        }
    }
    renamed
}

fn only_in<'a>(these: &'a [CalendarRecord], those: &[CalendarRecord]) -> Vec<&'a CalendarRecord> {
    these.iter().filter(|this| !those.iter().any(|that| that.id == this.id)).collect()
}

fn is_same(old: &CalendarRecord, new: &CalendarRecord) -> bool {
    if old.is_default || new.is_default {
        return old.is_default && new.is_default;
    }
    old.name == new.name && old.owner == new.owner
}

#[cfg(test)]
mod tests {
    use super::renamed;
    use convoke_model::record::CalendarRecord;

    fn calendar(id: &str, name: &str, owner: &str, is_default: bool) -> CalendarRecord {
        CalendarRecord {
            id: id.to_owned(),
            name: name.to_owned(),
            colour: None,
            is_default,
            owner: Some(owner.to_owned()),
        }
    }

    fn check(stored: &[CalendarRecord], listed: &[CalendarRecord], expected: &[(&str, &str)]) {
        let found = renamed(stored, listed);
        let found: Vec<_> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn calendars_that_changed_their_id() {
        let (a, b) = (calendar("A", "Calendar", "me", true), calendar("B", "Team", "boss", false));
        check(&[a.clone(), b.clone()], &[calendar("A2", "Kalender", "me", true), b.clone()], &[("A", "A2")]);
        check(&[a.clone(), b.clone()], &[a.clone(), calendar("B2", "Team", "boss", false)], &[("B", "B2")]);
        check(&[a.clone(), b.clone()], &[a.clone(), calendar("B2", "Team", "other", false)], &[]);
        check(&[a.clone(), b.clone()], &[a.clone(), b.clone(), calendar("B2", "Team", "boss", false)], &[]);
        // Two of the same name: which one is which can't be told.
        let two = [calendar("B2", "Team", "boss", false), calendar("B3", "Team", "boss", false)];
        check(std::slice::from_ref(&b), &two, &[]);
        check(&two, &[b], &[]);
        check(&[], &[a], &[]);
    }
}
