//! The clock as an argument, so that tests decide what time it is.

use chrono::{DateTime, Utc};

/// A source of the current instant. The one real implementation lives in `app`.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> DateTime<Utc>;
}

impl<F> Clock for F
where
    F: Fn() -> DateTime<Utc> + Send + Sync,
{
    fn now(&self) -> DateTime<Utc> {
        self()
    }
}
