//! Answers to invitations (source: "event: accept", "decline", "tentativelyAccept").

use serde_json::Value;

use super::Graph;
use super::call::Call;
use super::events::find;
use super::reply::{Failure, Reply};
use crate::mutate;

/// Answers an invitation. The organizer cannot; who declines loses the event.
pub fn to_event(
    graph: &Graph,
    call: &Call,
    user: usize,
    id: &str,
    answer: &'static str,
) -> Result<Reply, Failure> {
    let mut world = graph.shared.world_mut();
    let (event, read) = find(&world.mailboxes[user], id)?;
    let (key, is_organizer) = (event.key, event.content.is_organizer);
    if is_organizer {
        let message = "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.";
        return Err(Failure::new(400, "ErrorInvalidRequest", message));
    }
    let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    if !body["proposedNewTime"].is_null() && body["sendResponse"] == false {
        return Err(Failure::new(400, "ErrorInvalidRequest", "A proposed time needs a response to be sent."));
    }
    let mailbox = &mut world.mailboxes[user];
    match (read.date, answer) {
        (None, "declined") => mutate::events::delete(mailbox, key),
        (Some(date), "declined") => mutate::events::delete_date(mailbox, key, date),
        (date, _) => mutate::events::respond(mailbox, key, date, answer),
    }
    Ok(Reply::empty(202))
}
