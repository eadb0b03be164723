//! `CreateItem` with an answer to an invitation (sources: `AcceptItem`, `TentativelyAcceptItem`, `DeclineItem`,
//! `ResponseCode`). Nothing else is created here.

use super::call::Call;
use super::items::{CalendarItem, Item, Reading, Rendering, resolve};
use super::soap::{Message, Problem};
use crate::mutate::events;
use crate::world::event::Instance;
use crate::xml::{Element, Node, element};

/// What can be answered.
struct Answer {
    /// The answer in the words of the world.
    response: &'static str,
    /// The end of the response codes about it.
    code: &'static str,
    /// The operation's name in the code for what is no calendar item.
    item: &'static str,
}

fn answer(name: &str) -> Option<Answer> {
    let (response, code, item) = match name {
        "AcceptItem" => ("accepted", "Accept", "AcceptItem"),
        "TentativelyAcceptItem" => ("tentativelyAccepted", "Tentative", "Tentative"),
        "DeclineItem" => ("declined", "Decline", "DeclineItem"),
        _ => return None,
    };
    Some(Answer { response, code, item })
}

/// Answers each item of the request.
pub fn create(call: &Call<'_>) -> Vec<Message> {
    call.each("Items", |node| {
        let answer = answer(&node.name).ok_or_else(|| Problem::not_simulated("the creation of items"))?;
        if call.body.attribute("MessageDisposition").is_none() {
            let text = "MessageDisposition must be specified for response objects.";
            return Err(Problem::new("ErrorMessageDispositionRequired", text));
        }
        let (key, date) = referred(call, node, &answer)?;
        let mut world = call.state.world_mut();
        let mailbox = &mut world.mailboxes[call.user];
        match (date, answer.response) {
            (None, "declined") => events::delete(mailbox, key),
            (Some(date), "declined") => events::delete_date(mailbox, key, date),
            (date, response) => events::respond(mailbox, key, date, response),
        }
        drop(world);
        Ok(vec![element("m:Items").children(left(call, key, date))])
    })
}

type Reference = (u64, Option<chrono::NaiveDate>);

/// The event that the answer is about, if it may be answered in the state that the client knows.
fn referred(call: &Call<'_>, node: &Node, answer: &Answer) -> Result<Reference, Problem> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Get);
    let reference = node
        .child("ReferenceItemId")
        .ok_or_else(|| Problem::new("ErrorInvalidReferenceItem", "The reference item id is missing."))?;
    let item = resolve(how.mailbox, reference)?;
    let Item::Calendar(CalendarItem(instance)) = item else {
        let code = format!("ErrorInvalidItemForOperation{}", answer.item);
        return Err(Problem::new(code, "The item is no meeting."));
    };
    let known = reference.attribute("ChangeKey").filter(|key| !key.is_empty());
    let known = known.ok_or_else(|| {
        Problem::new("ErrorChangeKeyRequired", "The operation needs the change key of the item.")
    })?;
    if known != item.change_key() {
        let text = "The send or update operation could not be performed because the change key passed in the request \
                    does not match the current change key for the item.";
        return Err(Problem::new("ErrorIrresolvableConflict", text));
    }
    may_be_answered(&instance, answer)?;
    Ok((instance.event.key, instance.date))
}

fn may_be_answered(instance: &Instance<'_>, answer: &Answer) -> Result<(), Problem> {
    let problem =
        |kind: &str, text: &str| Err(Problem::new(format!("ErrorCalendar{kind}{}", answer.code), text));
    if instance.content.is_organizer {
        return problem("IsOrganizerFor", "The organizer of a meeting cannot answer its invitation.");
    }
    if instance.content.cancelled {
        return problem("IsCancelledFor", "The meeting is cancelled.");
    }
    Ok(())
}

/// What is left in the calendar, with its new change key; nothing after a refusal.
fn left(call: &Call<'_>, key: u64, date: Option<chrono::NaiveDate>) -> Option<Element> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Get);
    let event = how.mailbox.events.get(&key).filter(|event| event.gone.is_none())?;
    let item = match date {
        None => CalendarItem::whole(event),
        Some(date) => CalendarItem(event.instance_on(date)?),
    };
    Some(element("t:CalendarItem").child(Item::Calendar(item).id(&how)))
}
