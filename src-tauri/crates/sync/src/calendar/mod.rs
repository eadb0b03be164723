//! All calendars of the mailbox.

mod list;
mod masters;
mod round;

use convoke_store::Counts;
use futures_util::future::join_all;

use crate::engine::{Shared, SyncRequest};
use crate::error::RoundError;
use crate::meter::Meter;

pub(crate) use round::{Round, plain};

/// One round of the list of calendars, then of every calendar, side by side. What fails in one calendar leaves
/// the others alone.
pub(crate) async fn sync(shared: &Shared, meter: &Meter, request: &SyncRequest) -> (Counts, Vec<RoundError>) {
    let calendars = match list::refresh(shared, meter).await {
        Ok(calendars) => calendars,
        Err(error) => return (Counts::default(), vec![error]),
    };
    let rounds = calendars.iter().map(|calendar| round::sync(shared, meter, &calendar.id, request));
    let mut counts = Counts::default();
    let mut errors = Vec::new();
    for outcome in join_all(rounds).await {
        match outcome {
            Ok(changed) => counts += changed,
            Err(error) => errors.push(error),
        }
    }
    (counts, errors)
}
