//! Contacts by their ids.

use convoke_ews::operation::{BATCH, GetContacts};
use convoke_ews::{EwsError, Item, ItemRef};
use convoke_model::contact::Contact;

use super::addresses;
use super::batch::{self, Got};
use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// What became of contacts that were to be read.
#[derive(Debug, Default)]
pub(super) struct People {
    pub present: Vec<Contact>,
    pub gone: Vec<String>,
    /// Those that are there but can't be read, or not whole.
    pub unread: Vec<String>,
}

/// Reads contacts and distribution lists of a folder of that name. Other kinds of items are passed over.
pub(super) async fn read(
    mailbox: &Mailbox,
    meter: &Meter,
    folder_name: Option<&str>,
    items: &[ItemRef],
) -> Result<People, RoundError> {
    let mut people = People::default();
    let mut found = Vec::new();
    for part in items.chunks(BATCH) {
        for (id, got) in ask(mailbox, meter, folder_name, part).await? {
            match got {
                Got::Present(item) => found.push(item),
                Got::Gone => people.gone.push(id),
                // When nothing at all can be read, it is not the items.
                Got::Unreadable(error) if found.is_empty() && people.unread.len() >= BATCH => {
                    return Err(error);
                }
                Got::Unreadable(error) => {
                    tracing::info!(code = error.code(), "a contact can't be read");
                    people.unread.push(id);
                }
            }
        }
    }
    let legacy = found.iter().flat_map(Item::legacy_addresses);
    let known = addresses::look_up(mailbox, meter, legacy).await?;
    for item in found {
        if !item.legacy_addresses().iter().all(|address| known.is_asked(address)) {
            people.unread.push(item.reference().id.clone());
        }
        people.present.push(item.resolve(|address| known.mail_address(address)));
    }
    Ok(people)
}

/// A contact folder may hold a note or a message too, which makes the whole answer unreadable; then each is asked for
/// by itself.
async fn ask(
    mailbox: &Mailbox,
    meter: &Meter,
    folder_name: Option<&str>,
    part: &[ItemRef],
) -> Result<Vec<(String, Got<Contact>)>, RoundError> {
    let contacts = |items| GetContacts { items, folder_name: folder_name.map(str::to_owned) };
    let ids = |items: &[ItemRef]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    match batch::get(mailbox, meter, part, contacts).await {
        Err(error) if is_other_kind(&error) => {}
        outcome => return Ok(ids(part).into_iter().zip(outcome?).collect()),
    }
    let mut all = Vec::new();
    for item in part {
        let one = std::slice::from_ref(item);
        match batch::get(mailbox, meter, one, contacts).await {
            Err(error) if is_other_kind(&error) => {
                tracing::info!("an item of a contact folder is no contact")
            }
            outcome => all.extend(ids(one).into_iter().zip(outcome?)),
        }
    }
    Ok(all)
}

fn is_other_kind(error: &RoundError) -> bool {
    matches!(error, RoundError::Ews(EwsError::Missing { field: "Contact" }))
}
