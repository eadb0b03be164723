//! The cache: whether it opens and reads, what is in it, how old that is.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::snapshot::Services;
use chrono::{DateTime, Utc};
use convoke_store::{CacheCounts, Reader, RebuildReason, StoreError};

const ID: CheckId = CheckId::Cache;

/// What was read.
pub struct Found {
    /// State of each service.
    pub services: Services,
    counts: CacheCounts,
    as_of: Option<DateTime<Utc>>,
    rebuilt: Option<RebuildReason>,
}

/// Reads the cache of the account. It is there for whoever is signed in, whether or not the policy still admits them.
pub async fn check(app: &App, keychain: &Check, account: &Check) -> (Check, Option<Found>) {
    let Some(signed_in) = app.known_account() else {
        let detail = "Nobody is signed in, so there is no cache.";
        let skipped = Check::skipped(ID, detail, fix::NOTHING);
        return (Check::unless(ID, &[account]).unwrap_or(skipped), None);
    };
    if let Some(skipped) = Check::unless(ID, &[keychain]) {
        return (skipped, None);
    }
    let reading = app.clone();
    match blocking(move || read(&reading, &signed_in)).await {
        Ok(found) => (told(app, &found), Some(found)),
        Err(failure) => (broken(&failure), None),
    }
}

fn read(app: &App, account: &SignedIn) -> Result<Found, Failure> {
    account.reopen(app.environment());
    let cache = account.cache()?;
    let read = |reader: &Reader<'_>| -> Result<Found, StoreError> {
        Ok(Found {
            services: app.services(reader, &account.profile())?,
            counts: reader.counts()?,
            as_of: app.as_of(reader)?,
            rebuilt: account.rebuilt(),
        })
    };
    cache.reader().and_then(|reader| read(&reader)).map_err(|error| failure::of_store(&error))
}

fn told(app: &App, found: &Found) -> Check {
    let sync = fix::by(fix::USER, "run convokectl sync, or leave the app open.");
    if let Some(reason) = found.rebuilt {
        let why = match reason {
            RebuildReason::Damaged => "was damaged",
            RebuildReason::Empty => "was an empty file",
            RebuildReason::KeyChanged => "was encrypted with another key than the keychain's",
            RebuildReason::Foreign => "was not a cache of Convoke's",
        };
        let detail = format!("The cache {why}; it was set aside and an empty one made in its place.");
        return Check::warn(ID, &detail, &sync);
    }
    let CacheCounts { meetings, contacts, .. } = found.counts;
    let Some(as_of) = found.as_of else {
        return Check::ok(ID, "The cache can be read; nothing has been synced yet.");
    };
    let at = as_of.with_timezone(&app.zone()).format("%Y-%m-%d %H:%M %Z");
    let detail = format!("The cache holds {meetings} meetings and {contacts} contacts as of {at}");
    if app.is_stale(Some(as_of), app.now()) {
        return Check::warn(ID, &format!("{detail}, which is longer ago than it should be."), &sync);
    }
    Check::ok(ID, &format!("{detail}."))
}

fn broken(failure: &Failure) -> Check {
    let check = Check::of(ID, failure);
    if failure.code != Code::CacheUnusable {
        return check;
    }
    let step = "run convokectl sync, which replaces a damaged cache; if that fails too, check that the data folder can \
                be written and that nothing else lies at the cache's place.";
    check.with_fix(&fix::by(fix::USER, step))
}
