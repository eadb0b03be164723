//! The refresh token in the keychain, from async code.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::task::spawn_blocking;

use crate::error::AuthError;
use crate::keychain::{KeychainError, SecretBytes, SecretStore};

/// One account's refresh token.
pub(super) struct Vault {
    secrets: Arc<dyn SecretStore>,
    name: String,
}

impl Vault {
    pub(super) fn new(secrets: Arc<dyn SecretStore>, account: &str) -> Self {
        Self { secrets, name: format!("{account}/refresh-token") }
    }

    pub(super) async fn load(&self) -> Result<Option<SecretString>, AuthError> {
        let bytes = self.call(|secrets, name| secrets.get(name)).await?;
        bytes.map(|bytes| to_text(&bytes)).transpose()
    }

    pub(super) async fn store(&self, token: &SecretString) -> Result<(), AuthError> {
        let bytes = SecretBytes::from(token.expose_secret().as_bytes().to_vec());
        self.call(move |secrets, name| secrets.set(name, &bytes)).await
    }

    pub(super) async fn clear(&self) -> Result<(), AuthError> {
        self.call(|secrets, name| secrets.delete(name)).await
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn SecretStore, &str) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let (secrets, name) = (Arc::clone(&self.secrets), self.name.clone());
        Ok(spawn_blocking(move || work(&*secrets, &name)).await??)
    }
}

fn to_text(bytes: &SecretBytes) -> Result<SecretString, AuthError> {
    let text = std::str::from_utf8(bytes.expose_secret()).map_err(|_| KeychainError::Damaged)?;
    Ok(SecretString::from(text))
}
