//! Telling a changed key from a damaged file.
//!
//! SQLCipher answers "not a database" to both. So a small file beside the cache holds a fingerprint of the key:
//! where it matches, the key is right and an unreadable file is damaged.

use crate::error::StoreError;
use crate::key::CacheKey;
use crate::paths::{Paths, write_private};

/// What the fingerprint says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyCheck {
    /// The file was made with this key.
    Same,
    /// The file was made with another key.
    Changed,
    /// There is no fingerprint.
    Missing,
}

pub(crate) fn read(paths: &Paths, key: &CacheKey) -> Result<KeyCheck, StoreError> {
    match std::fs::read(paths.key_check()) {
        Ok(bytes) if bytes.trim_ascii() == key.fingerprint().as_bytes() => Ok(KeyCheck::Same),
        // A fingerprint that is itself damaged says nothing.
        Ok(bytes) if bytes.trim_ascii().len() == 32 && bytes.iter().all(u8::is_ascii) => {
            Ok(KeyCheck::Changed)
        }
        Ok(_) => Ok(KeyCheck::Missing),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(KeyCheck::Missing),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn write(paths: &Paths, key: &CacheKey) -> Result<(), StoreError> {
    write_private(&paths.key_check(), &format!("{}\n", key.fingerprint()))
}
