//! Who is signed in, remembered between starts. No secret is in it: those lie in the keychain.

use crate::exchange::Exchange;
use crate::json_file::{self, FileError};
use crate::wire::exchange::ExchangeMethod;
use crate::wire::snapshot::Account;
use chrono::{DateTime, Utc};
use convoke_auth::Identity;
use convoke_model::service::Service;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The account in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Names the account's folder and its keychain entries.
    pub key: String,
    /// The person.
    pub account: Account,
    /// Issuer of the SSO identity.
    pub issuer: String,
    /// Subject at that issuer.
    pub subject: String,
    /// Whether the prompt is due: set by a sign-in, cleared when answered.
    #[serde(default)]
    pub prompt_due: bool,
    /// Whether the last authorization was another account's: the next one shows which there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub choose_account: bool,
    /// The services that the policy permitted when it was last looked at; `None` where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permitted: Option<Vec<Service>>,
    /// Permissions granted at the last authorization, by short name.
    #[serde(default)]
    pub granted: Vec<String>,
    /// The claims challenge that the next authorization has to answer: JSON, no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
    /// The Exchange server of a mailbox that is not in Microsoft 365.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// The Microsoft identity that was connected; with SSO through Entra it is the account itself.
    #[serde(default)]
    pub connected: Option<Connected>,
}

/// The identity behind the tokens, against which every refresh is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connected {
    tenant_id: Option<String>,
    object_id: Option<String>,
    subject: String,
    issuer: String,
}

impl Connected {
    /// The tenant, where the identity is Entra's.
    #[must_use]
    pub fn tenant_id(&self) -> Option<&str> {
        self.tenant_id.as_deref()
    }
}

/// What tells one way to the mailbox from another: a round that began on one says nothing about the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Over Microsoft 365, with the identity that connected.
    Microsoft(Option<Connected>),
    /// At an Exchange server, with one sign-in there.
    Exchange {
        /// The server.
        url: Option<String>,
        /// How it is signed in at.
        method: Option<ExchangeMethod>,
        /// The user name.
        user: Option<String>,
        /// When the server first took the password.
        taken: Option<DateTime<Utc>>,
    },
}

impl From<&Identity> for Connected {
    fn from(identity: &Identity) -> Self {
        Self {
            tenant_id: identity.tenant_id.clone(),
            object_id: identity.object_id.clone(),
            subject: identity.subject.clone(),
            issuer: identity.issuer.clone(),
        }
    }
}

impl From<Connected> for Identity {
    fn from(connected: Connected) -> Self {
        Self {
            tenant_id: connected.tenant_id,
            object_id: connected.object_id,
            subject: connected.subject,
            issuer: connected.issuer,
            username: None,
            name: None,
        }
    }
}

impl Profile {
    /// Key of an account: cloud, tenant and object id at Entra, issuer and subject elsewhere
    /// (OpenID Connect Core 5.7: only these two together are stable).
    #[must_use]
    pub fn key_of(parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads who is signed in.
    ///
    /// # Errors
    /// When the file can't be read or is damaged.
    pub fn read(data: &Path) -> Result<Option<Self>, FileError> {
        json_file::read(&path(data))
    }

    /// Remembers who is signed in.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, data: &Path) -> Result<(), FileError> {
        json_file::write(&path(data), self)
    }

    /// Keeps others from writing until it is dropped, processes and threads. Who writes sets what is known in memory
    /// under it too. Waits for them; each holds it for a moment.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn lock(data: &Path) -> Result<File, FileError> {
        let path = data.join("account.lock");
        let io = |source| FileError::Io { path: path.clone(), source };
        json_file::private_folder(data).map_err(io)?;
        let file = json_file::private_file(&path).map_err(io)?;
        file.lock().map_err(io)?;
        Ok(file)
    }

    /// Forgets who is signed in.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn forget(data: &Path) -> Result<(), FileError> {
        json_file::remove(&path(data))
    }

    /// The folder of the account's cache.
    #[must_use]
    pub fn folder(&self, data: &Path) -> PathBuf {
        data.join(&self.key)
    }

    /// Keychain entry of the refresh token.
    #[must_use]
    pub fn refresh_token_entry(&self) -> String {
        format!("{}/refresh-token", self.key)
    }

    /// Keychain entry of the password at the Exchange server.
    #[must_use]
    pub fn exchange_password_entry(&self) -> String {
        format!("{}/exchange-password", self.key)
    }

    /// Whether meetings and contacts come from an Exchange server.
    #[must_use]
    pub fn uses_exchange(&self) -> bool {
        self.exchange.as_ref().is_some_and(|exchange| exchange.in_use)
    }

    /// The address of the Exchange server that meetings and contacts come from.
    #[must_use]
    pub fn exchange_url(&self) -> Option<&str> {
        self.exchange.as_ref().filter(|exchange| exchange.in_use)?.url.as_deref()
    }

    /// Whether anything is connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connected.is_some() || self.uses_exchange()
    }

    /// How the mailbox is reached.
    #[must_use]
    pub fn way(&self) -> Way {
        match self.exchange.clone().filter(|exchange| exchange.in_use) {
            Some(Exchange { url, method, user, taken, .. }) => Way::Exchange { url, method, user, taken },
            None => Way::Microsoft(self.connected.clone()),
        }
    }

    /// The Microsoft tenant of the account, where it is known.
    #[must_use]
    pub fn microsoft_tenant(&self) -> Option<&str> {
        self.account.tenant_id.as_deref().or_else(|| self.connected.as_ref()?.tenant_id())
    }

    /// Keychain entry of the cache key.
    #[must_use]
    pub fn cache_key_entry(&self) -> String {
        format!("{}/cache-key", self.key)
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("account.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_run_into_each_other() {
        assert_ne!(Profile::key_of(&["ab", "c"]), Profile::key_of(&["a", "bc"]));
        assert_eq!(Profile::key_of(&["a"]).len(), 32);
    }
}
