//! Where secrets rest: the keychain of the operating system.
//!
//! Rules: values are bytes under a name such as `<account>/refresh-token`; every call has an end, whatever
//! the system's daemon does; a failed start is tried anew at the next call; no plaintext fallback exists.

use std::sync::Arc;

use secrecy::SecretSlice;

mod form;
mod memory;
mod os;
mod platform;
mod worker;

pub use memory::MemoryKeychain;
pub use os::{OsKeychain, OsKeychainOptions};

/// A secret value. `Debug` shows nothing; the memory is wiped.
pub type SecretBytes = SecretSlice<u8>;

/// Why the keychain did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeychainError {
    /// There is no keychain, or it can't be reached.
    #[error("the keychain of this system is not available")]
    Unavailable(#[source] Option<Arc<dyn std::error::Error + Send + Sync>>),
    /// It is locked, and nobody has unlocked it.
    #[error("the keychain is locked")]
    Locked,
    /// It did not answer in time.
    #[error("the keychain does not answer")]
    Timeout,
    /// The person or the system refused access.
    #[error("access to the keychain was denied")]
    Denied,
    /// The stored value is not what was stored: treat it as lost.
    #[error("the entry in the keychain is damaged")]
    Damaged,
}

impl KeychainError {
    /// A stable name for `code` in JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "keychainUnavailable",
            Self::Locked => "keychainLocked",
            Self::Timeout => "keychainTimeout",
            Self::Denied => "keychainDenied",
            Self::Damaged => "keychainDamaged",
        }
    }
}

/// A place for secrets. The calls block: from async code, call them on a blocking thread.
pub trait SecretStore: Send + Sync {
    /// The value under `name`; `None` where there is none.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn get(&self, name: &str) -> Result<Option<SecretBytes>, KeychainError>;

    /// Stores `value` under `name`, in place of what was there.
    ///
    /// # Errors
    /// [`KeychainError`]; the earlier value is still there then, or the new one.
    fn set(&self, name: &str, value: &SecretBytes) -> Result<(), KeychainError>;

    /// Removes `name`. Nothing there is no error.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn delete(&self, name: &str) -> Result<(), KeychainError>;
}

impl<T: SecretStore + ?Sized> SecretStore for Arc<T> {
    fn get(&self, name: &str) -> Result<Option<SecretBytes>, KeychainError> {
        (**self).get(name)
    }

    fn set(&self, name: &str, value: &SecretBytes) -> Result<(), KeychainError> {
        (**self).set(name, value)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        (**self).delete(name)
    }
}
