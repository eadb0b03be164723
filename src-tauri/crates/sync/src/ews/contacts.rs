//! One round of one contact folder.

use std::collections::HashSet;

use convoke_ews::operation::ListContacts;
use convoke_ews::{Folder as EwsFolder, ItemRef};
use convoke_model::contact::Contact;
use convoke_model::record::ContactChange;
use convoke_store::CommitMode;

use super::changes::{self, Changes};
use super::mailbox::Mailbox;
use super::people::{self, People};
use super::position::Position;
use crate::cache::Cache;
use crate::contacts::{Folder, FolderRound, present};
use crate::error::RoundError;
use crate::meter::Meter;

/// Pages of a plain list at most.
const MOST_PAGES: usize = 1_000;

/// Contacts that are tried again in the next round at most.
const MOST_UNREAD: usize = 200;

/// What changed since the stored state; everything where there is none.
pub(crate) async fn fetch_folder(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    folder: &Folder,
    stored: Option<&str>,
) -> Result<FolderRound, RoundError> {
    if let Some(position) = stored.and_then(|link| Position::parse(link, mailbox.endpoint())) {
        match changes::read(mailbox, meter, &asked(folder), Some(position.state)).await {
            Ok(changes) => return some(mailbox, meter, folder, changes, position.unread).await,
            Err(error) if error.starts_over() => {
                tracing::info!(code = error.code(), "the contact folder is read anew");
            }
            Err(error) => return Err(error),
        }
    }
    all(mailbox, cache, meter, folder).await
}

fn asked(folder: &Folder) -> EwsFolder {
    folder.id().map_or(EwsFolder::Contacts, EwsFolder::Id)
}

/// The changes, and what could not be read before.
async fn some(
    mailbox: &Mailbox,
    meter: &Meter,
    folder: &Folder,
    mut changes: Changes,
    unread: Vec<String>,
) -> Result<FolderRound, RoundError> {
    for id in unread {
        changes.items.entry(id.clone()).or_insert(Some(ItemRef { id, change_key: None }));
    }
    let gone = changes.items.iter().filter(|(_, item)| item.is_none()).map(|(id, _)| id.clone());
    let gone: Vec<String> = gone.collect();
    let items: Vec<ItemRef> = changes.items.into_values().flatten().collect();
    let people = people::read(mailbox, meter, folder.name().as_deref(), &items).await?;
    let removed = gone.into_iter().chain(people.gone).map(|id| ContactChange::Removed { id });
    let changes_of = removed.chain(present(people.present)).collect();
    let cursor = position(mailbox, changes.state, people.unread);
    Ok(FolderRound { mode: CommitMode::Incremental, changes: changes_of, cursor })
}

/// Everything in the folder, and the state that it begins with. A server that gives no state is read by the plain list
/// (no cursor then).
async fn all(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    folder: &Folder,
) -> Result<FolderRound, RoundError> {
    let (items, state) = match changes::read(mailbox, meter, &asked(folder), None).await {
        Ok(changes) => (changes.items.into_values().flatten().collect(), Some(changes.state)),
        Err(error) if error.starts_over() => {
            tracing::info!(code = error.code(), "the contact folder is read without its changes");
            (list(mailbox, meter, folder).await?, None)
        }
        Err(error) => return Err(error),
    };
    let people = people::read(mailbox, meter, folder.name().as_deref(), &items).await?;
    let cursor = state.and_then(|state| position(mailbox, state, people.unread.clone()));
    let changes = present(with_cached(cache, people).await?);
    Ok(FolderRound { mode: CommitMode::Full, changes, cursor })
}

fn position(mailbox: &Mailbox, state: String, mut unread: Vec<String>) -> Option<String> {
    unread.truncate(MOST_UNREAD);
    Position::new(mailbox.endpoint(), state).with_unread(unread).to_link()
}

/// What was read; of those that could not be, what the cache has: a full round would delete it.
async fn with_cached(cache: &Cache, people: People) -> Result<Vec<Contact>, RoundError> {
    let known: HashSet<String> = people.present.iter().map(|contact| contact.id.clone()).collect();
    let missing: Vec<String> = people.unread.into_iter().filter(|id| !known.contains(id)).collect();
    let cached =
        cache.read(move |reader| missing.iter().map(|id| reader.contact(id)).collect::<Result<Vec<_>, _>>());
    Ok(people.present.into_iter().chain(cached.await?.into_iter().flatten()).collect())
}

/// The ids of the plain list.
async fn list(mailbox: &Mailbox, meter: &Meter, folder: &Folder) -> Result<Vec<ItemRef>, RoundError> {
    let mut items = Vec::new();
    let mut offset = 0;
    for _ in 0..MOST_PAGES {
        let page = mailbox.ask(ListContacts { folder: asked(folder), offset }, meter).await?;
        items.extend(page.items);
        match page.next {
            Some(next) => offset = next,
            None => return Ok(items),
        }
    }
    Err(RoundError::Endless)
}

/// The folder's contacts by the plain list, if it still has any of the `doomed`, to verify a round by.
pub(crate) async fn listed_still(
    mailbox: &Mailbox,
    cache: &Cache,
    meter: &Meter,
    folder: &Folder,
    doomed: &HashSet<&str>,
) -> Result<Option<Vec<Contact>>, RoundError> {
    let items = list(mailbox, meter, folder).await?;
    if !items.iter().any(|item| doomed.contains(item.id.as_str())) {
        return Ok(None);
    }
    let people = people::read(mailbox, meter, folder.name().as_deref(), &items).await?;
    Ok(Some(with_cached(cache, people).await?))
}
