//! Contacts of a folder.

use super::call::Call;
use super::contact_json::contact_value;
use super::prefer::Prefer;
use super::reply::{Failure, Reply};
use super::{Graph, lists, view};
use crate::world::MailboxData;
use crate::world::contact::Contact;
use crate::world::id::Kind;

/// A page of a folder's contacts.
pub fn list(graph: &Graph, call: &Call, user: usize, folder: Option<&str>) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let folder = lists::find_folder(mailbox, folder)?;
    let mut found: Vec<&Contact> =
        mailbox.live_contacts().filter(|contact| contact.folder == folder).collect();
    if call.query.get("orderby").is_some_and(|order| order.starts_with("displayName")) {
        found.sort_by(|left, right| left.card.name.cmp(&right.card.name));
    }
    let context = format!("{}/$metadata#me/contacts", graph.shared.urls.graph());
    let made = world.options.now;
    Ok(view::page(graph, call, &prefer, &context, &found, |contact| {
        contact_value(mailbox, &prefer, contact, made)
    }))
}

/// One contact.
pub fn one(graph: &Graph, call: &Call, user: usize, id: &str) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let contact = find(mailbox, id)?;
    let value = contact_value(mailbox, &prefer, contact, world.options.now);
    Ok(Reply::json(view::selected(value, call.query.get("select"))).honouring(&prefer))
}

/// The contact of an id. An id that is not immutable is lost when the contact moves.
pub fn find<'a>(mailbox: &'a MailboxData, id: &str) -> Result<&'a Contact, Failure> {
    let read =
        mailbox.ids.read(id).filter(|read| read.kind == Kind::Contact).ok_or_else(Failure::malformed_id)?;
    let contact = mailbox.contacts.get(&read.key).filter(|contact| contact.gone.is_none());
    let current = contact.filter(|contact| read.moves.is_none() || mailbox.contact_id(contact, false) == id);
    current.ok_or_else(Failure::item_not_found)
}
