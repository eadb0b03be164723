//! A keychain for tests and for profiles that are thrown away.

use std::collections::HashMap;
use std::sync::Mutex;

use secrecy::ExposeSecret;

use super::{KeychainError, SecretBytes, SecretStore};

/// Keeps secrets in the memory of the process. Can be told to fail.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    entries: Mutex<HashMap<String, SecretBytes>>,
    failure: Mutex<Option<KeychainError>>,
}

impl MemoryKeychain {
    /// From now on every call fails with `error`; `None` mends it.
    pub fn fail_with(&self, error: Option<KeychainError>) {
        *lock(&self.failure) = error;
    }

    /// The names of all entries, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = lock(&self.entries).keys().cloned().collect();
        names.sort();
        names
    }

    fn check(&self) -> Result<(), KeychainError> {
        lock(&self.failure).clone().map_or(Ok(()), Err)
    }
}

impl SecretStore for MemoryKeychain {
    fn get(&self, name: &str) -> Result<Option<SecretBytes>, KeychainError> {
        self.check()?;
        Ok(lock(&self.entries).get(name).cloned())
    }

    fn set(&self, name: &str, value: &SecretBytes) -> Result<(), KeychainError> {
        self.check()?;
        let copy = SecretBytes::from(value.expose_secret().to_vec());
        lock(&self.entries).insert(name.to_owned(), copy);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.check()?;
        lock(&self.entries).remove(name);
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
