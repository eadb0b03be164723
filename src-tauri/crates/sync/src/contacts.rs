//! All contact folders of the mailbox.

mod folders;

use std::collections::HashSet;

use convoke_graph::Link;
use convoke_graph::operation::{ContactsDelta, ListContacts};
use convoke_model::record::{ContactChange, ContactFolderRecord};
use convoke_store::{Collection, CommitMode, ContactCommit, Counts};
use futures_util::future::join_all;

use crate::engine::Shared;
use crate::error::RoundError;
use crate::fetch::fetch;
use crate::meter::Meter;
use crate::plausible;

/// One round of every folder. All are fetched side by side and then committed one after the other, so that a
/// contact that moved is seen in its new folder before it is missed in the old one.
pub(crate) async fn sync(shared: &Shared, meter: &Meter, full: bool) -> (Counts, Vec<RoundError>) {
    let mut errors = Vec::new();
    // The default folder needs no list; what is in the cache serves where the list can't be read.
    let (default, listed) = tokio::join!(round(shared, meter, None, full), folders::list(shared, meter));
    let (named, is_listed) = match listed {
        Ok(folders) => (folders, true),
        Err(error) => {
            errors.push(error);
            (shared.cache.read(|reader| reader.contact_folders()).await.unwrap_or_default(), false)
        }
    };
    let rounds = join_all(named.iter().map(|folder| round(shared, meter, Some(folder), full))).await;
    let mut commits = Vec::new();
    for outcome in std::iter::once(default).chain(rounds) {
        match outcome {
            Ok(commit) => commits.push(commit),
            Err(error) => errors.push(error),
        }
    }
    keep_moved(&mut commits);
    let mut counts = Counts::default();
    for commit in commits {
        match verify_and_commit(shared, meter, commit).await {
            Ok(changed) => counts += changed,
            Err(error) => errors.push(error),
        }
    }
    // Last, and only when all is well: what lay in a folder that vanished may have been committed elsewhere.
    if is_listed && errors.is_empty() {
        let put = shared.cache.write(move |writer| writer.put_contact_folders(&named)).await;
        errors.extend(put.err());
    }
    (counts, errors)
}

async fn verify_and_commit(
    shared: &Shared,
    meter: &Meter,
    commit: ContactCommit,
) -> Result<Counts, RoundError> {
    let commit = plausible::contacts(shared, meter, commit).await?;
    shared.cache.write(move |writer| writer.commit_contacts(&commit)).await
}

/// A contact that moved is removed from one folder and present in another: only the second counts. One that two
/// folders claim (servers that list the default folder as well) belongs to the first.
fn keep_moved(commits: &mut [ContactCommit]) {
    let present = |commit: &ContactCommit| -> HashSet<String> {
        let ids = commit.changes.iter().filter_map(|change| match change {
            ContactChange::Present(contact) => Some(contact.id.clone()),
            ContactChange::Removed { .. } => None,
        });
        ids.collect()
    };
    let owned: Vec<HashSet<String>> = commits.iter().map(present).collect();
    for (index, commit) in commits.iter_mut().enumerate() {
        let elsewhere =
            |id: &String| owned.iter().enumerate().any(|(other, ids)| other != index && ids.contains(id));
        let earlier = |id: &String| owned.iter().take(index).any(|ids| ids.contains(id));
        commit.changes.retain(|change| match change {
            ContactChange::Removed { id } => !elsewhere(id),
            ContactChange::Present(contact) => !earlier(&contact.id),
        });
    }
}

/// Fetches one round of one folder (`None`: the default one).
async fn round(
    shared: &Shared,
    meter: &Meter,
    folder: Option<&ContactFolderRecord>,
    full: bool,
) -> Result<ContactCommit, RoundError> {
    let stored = if full { None } else { cursor(shared, folder).await? };
    match stored {
        Some(link) => match delta(shared, meter, folder, Some(link)).await {
            Err(error) if starts_over(&error) => all(shared, meter, folder).await,
            outcome => outcome,
        },
        None => all(shared, meter, folder).await,
    }
}

async fn cursor(shared: &Shared, folder: Option<&ContactFolderRecord>) -> Result<Option<Link>, RoundError> {
    let id = folder.map(|folder| folder.id.clone());
    let stored = shared.cache.read(move |reader| reader.cursor(Collection::Contacts(id.as_deref()))).await?;
    let link = stored.and_then(|cursor| cursor.link);
    Ok(link.and_then(|link| Link::checked(&link, &shared.mailbox.endpoint).ok()))
}

fn starts_over(error: &RoundError) -> bool {
    error.is_state_lost() || error.is_unsupported() || matches!(error, RoundError::Endless)
}

/// Everything in the folder: by delta, once more where its state got lost, else by the plain list.
async fn all(
    shared: &Shared,
    meter: &Meter,
    folder: Option<&ContactFolderRecord>,
) -> Result<ContactCommit, RoundError> {
    let mut outcome = delta(shared, meter, folder, None).await;
    if outcome.as_ref().is_err_and(RoundError::is_state_lost) {
        outcome = delta(shared, meter, folder, None).await;
    }
    match outcome {
        Err(error) if starts_over(&error) => plain(shared, meter, folder).await,
        outcome => outcome,
    }
}

async fn delta(
    shared: &Shared,
    meter: &Meter,
    folder: Option<&ContactFolderRecord>,
    link: Option<Link>,
) -> Result<ContactCommit, RoundError> {
    let mode = if link.is_some() { CommitMode::Incremental } else { CommitMode::Full };
    let (folder_id, folder_name) = id_and_name(folder);
    let first = ContactsDelta { folder_id, folder_name, link };
    let follow = |link| ContactsDelta { link: Some(link), ..first.clone() };
    let fetched = fetch(&shared.mailbox, meter, first.clone(), follow).await?;
    let cursor = fetched.delta_link.map(|link| link.as_str().to_owned());
    Ok(commit(shared, folder, mode, fetched.items, cursor))
}

async fn plain(
    shared: &Shared,
    meter: &Meter,
    folder: Option<&ContactFolderRecord>,
) -> Result<ContactCommit, RoundError> {
    let (folder_id, folder_name) = id_and_name(folder);
    let first = ListContacts { folder_id, folder_name, link: None };
    let follow = |link| ListContacts { link: Some(link), ..first.clone() };
    let listed = fetch(&shared.mailbox, meter, first.clone(), follow).await?.items;
    let changes = listed.into_iter().map(|contact| ContactChange::Present(Box::new(contact))).collect();
    Ok(commit(shared, folder, CommitMode::Full, changes, None))
}

fn commit(
    shared: &Shared,
    folder: Option<&ContactFolderRecord>,
    mode: CommitMode,
    changes: Vec<ContactChange>,
    cursor: Option<String>,
) -> ContactCommit {
    let (folder_id, folder_name) = id_and_name(folder);
    ContactCommit { folder_id, folder_name, mode, changes, cursor, at: shared.mailbox.clock.now() }
}

fn id_and_name(folder: Option<&ContactFolderRecord>) -> (Option<String>, Option<String>) {
    folder.map(|folder| (folder.id.clone(), folder.name.clone())).unzip()
}

#[cfg(test)]
#[path = "contacts_tests.rs"]
mod tests;
