//! One round of one calendar.

use convoke_graph::Link;
use convoke_graph::operation::{CalendarDelta, CalendarView};
use convoke_model::record::EventDelta;
use convoke_model::window::TimeWindow;
use convoke_store::{Collection, CommitMode, Counts, EventCommit};

use super::masters;
use crate::engine::{Shared, SyncRequest};
use crate::error::RoundError;
use crate::fetch::fetch;
use crate::meter::Meter;
use crate::plausible;
use crate::reconcile::reconcile;

/// A reconciled round that is not committed yet.
pub(crate) struct Round {
    pub window: TimeWindow,
    pub mode: CommitMode,
    pub delta: EventDelta,
    /// Where the next round goes on; `None`: it reads everything.
    pub link: Option<String>,
}

/// Fetches, verifies and commits one round, and reads the masters that are still missing.
pub(super) async fn sync(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    request: &SyncRequest,
) -> Result<Counts, RoundError> {
    let round = fetch_round(shared, meter, calendar_id, request).await?;
    let round = plausible::events(shared, meter, calendar_id, round).await?;
    // What the masters complete is committed like a round of its own, without rows yet.
    let again = EventCommit {
        calendar_id: calendar_id.to_owned(),
        window: round.window,
        mode: CommitMode::Incremental,
        reconciled: EventDelta::default(),
        cursor: round.link,
        at: shared.mailbox.clock.now(),
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
    counts += masters::complete(shared, meter, again).await?;
    Ok(counts)
}

async fn fetch_round(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    request: &SyncRequest,
) -> Result<Round, RoundError> {
    if let Some((link, window)) = cursor(shared, calendar_id, request).await? {
        match delta(shared, meter, CalendarDelta::Next(link), window, CommitMode::Incremental).await {
            Err(error) if starts_over(&error) => {
                tracing::info!(code = error.code(), "the calendar is read anew");
            }
            outcome => return outcome,
        }
    }
    full(shared, meter, calendar_id, request.window.to_ask(shared.mailbox.clock.now())).await
}

/// The stored link and its window, if they still serve.
async fn cursor(
    shared: &Shared,
    calendar_id: &str,
    request: &SyncRequest,
) -> Result<Option<(Link, TimeWindow)>, RoundError> {
    if request.full {
        return Ok(None);
    }
    let id = calendar_id.to_owned();
    let stored = shared.cache.read(move |reader| reader.cursor(Collection::Calendar(&id))).await?;
    let parts = stored.and_then(|cursor| cursor.link.zip(cursor.window));
    let now = shared.mailbox.clock.now();
    Ok(parts.filter(|(_, window)| request.window.is_served_by(*window, now)).and_then(|(link, window)| {
        // Another endpoint than when it was stored (another cloud, a test server): of no use.
        Link::checked(&link, &shared.mailbox.endpoint).ok().map(|link| (link, window))
    }))
}

/// Whether an incremental round that failed like this is worth a full one.
fn starts_over(error: &RoundError) -> bool {
    error.is_state_lost() || error.is_unsupported() || matches!(error, RoundError::Endless)
}

/// Everything in the window: by delta, else by the plain list (no cursor then).
async fn full(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
) -> Result<Round, RoundError> {
    let first = || CalendarDelta::First { calendar_id: calendar_id.to_owned(), window };
    let mut outcome = delta(shared, meter, first(), window, CommitMode::Full).await;
    if outcome.as_ref().is_err_and(RoundError::is_state_lost) {
        // Lost between two pages; the state that the new round begins is another one.
        outcome = delta(shared, meter, first(), window, CommitMode::Full).await;
    }
    match outcome {
        Err(error) if starts_over(&error) => {
            tracing::info!(code = error.code(), "the calendar is read without delta");
            plain(shared, meter, calendar_id, window).await
        }
        outcome => outcome,
    }
}

async fn delta(
    shared: &Shared,
    meter: &Meter,
    first: CalendarDelta,
    window: TimeWindow,
    mode: CommitMode,
) -> Result<Round, RoundError> {
    let fetched = fetch(&shared.mailbox, meter, first, CalendarDelta::Next).await?;
    let link = fetched.delta_link.map(|link| link.as_str().to_owned());
    Ok(Round { window, mode, delta: reconcile(fetched.items), link })
}

/// The plain list of the window, as a full round without cursor.
pub(crate) async fn plain(
    shared: &Shared,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
) -> Result<Round, RoundError> {
    let first = CalendarView::First { calendar_id: calendar_id.to_owned(), window };
    let fetched = fetch(&shared.mailbox, meter, first, CalendarView::Next).await?;
    let changes =
        fetched.items.into_iter().map(|event| convoke_model::record::EventChange::Full(Box::new(event)));
    Ok(Round { window, mode: CommitMode::Full, delta: reconcile(changes.collect()), link: None })
}
