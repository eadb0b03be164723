//! Sync states: all that a round needs to know of the rounds before it, opaque to clients.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How far a client has come with a folder's items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsState {
    /// The folder's id: another after the mailbox was moved.
    pub folder: String,
    /// How often all states had been lost.
    pub generation: u32,
    /// The mailbox's version at the end of the last round; what came later is new to the client.
    pub base: u64,
    /// Version and number of the last change that was sent.
    pub cursor: (u64, u64),
}

/// How far a client has come with the folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldersState {
    /// How often all states had been lost.
    pub generation: u32,
    /// The mailbox's version.
    pub version: u64,
    /// Ids of the folders that the client knows.
    pub known: Vec<String>,
}

const CHECK: usize = 4;

/// A state's text.
#[must_use]
pub fn write<T: Serialize>(state: &T) -> String {
    let json = serde_json::to_vec(state).unwrap_or_default();
    let mut bytes = Sha256::digest(&json)[..CHECK].to_vec();
    bytes.extend(json.iter().map(|byte| byte ^ 0x5a));
    STANDARD.encode(bytes)
}

/// Reads a state.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = STANDARD.decode(text).ok()?;
    let (check, masked) = bytes.split_at_checked(CHECK)?;
    let json: Vec<u8> = masked.iter().map(|byte| byte ^ 0x5a).collect();
    (Sha256::digest(&json)[..CHECK] == *check).then(|| serde_json::from_slice(&json).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_back_unless_touched() {
        let state = ItemsState { folder: "A=".into(), generation: 2, base: 7, cursor: (9, 4) };
        let text = write(&state);
        assert_eq!(read(&text), Some(state));
        assert_eq!(read::<ItemsState>(&text.replace('A', "B")), None);
        assert_eq!(read::<FoldersState>(&text), None);
        assert_eq!(read::<ItemsState>(""), None);
    }
}
