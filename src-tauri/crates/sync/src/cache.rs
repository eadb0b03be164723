//! The cache from async code: every access on a thread that may block.

use std::sync::Arc;

use convoke_store::{Reader, Store, StoreError, Writer};

use crate::error::RoundError;
use crate::standing::Standing;

/// The store, for tasks.
#[derive(Clone)]
pub(crate) struct Cache {
    store: Arc<Store>,
    standing: Option<Arc<dyn Standing>>,
}

impl Cache {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self { store, standing: None }
    }

    /// The same, written as long as that holds.
    pub(crate) fn while_holds(self, standing: Arc<dyn Standing>) -> Self {
        Self { standing: Some(standing), ..self }
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, RoundError> {
        let store = Arc::clone(&self.store);
        let read = tokio::task::spawn_blocking(move || query(&store.reader()?));
        Ok(read.await.map_err(|_| RoundError::Interrupted)??)
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, RoundError> {
        let Self { store, standing } = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut writer = store.writer()?;
            if standing.is_some_and(|standing| !standing.holds()) {
                return Err(RoundError::Superseded);
            }
            Ok(change(&mut writer)?)
        });
        written.await.map_err(|_| RoundError::Interrupted)?
    }
}
