//! The operating system's keychain.

use std::sync::Arc;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::form::{self, Entries};
use super::worker::{NoAnswer, Worker};
use super::{KeychainError, SecretBytes, SecretStore, platform};

/// The service under which all entries are.
pub const SERVICE: &str = "org.convoke.desktop";

/// How an [`OsKeychain`] behaves.
#[derive(Clone, Debug)]
pub struct OsKeychainOptions {
    /// The service name of the entries.
    pub service: String,
    /// The longest that a call takes.
    pub limit: Duration,
    /// After this long without an answer a new connection is tried. Longer than a person needs to unlock.
    pub patience: Duration,
}

impl Default for OsKeychainOptions {
    fn default() -> Self {
        Self { service: SERVICE.to_owned(), limit: Duration::from_secs(5), patience: Duration::from_secs(60) }
    }
}

/// The keychain of the operating system: serialized calls with an end, on a thread of their own.
pub struct OsKeychain {
    options: OsKeychainOptions,
    worker: Worker<Connection>,
}

/// The open keychain, if it could be opened.
#[derive(Default)]
struct Connection {
    store: Option<Arc<CredentialStore>>,
}

/// The entries of one service.
struct Service<'a> {
    store: &'a CredentialStore,
    name: &'a str,
}

impl OsKeychain {
    /// A keychain that is opened at its first use.
    #[must_use]
    pub fn new(options: OsKeychainOptions) -> Self {
        let worker = Worker::new(Connection::default, options.patience);
        Self { options, worker }
    }

    /// The name of the system's keychain, to notice that it is another one than last time (F29).
    ///
    /// # Errors
    /// [`KeychainError`] when it can't be opened.
    pub fn backend(&self) -> Result<String, KeychainError> {
        self.call(|connection, _| Ok(connection.open()?.vendor()))
    }

    fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection, &str) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let service = self.options.service.clone();
        match self.worker.call(self.options.limit, move |connection| job(connection, &service)) {
            Ok(result) => result,
            Err(NoAnswer) => Err(why_silent()),
        }
    }
}

/// A call hangs while a prompt waits for its person, and when the daemon is dead: told apart by asking
/// whether the keychain is locked, which needs no prompt but a daemon that lives.
fn why_silent() -> KeychainError {
    let asker = Worker::new(|| (), Duration::ZERO);
    match asker.call(Duration::from_secs(1), |()| platform::is_locked()) {
        Ok(true) => KeychainError::Locked,
        _ => KeychainError::Timeout,
    }
}

impl SecretStore for OsKeychain {
    fn get(&self, name: &str) -> Result<Option<SecretBytes>, KeychainError> {
        let name = name.to_owned();
        self.call(move |connection, service| {
            connection.with_retry(service, |entries| form::get(entries, &name))
        })
    }

    fn set(&self, name: &str, value: &SecretBytes) -> Result<(), KeychainError> {
        let (name, value) = (name.to_owned(), SecretBytes::from(value.expose_secret().to_vec()));
        self.call(move |connection, service| {
            connection.with_retry(service, |entries| form::set(entries, &name, &value))
        })
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        let name = name.to_owned();
        self.call(move |connection, service| {
            connection.with_retry(service, |entries| form::delete(entries, &name))
        })
    }
}

impl Connection {
    fn open(&mut self) -> Result<Arc<CredentialStore>, KeychainError> {
        if self.store.is_none() {
            self.store = Some(platform::open()?);
        }
        self.store.clone().ok_or(KeychainError::Unavailable(None))
    }

    /// Runs `work`, and once more over a new connection when the old one has broken (F25).
    fn with_retry<T>(
        &mut self,
        service: &str,
        work: impl Fn(&mut Service<'_>) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        let fresh = self.store.is_none();
        let store = self.open()?;
        let result = work(&mut Service { store: &*store, name: service });
        if !matches!(result, Err(KeychainError::Unavailable(_))) {
            return result;
        }
        self.store = None;
        if fresh {
            return result;
        }
        let store = self.open()?;
        work(&mut Service { store: &*store, name: service })
    }
}

impl Service<'_> {
    fn entry(&self, name: &str) -> Result<Entry, KeychainError> {
        self.store.build(self.name, name, None).map_err(platform::meaning)
    }
}

impl Entries for Service<'_> {
    fn read(&mut self, name: &str) -> Result<Option<SecretString>, KeychainError> {
        match self.entry(name)?.get_secret() {
            Ok(bytes) => text(bytes).map(Some),
            Err(Error::NoEntry) => Ok(None),
            Err(Error::Ambiguous(entries)) => agreed(entries).map(Some),
            Err(error) => Err(platform::meaning(error)),
        }
    }

    fn write(&mut self, name: &str, value: &SecretString) -> Result<(), KeychainError> {
        let entry = self.entry(name)?;
        let secret = value.expose_secret().as_bytes();
        match entry.set_secret(secret) {
            Err(Error::Ambiguous(entries)) => {
                remove_all(entries)?;
                entry.set_secret(secret).map_err(platform::meaning)
            }
            other => other.map_err(platform::meaning),
        }
    }

    fn remove(&mut self, name: &str) -> Result<(), KeychainError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(Error::Ambiguous(entries)) => remove_all(entries),
            Err(error) => Err(platform::meaning(error)),
        }
    }
}

/// The text of entries that stand several times, if they all say the same (F27).
fn agreed(entries: Vec<Entry>) -> Result<SecretString, KeychainError> {
    let mut first: Option<SecretString> = None;
    for entry in entries {
        let value = text(entry.get_secret().map_err(platform::meaning)?)?;
        if first.as_ref().is_some_and(|first| first.expose_secret() != value.expose_secret()) {
            return Err(KeychainError::Damaged);
        }
        first = Some(value);
    }
    first.ok_or(KeychainError::Damaged)
}

fn remove_all(entries: Vec<Entry>) -> Result<(), KeychainError> {
    entries.iter().try_for_each(|entry| match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(platform::meaning(error)),
    })
}

fn text(bytes: Vec<u8>) -> Result<SecretString, KeychainError> {
    String::from_utf8(bytes).map(SecretString::from).map_err(|_| KeychainError::Damaged)
}
