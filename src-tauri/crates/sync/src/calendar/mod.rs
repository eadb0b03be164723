//! All calendars of the mailbox.

mod list;
mod round;

use convoke_store::Counts;
use futures_util::future::join_all;

use crate::engine::{Shared, SyncRequest};
use crate::error::RoundError;
use crate::meter::Meter;

pub(crate) use round::{Ask, Round, plain};

/// One round of the list of calendars, then of every calendar, side by side. What fails in one calendar leaves
/// the others alone.
pub(crate) async fn sync(shared: &Shared, meter: &Meter, request: &SyncRequest) -> (Counts, Vec<RoundError>) {
    let calendars = match list::read(shared, meter).await {
        Ok(calendars) => calendars,
        Err(error) => return (Counts::default(), vec![error]),
    };
    if let Err(error) = list::take_over(shared, calendars.clone()).await {
        return (Counts::default(), vec![error]);
    }
    let rounds = calendars.iter().map(|calendar| round::sync(shared, meter, &calendar.id, request));
    sum(join_all(rounds).await)
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
