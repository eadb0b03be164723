//! The key of the file.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use zeroize::{Zeroize, Zeroizing};

/// The 32 random bytes that encrypt the cache. Wiped from memory when dropped; `Debug` shows nothing.
#[derive(Clone)]
pub struct CacheKey([u8; 32]);

impl CacheKey {
    /// A key of these bytes, which must come from the system's source of randomness.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key of a slice; `None` unless it has 32 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }

    /// The statement that gives SQLCipher the raw key (no passphrase, so no key derivation: 4 ms, not 200).
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let mut sql = Zeroizing::new(String::with_capacity(88));
        sql.push_str("PRAGMA key = \"x'");
        for byte in self.0 {
            // Writing to a string that is large enough does not fail, nor does it move the secret.
            let _ = write!(sql, "{byte:02x}");
        }
        sql.push_str("'\"");
        sql
    }

    /// A value that tells this key from another one and gives nothing of it away: the key is random, so
    /// sixteen bytes of its hash under a name of our own can't be searched back.
    pub(crate) fn fingerprint(&self) -> String {
        let digest = Sha256::new_with_prefix(b"org.convoke.desktop cache key check 1\0")
            .chain_update(self.0)
            .finalize();
        digest.iter().take(16).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl Drop for CacheKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for CacheKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CacheKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b75_key_is_hex_whatever_its_bytes_and_debug_is_silent() {
        let key = CacheKey::new(*b"'\";--'\";--'\";--'\";--'\";--'\";--'\"");
        let pragma = key.pragma();
        let hex = pragma.strip_prefix("PRAGMA key = \"x'").and_then(|text| text.strip_suffix("'\"")).unwrap();
        assert!(hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(format!("{key:?}"), "CacheKey(…)");
        assert!(CacheKey::from_slice(&[0; 31]).is_none());
        assert_ne!(CacheKey::new([1; 32]).fingerprint(), CacheKey::new([2; 32]).fingerprint());
    }
}
