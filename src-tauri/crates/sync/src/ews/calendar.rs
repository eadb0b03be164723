//! One round of one calendar.
//!
//! `SyncFolderItems` names changed series, never their dates; so it only says that something changed, and a view of the
//! whole window says what there is. The state is taken before the view, so that what changes between them is seen
//! again in the next round. Days are padded for all-day events by the window itself (`window.rs`).

use std::collections::HashSet;

use convoke_ews::Folder;
use convoke_model::record::{EventDelta, EventRecord};
use convoke_model::window::TimeWindow;
use convoke_store::CommitMode;

use super::mailbox::Mailbox;
use super::position::{Position, Versions};
use super::view::Listed;
use super::{changes, details, view};
use crate::cache::Cache;
use crate::calendar::{Ask, Round};
use crate::error::RoundError;
use crate::meter::Meter;

/// What changed since the stored state; everything where there is none.
pub(crate) async fn fetch_round(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    ask: &Ask<'_>,
) -> Result<Round, RoundError> {
    let parsed = |(link, window): &(String, TimeWindow)| {
        Position::parse(link, mailbox.endpoint()).map(|position| (position, *window))
    };
    let Some((position, window)) = ask.stored.as_ref().and_then(parsed) else {
        return anew(mailbox, cache, meter, ask).await;
    };
    let folder = Folder::Id(ask.calendar_id.to_owned());
    match changes::read(mailbox, meter, &folder, Some(position.state.clone())).await {
        Ok(changes) => {
            if changes.items.is_empty() && ask.is_served_by(window) && !position.is_due(mailbox.now()) {
                let next = position.moved_to(changes.state);
                let (mode, delta) = (CommitMode::Incremental, EventDelta::default());
                return Ok(Round { window, mode, delta, link: next.to_link() });
            }
            let next = Position::new(mailbox.endpoint(), changes.state);
            update(mailbox, cache, meter, ask, &position.seen, next).await
        }
        Err(error) if error.starts_over() => {
            tracing::info!(code = error.code(), "the calendar is read anew");
            anew(mailbox, cache, meter, ask).await
        }
        Err(error) => Err(error),
    }
}

/// Everything in the window with all details, and the state that it begins with. A server that gives no state is read
/// without (no cursor then).
async fn anew(mailbox: &Mailbox, cache: &Cache, meter: &Meter, ask: &Ask<'_>) -> Result<Round, RoundError> {
    let folder = Folder::Id(ask.calendar_id.to_owned());
    let next = match changes::read(mailbox, meter, &folder, None).await {
        Ok(changes) => Some(Position::new(mailbox.endpoint(), changes.state)),
        Err(error) if error.starts_over() => {
            tracing::info!(code = error.code(), "the calendar is read without its changes");
            None
        }
        Err(error) => return Err(error),
    };
    let window = ask.window();
    let listed = view::read(mailbox, meter, ask.calendar_id, window).await?;
    let read = details::read(mailbox, cache, meter, listed.into_values().collect()).await?;
    let next = next.map(|next| next.with_seen(read.seen).with_again(read.again));
    Ok(Round { link: next.and_then(|next| next.to_link()), ..full(window, read.events) })
}

/// All that the window has, without cursor.
fn full(window: TimeWindow, events: Vec<EventRecord>) -> Round {
    let delta = EventDelta { events, ..EventDelta::default() };
    Round { window, mode: CommitMode::Full, delta, link: None }
}

/// The window as it is now: details only of what the cache does not have in this version. What it has and the window
/// no longer has is removed by name, so that the rest need not be read and told again.
async fn update(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    ask: &Ask<'_>,
    seen: &Versions,
    next: Position,
) -> Result<Round, RoundError> {
    let window = ask.window();
    let listed = view::read(mailbox, meter, ask.calendar_id, window).await?;
    let id = ask.calendar_id.to_owned();
    let cached: HashSet<String> =
        cache.read(move |reader| reader.meeting_ids(&id)).await?.into_iter().collect();
    let (kept, wanted): (Vec<Listed>, Vec<Listed>) =
        listed.into_values().partition(|one| seen.has(&one.item) && cached.contains(&one.event.id));
    let read = details::read(mailbox, cache, meter, wanted).await?;
    let kept_ids = kept.iter().map(|one| one.event.id.as_str());
    let present: HashSet<&str> = kept_ids.chain(read.events.iter().map(|event| event.id.as_str())).collect();
    let removed = cached.iter().filter(|id| !present.contains(id.as_str())).cloned().collect();
    let mut seen = read.seen;
    kept.iter().for_each(|one| seen.add(&one.item));
    let delta = EventDelta { removed, events: read.events, ..EventDelta::default() };
    let link = next.with_seen(seen).with_again(read.again).to_link();
    Ok(Round { window, mode: CommitMode::Incremental, delta, link })
}

/// The window once more, if it still has any of the `doomed`, to verify a round by.
pub(crate) async fn listed_still(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    calendar_id: &str,
    window: TimeWindow,
    doomed: &HashSet<&str>,
) -> Result<Option<Round>, RoundError> {
    let listed = view::read(mailbox, meter, calendar_id, window).await?;
    if !listed.keys().any(|id| doomed.contains(id.as_str())) {
        return Ok(None);
    }
    let read = details::read(mailbox, cache, meter, listed.into_values().collect()).await?;
    Ok(Some(full(window, read.events)))
}
