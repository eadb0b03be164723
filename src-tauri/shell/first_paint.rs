//! The first paint, which everything that can wait waits for: the processor belongs to the window until then.

use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// How long is waited at most: a window without meetings to paint is no reason not to ask for them.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the window has painted.
#[derive(Debug, Default)]
pub struct FirstPaint(Notify);

impl FirstPaint {
    /// The first meetings are on the screen.
    pub fn done(&self) {
        self.0.notify_one();
    }

    /// Waits until they are, or long enough.
    pub async fn seen(&self) {
        let _ = timeout(PATIENCE, self.0.notified()).await;
    }
}
