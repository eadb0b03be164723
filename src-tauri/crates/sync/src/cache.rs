//! The cache from async code: every access on a thread that may block.

use std::sync::Arc;

use convoke_store::{Reader, Store, StoreError, Writer};

use crate::error::RoundError;

/// The store, for tasks.
#[derive(Clone)]
pub(crate) struct Cache(Arc<Store>);

impl Cache {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self(store)
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, RoundError> {
        let store = Arc::clone(&self.0);
        let read = tokio::task::spawn_blocking(move || query(&store.reader()?));
        Ok(read.await.map_err(|_| RoundError::Interrupted)??)
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, RoundError> {
        let store = Arc::clone(&self.0);
        let written = tokio::task::spawn_blocking(move || change(&mut store.writer()?));
        Ok(written.await.map_err(|_| RoundError::Interrupted)??)
    }
}
