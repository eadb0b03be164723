//! What another process of ours does while this one runs: `convokectl` beside the window. Both share account,
//! keychain and cache, so each sees what the other signed in or synced.

use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::Failure;
use crate::profile::Profile;
use crate::wire::row::Changed;
use convoke_store::ChangeToken;
use std::sync::Arc;
use std::time::Duration;

/// How often the shared files are looked at. Two small reads, answered from the system's cache.
const LOOK_EVERY: Duration = Duration::from_secs(2);

impl App {
    /// Watches the shared files for ever and tells the window what changed. Start it once.
    pub async fn watch_others(&self) {
        self.follow_permissions().await;
        self.warm_search().await;
        let mut token = ChangeToken::default();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if self.look_at_policy().await.is_err() {
                return;
            }
            let app = self.clone();
            let looked = blocking(move || {
                let account = app.look_at_account();
                let rows = app.look_at_rows(&mut token);
                Ok((account, rows, token))
            });
            let Ok((account, rows, seen)) = looked.await else { return };
            token = seen;
            if rows {
                for what in [Changed::Calendars, Changed::Meetings, Changed::Contacts] {
                    self.announce_rows(what);
                }
            }
            if account || rows {
                self.announce();
            }
            if rows {
                self.warm_search().await;
            }
        }
    }

    /// Whether somebody committed rows since the last look. The first look only takes note.
    fn look_at_rows(&self, token: &mut ChangeToken) -> bool {
        let first = *token == ChangeToken::default();
        let cache = self.account().and_then(|account| account.cache().ok());
        let changed = cache.is_some_and(|cache| cache.changed_since(token).unwrap_or(false));
        changed && !first
    }

    /// Whether another process signed in, connected or signed out.
    pub(crate) fn look_at_account(&self) -> bool {
        // Nearly always nothing has changed, and no lock is needed to see that.
        if !self.is_account_changed() {
            return false;
        }
        // What differs may be what this process is about to write. Under the lock, disk and memory agree on that.
        let Ok(_lock) = Profile::lock(&self.environment().folders.data) else { return false };
        self.is_account_changed() && self.take_written_account()
    }

    fn is_account_changed(&self) -> bool {
        let written = Profile::read(&self.environment().folders.data);
        written.is_ok_and(|written| written != self.known_account().map(|account| account.profile()))
    }

    fn take_written_account(&self) -> bool {
        let Ok(written) = Profile::read(&self.environment().folders.data) else { return false };
        match (written, self.known_account()) {
            (Some(written), Some(current)) if current.profile().key == written.key => {
                if current.profile().is_connected() && !written.is_connected() {
                    // Disconnected over there, and the cache that is open here destroyed.
                    self.set_account(Some(Arc::new(SignedIn::open(self.environment(), written))));
                } else {
                    current.adopt(written);
                }
            }
            (Some(written), _) => {
                self.set_account(Some(Arc::new(SignedIn::open(self.environment(), written))))
            }
            (None, _) => self.set_account(None),
        }
        self.inner.sessions.forget();
        true
    }

    /// Builds the search index before somebody types.
    async fn warm_search(&self) {
        let Some(cache) = self.account().and_then(|account| account.cache().ok()) else { return };
        let warmed: Result<(), Failure> =
            blocking(move || cache.refresh_search().map_err(|error| crate::failure::of_store(&error))).await;
        if let Err(failure) = warmed {
            tracing::warn!(code = ?failure.code, "search index not built");
        }
    }
}

#[cfg(test)]
#[path = "others_tests.rs"]
mod tests;
