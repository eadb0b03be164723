//! When the program syncs by itself: soon after the start, then every interval of policy, each installation
//! at a phase of its own, so that a fleet never wakes at once.

use crate::app::App;
use chrono::{DateTime, Utc};
use std::time::Duration;
use tokio::time::Instant;

/// Extra wait after a pause that the server named, so that not everybody comes back at its end.
const SPREAD_AFTER_PAUSE: Duration = Duration::from_secs(30);

impl App {
    /// Syncs for ever. Start it once; dropping the future ends it.
    pub async fn keep_synced(&self) {
        // Somebody looks at the window right now: the first round comes at once.
        loop {
            if self.is_ready_to_sync() {
                let _ = self.sync(false, &[]).await;
            }
            self.pause().await;
        }
    }

    /// Waits for the next round; a policy that changes meanwhile counts at once.
    async fn pause(&self) {
        let began = Instant::now();
        loop {
            let next = began + self.wait();
            tokio::select! {
                () = tokio::time::sleep_until(next) => return,
                () = self.inner.policy_changed.notified() => {}
            }
        }
    }

    fn is_ready_to_sync(&self) -> bool {
        let connected = self.account().is_some_and(|account| account.profile().is_connected());
        connected && self.retry_at().is_none_or(|at| at <= self.now())
    }

    fn retry_at(&self) -> Option<DateTime<Utc>> {
        self.inner.lock(&self.inner.progress).retry_at
    }

    fn wait(&self) -> Duration {
        let interval = Duration::from_secs(60 * u64::from(self.policy().sync.interval_minutes.max(1)));
        let pause = self
            .retry_at()
            .and_then(|at| (at - self.now()).to_std().ok())
            .map(|pause| pause + SPREAD_AFTER_PAUSE.mul_f64(self.share()));
        interval.mul_f64(0.9 + 0.2 * self.share()).max(pause.unwrap_or_default())
    }

    /// This installation's share of a spread, between 0 and 1: drawn from the account's key, so it stays.
    fn share(&self) -> f64 {
        let key = self.account().map(|account| account.profile().key).unwrap_or_default();
        let byte = key.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(128);
        f64::from(byte) / 255.0
    }
}
