//! One round of one contact folder.

use std::collections::HashSet;
use std::sync::Arc;

use convoke_graph::Link;
use convoke_graph::operation::{ContactsDelta, ListContacts};
use convoke_model::contact::Contact;
use convoke_model::record::ContactChange;
use convoke_store::CommitMode;

use super::fetch::fetch;
use super::mailbox::Mailbox;
use crate::contacts::{Folder, FolderRound, present};
use crate::error::RoundError;
use crate::meter::Meter;

/// What changed since the stored link; everything where there is none.
pub(crate) async fn fetch_folder(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    folder: &Folder,
    stored: Option<&str>,
) -> Result<FolderRound, RoundError> {
    match stored.and_then(|link| Link::checked(link, &mailbox.endpoint).ok()) {
        Some(link) => match delta(mailbox, meter, folder, Some(link)).await {
            Err(error) if error.starts_over() => all(mailbox, meter, folder).await,
            outcome => outcome,
        },
        None => all(mailbox, meter, folder).await,
    }
}

/// Everything in the folder: by delta, once more where its state got lost, else by the plain list.
async fn all(mailbox: &Arc<Mailbox>, meter: &Meter, folder: &Folder) -> Result<FolderRound, RoundError> {
    let mut outcome = delta(mailbox, meter, folder, None).await;
    if outcome.as_ref().is_err_and(RoundError::is_state_lost) {
        outcome = delta(mailbox, meter, folder, None).await;
    }
    match outcome {
        Err(error) if error.starts_over() => {
            let changes = present(plain(mailbox, meter, folder).await?);
            Ok(FolderRound { mode: CommitMode::Full, changes, cursor: None })
        }
        outcome => outcome,
    }
}

async fn delta(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    folder: &Folder,
    link: Option<Link>,
) -> Result<FolderRound, RoundError> {
    let mode = if link.is_some() { CommitMode::Incremental } else { CommitMode::Full };
    let first = ContactsDelta { folder_id: folder.id(), folder_name: folder.name(), link };
    let follow = |link| ContactsDelta { link: Some(link), ..first.clone() };
    let fetched = fetch::<_, ContactChange>(mailbox, meter, first.clone(), follow).await?;
    let cursor = fetched.delta_link.map(|link| link.as_str().to_owned());
    Ok(FolderRound { mode, changes: fetched.items, cursor })
}

/// The plain list of the folder.
async fn plain(mailbox: &Arc<Mailbox>, meter: &Meter, folder: &Folder) -> Result<Vec<Contact>, RoundError> {
    let first = ListContacts { folder_id: folder.id(), folder_name: folder.name(), link: None };
    let follow = |link| ListContacts { link: Some(link), ..first.clone() };
    Ok(fetch(mailbox, meter, first.clone(), follow).await?.items)
}

/// The plain list of the folder, if it still has any of the `doomed`, to verify a round by.
pub(crate) async fn listed_still(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    folder: &Folder,
    doomed: &HashSet<&str>,
) -> Result<Option<Vec<Contact>>, RoundError> {
    let list = plain(mailbox, meter, folder).await?;
    let has_any = list.iter().any(|contact| doomed.contains(contact.id.as_str()));
    Ok(has_any.then_some(list))
}
