//! All contact folders of the mailbox.

use std::collections::HashSet;

use convoke_model::contact::Contact;
use convoke_model::record::{ContactChange, ContactFolderRecord};
use convoke_model::service::Service;
use convoke_store::{Collection, CommitMode, ContactCommit, Counts};
use futures_util::future::join_all;

use crate::engine::Shared;
use crate::error::RoundError;
use crate::meter::Meter;
use crate::plausible;
use crate::route::{self, Route};
use crate::{ews, graph};

/// A folder as it is asked for; `None` is the mailbox's default folder, whose contacts name no folder.
pub(crate) struct Folder(pub Option<ContactFolderRecord>);

impl Folder {
    pub(crate) fn id(&self) -> Option<String> {
        self.0.as_ref().map(|folder| folder.id.clone())
    }

    pub(crate) fn name(&self) -> Option<String> {
        self.0.as_ref().map(|folder| folder.name.clone())
    }
}

/// One round of one folder as the server gave it.
pub(crate) struct FolderRound {
    pub mode: CommitMode,
    pub changes: Vec<ContactChange>,
    /// Where the next round goes on; `None`: it reads everything.
    pub cursor: Option<String>,
}

/// A plain list as changes.
pub(crate) fn present(contacts: Vec<Contact>) -> Vec<ContactChange> {
    contacts.into_iter().map(|contact| ContactChange::Present(Box::new(contact))).collect()
}

/// One round of every folder. All are fetched side by side and then committed one after the other, so that a
/// contact that moved is seen in its new folder before it is missed in the old one.
pub(crate) async fn sync(shared: &Shared, meter: &Meter, full: bool) -> (Counts, Vec<RoundError>) {
    let is_new = match route::is_new(&shared.route, &shared.cache, Service::Contacts).await {
        Ok(is_new) => is_new,
        Err(error) => return (Counts::default(), vec![error]),
    };
    // Whatever a cursor says, what it goes on from is not there once the folders are replaced.
    let mut fetched = fetch(shared, meter, full || is_new).await;
    if is_new {
        // Until the new route gives the default folder, and the others or never will, people keep what they have.
        let is_settled = fetched.errors.iter().all(RoundError::is_of_one_collection);
        if !(fetched.has_default && fetched.is_listed && is_settled) {
            return (Counts::default(), fetched.errors);
        }
        if let Err(error) = replace_folders(shared, fetched.named.clone()).await {
            return (Counts::default(), vec![error]);
        }
    }
    let mut errors = std::mem::take(&mut fetched.errors);
    if !fetched.commits.is_empty()
        && let Err(error) = route::note(&shared.route, &shared.cache, Service::Contacts).await
    {
        errors.push(error);
        return (Counts::default(), errors);
    }
    let mut counts = Counts::default();
    for commit in fetched.commits {
        match verify_and_commit(shared, meter, commit, is_new).await {
            Ok(changed) => counts += changed,
            Err(error) => errors.push(error),
        }
    }
    // Last, and only when all is well: what lay in a folder that vanished may have been committed elsewhere.
    if fetched.is_listed && errors.is_empty() {
        let named = fetched.named;
        let put = shared.cache.write(move |writer| writer.put_contact_folders(&named)).await;
        errors.extend(put.err());
    }
    (counts, errors)
}

/// What the server said of all folders.
struct Fetched {
    named: Vec<ContactFolderRecord>,
    is_listed: bool,
    has_default: bool,
    commits: Vec<ContactCommit>,
    errors: Vec<RoundError>,
}

async fn fetch(shared: &Shared, meter: &Meter, full: bool) -> Fetched {
    let mut errors = Vec::new();
    // The default folder needs no list; what is in the cache serves where the list can't be read.
    let (default, listed) = tokio::join!(round(shared, meter, None, full), list(shared, meter));
    let (named, is_listed) = match listed {
        Ok(folders) => (folders, true),
        Err(error) => {
            errors.push(error);
            (shared.cache.read(|reader| reader.contact_folders()).await.unwrap_or_default(), false)
        }
    };
    let has_default = default.is_ok();
    let rounds = join_all(named.iter().map(|folder| round(shared, meter, Some(folder.clone()), full))).await;
    let mut commits = Vec::new();
    for outcome in std::iter::once(default).chain(rounds) {
        match outcome {
            Ok(commit) => commits.push(commit),
            Err(error) => errors.push(error),
        }
    }
    keep_moved(&mut commits);
    Fetched { named, is_listed, has_default, commits, errors }
}

/// Puts the folders of a new route in the place of the old one's. The default folder's rows are replaced by its full
/// round.
async fn replace_folders(shared: &Shared, named: Vec<ContactFolderRecord>) -> Result<(), RoundError> {
    let replaced = shared.cache.write(move |writer| {
        // Ids of the two routes may be the same, but nothing in them is.
        writer.put_contact_folders(&[])?;
        writer.put_contact_folders(&named)
    });
    replaced.await
}

/// Commits what is plausible. Of another route nothing is, and need not be.
async fn verify_and_commit(
    shared: &Shared,
    meter: &Meter,
    commit: ContactCommit,
    is_new: bool,
) -> Result<Counts, RoundError> {
    let commit = if is_new { commit } else { plausible::folder(shared, meter, commit).await? };
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

/// The folders beside the default one, parents before children.
async fn list(shared: &Shared, meter: &Meter) -> Result<Vec<ContactFolderRecord>, RoundError> {
    match &shared.route {
        Route::Graph(mailbox) => graph::list_folders(mailbox, meter).await,
        Route::Ews(visit) => visit.contact_folders(meter).await,
    }
}

/// Fetches one round of one folder.
async fn round(
    shared: &Shared,
    meter: &Meter,
    folder: Option<ContactFolderRecord>,
    full: bool,
) -> Result<ContactCommit, RoundError> {
    let folder = Folder(folder);
    let stored = if full { None } else { stored(shared, &folder).await? };
    let round = match &shared.route {
        Route::Graph(mailbox) => graph::fetch_folder(mailbox, meter, &folder, stored.as_deref()).await?,
        Route::Ews(visit) => {
            ews::fetch_folder(&visit.mailbox, &shared.cache, meter, &folder, stored.as_deref()).await?
        }
    };
    Ok(ContactCommit {
        folder_id: folder.id(),
        folder_name: folder.name(),
        mode: round.mode,
        changes: round.changes,
        cursor: round.cursor,
        at: shared.clock.now(),
    })
}

async fn stored(shared: &Shared, folder: &Folder) -> Result<Option<String>, RoundError> {
    let id = folder.id();
    let stored = shared.cache.read(move |reader| reader.cursor(Collection::Contacts(id.as_deref()))).await?;
    Ok(stored.and_then(|cursor| cursor.link))
}

/// The folder's plain list, if it still has any of the `doomed`.
pub(crate) async fn listed_still(
    shared: &Shared,
    meter: &Meter,
    folder: &Folder,
    doomed: &HashSet<&str>,
) -> Result<Option<Vec<Contact>>, RoundError> {
    match &shared.route {
        Route::Graph(mailbox) => graph::contacts_still(mailbox, meter, folder, doomed).await,
        Route::Ews(visit) => ews::contacts_still(&visit.mailbox, &shared.cache, meter, folder, doomed).await,
    }
}

#[cfg(test)]
#[path = "contacts_tests.rs"]
mod tests;
