//! All calendars of the mailbox.

mod list;
mod round;

use convoke_model::record::CalendarRecord;
use convoke_model::service::Service;
use convoke_store::Counts;
use futures_util::future::join_all;

use crate::engine::{Shared, SyncRequest};
use crate::error::RoundError;
use crate::meter::Meter;
use crate::route;

pub(crate) use round::{Ask, Round, listed_still};

/// One round of the list of calendars, then of every calendar, side by side. What fails in one calendar leaves
/// the others alone.
pub(crate) async fn sync(shared: &Shared, meter: &Meter, request: &SyncRequest) -> (Counts, Vec<RoundError>) {
    match begin(shared, meter).await {
        Ok((calendars, false)) => {
            let rounds = calendars.iter().map(|calendar| round::sync(shared, meter, &calendar.id, request));
            sum(join_all(rounds).await)
        }
        Ok((calendars, true)) => replace(shared, meter, request, calendars).await,
        Err(error) => (Counts::default(), vec![error]),
    }
}

/// The calendars, taken over unless the cached ones came by another route or are another mailbox's.
async fn begin(shared: &Shared, meter: &Meter) -> Result<(Vec<CalendarRecord>, bool), RoundError> {
    let calendars = list::read(shared, meter).await?;
    let is_new = route::is_new(&shared.route, &shared.cache, Service::Calendar).await?
        || list::is_of_another_mailbox(shared, &calendars).await?;
    if !is_new {
        list::take_over(shared, calendars.clone()).await?;
        route::note(&shared.route, &shared.cache, Service::Calendar).await?;
    }
    Ok((calendars, is_new))
}

/// Puts the calendars of a new route in the place of the old one's, once the default one can be read and the others can
/// or never will: until then people keep what they have, and never see a meeting twice.
async fn replace(
    shared: &Shared,
    meter: &Meter,
    request: &SyncRequest,
    calendars: Vec<CalendarRecord>,
) -> (Counts, Vec<RoundError>) {
    let request = SyncRequest { full: true, ..request.clone() };
    let rounds = calendars.iter().map(|calendar| round::fetch(shared, meter, &calendar.id, &request));
    let rounds = join_all(rounds).await;
    let main = calendars.iter().position(|calendar| calendar.is_default).unwrap_or_default();
    let passes = |round: &Result<_, RoundError>| round.as_ref().is_err_and(|e| !e.is_of_one_collection());
    if rounds.get(main).is_none_or(Result::is_err) || rounds.iter().any(passes) {
        return (Counts::default(), rounds.into_iter().filter_map(Result::err).collect());
    }
    if let Err(error) = list::replace(shared, calendars.clone()).await {
        return (Counts::default(), vec![error]);
    }
    let mut outcomes = Vec::new();
    for (calendar, round) in calendars.iter().zip(rounds) {
        outcomes.push(match round {
            Ok(round) => round::commit(shared, meter, &calendar.id, round).await,
            Err(error) => Err(error),
        });
    }
    sum(outcomes)
}

fn sum(outcomes: Vec<Result<Counts, RoundError>>) -> (Counts, Vec<RoundError>) {
    let mut counts = Counts::default();
    let mut errors = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(changed) => counts += changed,
            Err(error) => errors.push(error),
        }
    }
    (counts, errors)
}
