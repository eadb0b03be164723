//! The pause that a server asks for, where others know of it too.

use chrono::{DateTime, Utc};

/// Shares a pause among those who ask the same server for the same account, other processes among them. Looked at before
/// each request, so it answers at once.
pub trait Pause: Send + Sync {
    /// Before this instant the server wants to hear nothing.
    fn until(&self) -> Option<DateTime<Utc>>;

    /// The server asked for a pause until then.
    fn keep(&self, until: DateTime<Utc>);
}
