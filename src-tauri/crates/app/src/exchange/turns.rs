//! One process at a time shows a server the kept password, and none shows it again once the server refused it: window
//! and `convokectl` hold the same one, and directories lock an account after a few failures.
//!
//! A password goes by the time at which the server first took it. Under a lock file in the account's folder each
//! process looks which password the profile names and which one was refused, and writes down a refusal.

use crate::environment::Environment;
use crate::json_file::{self, FileError};
use crate::profile::Profile;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use convoke_model::clock::Clock;
use convoke_net::{Gate, Passage};
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often the lock is tried. The request's own limit of time ends the waiting.
const TRY_EVERY: Duration = Duration::from_millis(20);

/// How long the server's last yes lets further requests go side by side with those of other processes: Basic shows the
/// password with each one.
const GOOD_FOR: TimeDelta = TimeDelta::seconds(30);

/// The turns of one password at one account's server.
pub(crate) struct Turns {
    data: PathBuf,
    account: PathBuf,
    clock: Arc<dyn Clock>,
    taken: Option<DateTime<Utc>>,
    is_kept: AtomicBool,
    last_yes: Arc<Mutex<Option<DateTime<Utc>>>>,
}

impl Turns {
    /// Of the password in the keychain.
    pub(super) fn of_kept(environment: &Environment, profile: &Profile) -> Self {
        let taken = profile.exchange.as_ref().and_then(|exchange| exchange.taken);
        Self::new(&environment.folders.data, environment.clock.clone(), profile, taken)
    }

    /// Of a password that a person has just entered: it is shown whatever became of others. The time is its name once
    /// it is kept.
    pub(super) fn of_entered(environment: &Environment, profile: &Profile) -> Self {
        let clock = environment.clock.clone();
        let now = Some(clock.now());
        let turns = Self::new(&environment.folders.data, clock, profile, now);
        Self { is_kept: AtomicBool::new(false), ..turns }
    }

    fn new(data: &Path, clock: Arc<dyn Clock>, profile: &Profile, taken: Option<DateTime<Utc>>) -> Self {
        let (data, account) = (data.to_owned(), profile.folder(data));
        Self { data, account, clock, taken, is_kept: AtomicBool::new(true), last_yes: Arc::default() }
    }

    /// The time that names the password.
    pub(super) fn taken(&self) -> Option<DateTime<Utc>> {
        self.taken
    }

    /// From here on it is the one in the keychain.
    pub(super) fn keep(&self) {
        self.is_kept.store(true, Ordering::Relaxed);
    }

    /// Whether the password may be shown; the lock must be held.
    fn is_good(&self) -> Result<bool, FileError> {
        if !self.is_kept.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let named = Profile::read(&self.data)?.filter(|profile| profile.folder(&self.data) == self.account);
        let is_named =
            named.and_then(|profile| profile.exchange).is_some_and(|exchange| exchange.taken == self.taken);
        let refused = json_file::read::<Refused>(&refused_file(&self.account))?;
        Ok(is_named && refused.is_none_or(|refused| refused.taken != self.taken))
    }

    /// Whether the server said yes a moment ago.
    fn is_fresh(&self) -> bool {
        let last = *self.last_yes.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| (TimeDelta::zero()..GOOD_FOR).contains(&(self.clock.now() - last)))
    }

    /// The lock, unless it is not needed or not to be had: a folder that can't be written must not keep the mailbox
    /// shut.
    async fn lock(&self) -> Option<File> {
        if self.is_fresh() {
            return None;
        }
        let lock = lock(&self.account).await;
        lock.inspect_err(|error| tracing::warn!(%error, "passwords of other processes are not waited for"))
            .ok()
    }
}

#[async_trait]
impl Gate for Turns {
    async fn pass(&self) -> Option<Box<dyn Passage>> {
        let lock = self.lock().await;
        let is_good = self.is_good().unwrap_or_else(|error| {
            tracing::warn!(%error, "what became of the password was not read");
            true
        });
        let turn = Turn {
            lock,
            account: self.account.clone(),
            clock: self.clock.clone(),
            taken: self.taken,
            last_yes: self.last_yes.clone(),
        };
        is_good.then(|| Box::new(turn) as Box<dyn Passage>)
    }
}

/// A turn, and its lock until it ends.
struct Turn {
    lock: Option<File>,
    account: PathBuf,
    clock: Arc<dyn Clock>,
    taken: Option<DateTime<Utc>>,
    last_yes: Arc<Mutex<Option<DateTime<Utc>>>>,
}

impl Turn {
    fn set_last_yes(&self, at: Option<DateTime<Utc>>) {
        *self.last_yes.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

#[async_trait]
impl Passage for Turn {
    fn taken(self: Box<Self>) {
        self.set_last_yes(Some(self.clock.now()));
    }

    async fn refused(self: Box<Self>) {
        self.set_last_yes(None);
        let written = json_file::write(&refused_file(&self.account), &Refused { taken: self.taken });
        if let Err(error) = written {
            tracing::warn!(%error, "a refused password was not noted for other processes");
        }
        drop(self.lock);
    }
}

/// The password that the server refused last.
#[derive(Serialize, Deserialize)]
struct Refused {
    taken: Option<DateTime<Utc>>,
}

async fn lock(account: &Path) -> std::io::Result<File> {
    json_file::private_folder(account)?;
    let file = json_file::private_file(&lock_file(account))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(TRY_EVERY).await,
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Forgets what was refused.
///
/// # Errors
/// When the system refuses.
pub(super) fn forget(account: &Path) -> Result<(), FileError> {
    // Windows keeps a lock that another process holds; there is nothing in it.
    if let Err(error) = json_file::remove(&lock_file(account)) {
        tracing::info!(%error, "the lock of an Exchange password stays");
    }
    json_file::remove(&refused_file(account))
}

fn refused_file(account: &Path) -> PathBuf {
    account.join("exchange-refused.json")
}

fn lock_file(account: &Path) -> PathBuf {
    account.join("exchange.lock")
}

#[cfg(test)]
#[path = "turns_tests.rs"]
mod tests;
