//! One round of one calendar, whatever the protocol.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use convoke_model::record::EventDelta;
use convoke_model::window::TimeWindow;
use convoke_store::{Collection, CommitMode, Counts, EventCommit};

use crate::engine::{Shared, SyncRequest};
use crate::error::RoundError;
use crate::meter::Meter;
use crate::plausible;
use crate::route::Route;
use crate::window::WindowDays;
use crate::{ews, graph};

/// What a round is asked for.
pub(crate) struct Ask<'a> {
    pub calendar_id: &'a str,
    pub days: WindowDays,
    pub now: DateTime<Utc>,
    /// Where the last round ended, with its window; absent where everything is to be read.
    pub stored: Option<(String, TimeWindow)>,
}

impl Ask<'_> {
    /// The window of a round that reads all of it.
    pub(crate) fn window(&self) -> TimeWindow {
        self.days.to_ask(self.now)
    }

    /// Whether the window of the last round still serves.
    pub(crate) fn is_served_by(&self, window: TimeWindow) -> bool {
        self.days.is_served_by(window, self.now)
    }
}

/// A reconciled round that is not committed yet.
pub(crate) struct Round {
    pub window: TimeWindow,
    pub mode: CommitMode,
    pub delta: EventDelta,
    /// Where the next round goes on; `None`: it reads everything.
    pub link: Option<String>,
}

/// Fetches, verifies and commits one round.
pub(super) async fn sync(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    request: &SyncRequest,
) -> Result<Counts, RoundError> {
    let round = fetch(shared, meter, calendar_id, request).await?;
    commit(shared, meter, calendar_id, round).await
}

pub(super) async fn fetch(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    request: &SyncRequest,
) -> Result<Round, RoundError> {
    let stored = if request.full { None } else { stored(shared, calendar_id).await? };
    let ask = Ask { calendar_id, days: request.window, now: shared.clock.now(), stored };
    match &shared.route {
        Route::Graph(mailbox) => graph::fetch_round(mailbox, meter, &ask).await,
        Route::Ews(visit) => ews::fetch_round(&visit.mailbox, &shared.cache, meter, &ask).await,
    }
}

async fn stored(shared: &Shared, calendar_id: &str) -> Result<Option<(String, TimeWindow)>, RoundError> {
    let id = calendar_id.to_owned();
    let stored = shared.cache.read(move |reader| reader.cursor(Collection::Calendar(&id))).await?;
    Ok(stored.and_then(|cursor| cursor.link.zip(cursor.window)))
}

/// Verifies and commits a round, and reads the masters that are still missing.
pub(super) async fn commit(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    round: Round,
) -> Result<Counts, RoundError> {
    let round = plausible::events(shared, meter, calendar_id, round).await?;
    // What the masters complete is committed like a round of its own, without rows yet.
    let again = EventCommit {
        calendar_id: calendar_id.to_owned(),
        window: round.window,
        mode: CommitMode::Incremental,
        reconciled: EventDelta::default(),
        cursor: round.link,
        at: shared.clock.now(),
    };
    let commit = EventCommit {
        mode: round.mode,
        reconciled: round.delta,
        calendar_id: again.calendar_id.clone(),
        cursor: again.cursor.clone(),
        window: again.window,
        at: again.at,
    };
    let mut counts = shared.cache.write(move |writer| writer.commit_events(&commit)).await?;
    // Over EWS every event comes with content of its own.
    if let Route::Graph(mailbox) = &shared.route {
        counts += graph::complete(mailbox, &shared.cache, meter, again).await?;
    }
    Ok(counts)
}

/// The window read plainly once more as a full round without cursor, if it still has any of the `doomed`.
pub(crate) async fn listed_still(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
    doomed: &HashSet<&str>,
) -> Result<Option<Round>, RoundError> {
    match &shared.route {
        Route::Graph(mailbox) => graph::events_still(mailbox, meter, calendar_id, window, doomed).await,
        Route::Ews(visit) => {
            ews::events_still(&visit.mailbox, &shared.cache, meter, calendar_id, window, doomed).await
        }
    }
}
