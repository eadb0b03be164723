//! `GetItem` of a batch, so that an item that can't be read hides no other.

use convoke_ews::operation::Outcome;
use convoke_ews::{EwsError, Item, ItemRef, Operation, Refusal, RefusalKind};

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// What became of an item.
pub(super) enum Got<T> {
    Present(Item<T>),
    Gone,
    /// It is there, but damaged, protected, or more by itself than is read at once.
    Unreadable(RoundError),
}

/// The items, at most [`BATCH`](convoke_ews::operation::BATCH), in their order. Where the answer is more than is read
/// at once, fewer are asked for.
pub(super) async fn get<O, T>(
    mailbox: &Mailbox,
    meter: &Meter,
    items: &[ItemRef],
    operation: impl Fn(Vec<ItemRef>) -> O,
) -> Result<Vec<Got<T>>, RoundError>
where
    O: Operation<Response = Vec<Outcome<T>>> + Send + Sync + 'static,
    T: Send + 'static,
{
    let mut all = Vec::with_capacity(items.len());
    // The part that is next comes last.
    let mut parts = vec![items];
    while let Some(part) = parts.pop() {
        match mailbox.ask(operation(part.to_vec()), meter).await {
            Ok(outcomes) => {
                for outcome in outcomes {
                    all.push(got(outcome)?);
                }
            }
            Err(error) if !error.is_too_large() => return Err(error),
            Err(error) if part.len() == 1 => all.push(Got::Unreadable(error)),
            Err(_) => {
                let (first, second) = part.split_at(part.len() / 2);
                parts.extend([second, first]);
            }
        }
    }
    Ok(all)
}

fn got<T>(outcome: Outcome<T>) -> Result<Got<T>, RoundError> {
    match outcome {
        Outcome::Present(item) => Ok(Got::Present(item)),
        Outcome::Gone { .. } => Ok(Got::Gone),
        Outcome::Failed { refusal, .. } => {
            let is_of_the_item = is_of_the_item(&refusal);
            let error = EwsError::Refused(Box::new(refusal)).into();
            if is_of_the_item { Ok(Got::Unreadable(error)) } else { Err(error) }
        }
    }
}

/// Whether an item alone can't be read (it is damaged, or protected), and not the mailbox at this time. Exchange
/// answers `ErrorInternalServerError` for damaged ones too.
fn is_of_the_item(refusal: &Refusal) -> bool {
    let kind = matches!(refusal.kind, RefusalKind::Other | RefusalKind::AccessDenied);
    kind || refusal.code == "ErrorInternalServerError"
}
