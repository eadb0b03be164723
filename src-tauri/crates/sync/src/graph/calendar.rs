//! One round of one calendar, and the list of calendars.

use std::collections::HashSet;
use std::sync::Arc;

use convoke_graph::Link;
use convoke_graph::operation::{CalendarDelta, CalendarView, ListCalendars};
use convoke_model::record::{CalendarRecord, EventChange};
use convoke_model::window::TimeWindow;
use convoke_store::CommitMode;

use super::fetch::fetch;
use super::mailbox::Mailbox;
use crate::calendar::{Ask, Round};
use crate::error::RoundError;
use crate::meter::Meter;
use crate::reconcile::reconcile;

/// The calendars as the server lists them.
pub(crate) async fn list_calendars(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
) -> Result<Vec<CalendarRecord>, RoundError> {
    Ok(fetch(mailbox, meter, ListCalendars::First, ListCalendars::Next).await?.items)
}

/// What changed since the stored link; everything where there is none.
pub(crate) async fn fetch_round(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    ask: &Ask<'_>,
) -> Result<Round, RoundError> {
    if let Some((link, window)) = stored(mailbox, ask) {
        match delta(mailbox, meter, CalendarDelta::Next(link), window, CommitMode::Incremental).await {
            Err(error) if error.starts_over() => {
                tracing::info!(code = error.code(), "the calendar is read anew");
            }
            outcome => return outcome,
        }
    }
    full(mailbox, meter, ask.calendar_id, ask.window()).await
}

/// The stored link and its window, if they still serve.
fn stored(mailbox: &Mailbox, ask: &Ask<'_>) -> Option<(Link, TimeWindow)> {
    let (link, window) = ask.stored.as_ref().filter(|(_, window)| ask.is_served_by(*window))?;
    // Another endpoint than when it was stored (another cloud, a test server), or no link of Graph at all.
    Link::checked(link, &mailbox.endpoint).ok().map(|link| (link, *window))
}

/// Everything in the window: by delta, else by the plain list (no cursor then).
async fn full(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
) -> Result<Round, RoundError> {
    let first = || CalendarDelta::First { calendar_id: calendar_id.to_owned(), window };
    let mut outcome = delta(mailbox, meter, first(), window, CommitMode::Full).await;
    if outcome.as_ref().is_err_and(RoundError::is_state_lost) {
        // Lost between two pages; the state that the new round begins is another one.
        outcome = delta(mailbox, meter, first(), window, CommitMode::Full).await;
    }
    match outcome {
        Err(error) if error.starts_over() => {
            tracing::info!(code = error.code(), "the calendar is read without delta");
            plain(mailbox, meter, calendar_id, window).await
        }
        outcome => outcome,
    }
}

async fn delta(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    first: CalendarDelta,
    window: TimeWindow,
    mode: CommitMode,
) -> Result<Round, RoundError> {
    let fetched = fetch(mailbox, meter, first, CalendarDelta::Next).await?;
    let link = fetched.delta_link.map(|link| link.as_str().to_owned());
    Ok(Round { window, mode, delta: reconcile(fetched.items), link })
}

/// The plain list of the window, as a full round without cursor.
async fn plain(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
) -> Result<Round, RoundError> {
    let first = CalendarView::First { calendar_id: calendar_id.to_owned(), window };
    let fetched = fetch(mailbox, meter, first, CalendarView::Next).await?;
    let changes = fetched.items.into_iter().map(|event| EventChange::Full(Box::new(event)));
    Ok(Round { window, mode: CommitMode::Full, delta: reconcile(changes.collect()), link: None })
}

/// The plain list of the window, if it still has any of the `doomed`, to verify a round by.
pub(crate) async fn listed_still(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
    doomed: &HashSet<&str>,
) -> Result<Option<Round>, RoundError> {
    let list = plain(mailbox, meter, calendar_id, window).await?;
    let has_any = list.delta.events.iter().any(|event| doomed.contains(event.id.as_str()));
    Ok(has_any.then_some(list))
}
