//! Contacts by their ids.

use convoke_ews::operation::{BATCH, GetContacts, Outcome};
use convoke_ews::{EwsError, Item, ItemRef};
use convoke_model::contact::Contact;

use super::addresses;
use super::is_of_the_item;
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
    for batch in items.chunks(BATCH) {
        for outcome in ask(mailbox, meter, folder_name, batch).await? {
            match outcome {
                Outcome::Present(item) => found.push(item),
                Outcome::Gone { id } => people.gone.push(id),
                Outcome::Failed { id, refusal } => {
                    people.unread.push(id);
                    // When nothing at all can be read, it is not the items.
                    let is_all = found.is_empty() && people.unread.len() > BATCH;
                    if !is_of_the_item(&refusal) || is_all {
                        return Err(EwsError::Refused(Box::new(refusal)).into());
                    }
                    tracing::info!(code = refusal.code, "a contact can't be read");
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
    batch: &[ItemRef],
) -> Result<Vec<Outcome<Contact>>, RoundError> {
    let get = |items: &[ItemRef]| {
        let (items, folder_name) = (items.to_vec(), folder_name.map(str::to_owned));
        mailbox.ask(GetContacts { items, folder_name }, meter)
    };
    match get(batch).await {
        Err(error) if is_other_kind(&error) => {}
        outcome => return outcome,
    }
    let mut outcomes = Vec::new();
    for item in batch {
        match get(std::slice::from_ref(item)).await {
            Err(error) if is_other_kind(&error) => {
                tracing::info!("an item of a contact folder is no contact")
            }
            outcome => outcomes.extend(outcome?),
        }
    }
    Ok(outcomes)
}

fn is_other_kind(error: &RoundError) -> bool {
    matches!(error, RoundError::Ews(EwsError::Missing { field: "Contact" }))
}
