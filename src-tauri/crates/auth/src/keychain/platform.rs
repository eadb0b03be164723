//! The keychain of each operating system behind one pair of functions: open it, and say what its errors mean.

use std::sync::Arc;

use keyring_core::{CredentialStore, Error};

use super::KeychainError;

#[cfg(target_os = "linux")]
mod system {
    use super::{Arc, CredentialStore, Error};
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    use zbus_secret_service_keyring_store::Store;

    /// The Secret Service (gnome-keyring, KWallet, KeePassXC) on the session bus.
    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        let store: Arc<CredentialStore> = Store::new()?;
        Ok(store)
    }

    /// Whether the default collection is locked, asked without a prompt.
    pub(super) fn is_locked() -> bool {
        let ask = || {
            let service = SecretService::connect(EncryptionType::Plain)?;
            service.get_default_collection()?.is_locked()
        };
        ask().unwrap_or(false)
    }

    /// Whether there is no collection to keep anything in.
    pub(super) fn is_absent_error(error: &(dyn std::error::Error + 'static)) -> bool {
        matches!(
            error.downcast_ref(),
            Some(secret_service::Error::NoResult | secret_service::Error::Unavailable)
        )
    }
}

#[cfg(target_os = "macos")]
mod system {
    use super::{Arc, CredentialStore, Error};
    use apple_native_keyring_store::keychain::Store;

    /// The login keychain.
    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        let store: Arc<CredentialStore> = Store::new()?;
        Ok(store)
    }

    pub(super) fn is_locked() -> bool {
        false
    }

    pub(super) fn is_absent_error(_: &(dyn std::error::Error + 'static)) -> bool {
        false
    }
}

#[cfg(windows)]
mod system {
    use super::{Arc, CredentialStore, Error};
    use windows_native_keyring_store::Store;

    /// The Credential Manager.
    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        let store: Arc<CredentialStore> = Store::new()?;
        Ok(store)
    }

    pub(super) fn is_locked() -> bool {
        false
    }

    pub(super) fn is_absent_error(_: &(dyn std::error::Error + 'static)) -> bool {
        false
    }
}

/// Opens the keychain. May block for as long as the system likes.
pub(super) fn open() -> Result<Arc<CredentialStore>, KeychainError> {
    system::open().map_err(meaning)
}

/// Whether the keychain is locked, as far as that can be asked without a prompt. May block.
pub(super) fn is_locked() -> bool {
    system::is_locked()
}

/// What an error of the library means. May block. The values that some of its errors carry are dropped here.
pub(super) fn meaning(error: Error) -> KeychainError {
    match error {
        Error::NoStorageAccess(cause) if system::is_absent_error(&*cause) => {
            KeychainError::Unavailable(Some(Arc::from(cause)))
        }
        // A prompt that could not be shown and one that was dismissed look the same; what counts is that it
        // is still locked.
        Error::NoStorageAccess(_) if system::is_locked() => KeychainError::Locked,
        Error::NoStorageAccess(_) => KeychainError::Denied,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            KeychainError::Damaged
        }
        Error::PlatformFailure(cause) => KeychainError::Unavailable(Some(Arc::from(cause))),
        _ => KeychainError::Unavailable(None),
    }
}
