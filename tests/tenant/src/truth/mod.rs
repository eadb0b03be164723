//! What a correct client must show, computed from the world alone.
//!
//! Where a mailbox is decides what can be known of it: through a company's own server a client sees other ids, Windows'
//! zones, no shared calendars, no numbers to dial, no colours.
//!
//! Rules: nothing of [`crate::graph`] or [`crate::ews`] is used here, so that a mistake on the wire cannot hide; the JSON is that of
//! `convokectl agenda --json` and `convokectl contacts --json`.

mod agenda;
mod contacts;

pub use agenda::agenda;
pub use contacts::contacts;

use serde_json::Value;

use crate::world::{Mailbox, MailboxData, World};

/// The mailbox of a user, and whether it is on premises; nothing where there is none.
fn mailbox_of(world: &World, user: usize) -> Option<(&MailboxData, bool)> {
    let place = world.users.get(user)?.mailbox;
    (place != Mailbox::None).then(|| (&world.mailboxes[user], place == Mailbox::OnPremises))
}

/// A text, or null where it is empty.
fn text(value: &str) -> Value {
    if value.is_empty() { Value::Null } else { value.into() }
}
