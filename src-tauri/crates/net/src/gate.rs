//! Whether a password may go out, asked each time before it does.

use async_trait::async_trait;

/// Stands before a password that others may be sending too.
///
/// Directories lock accounts after a few failures, and every program that holds the same password would add its own.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Waits until nobody else is showing this password to the server. `None` where it was refused meanwhile, or is
    /// not the one in use any more: nothing goes out then.
    async fn pass(&self) -> Option<Box<dyn Passage>>;
}

/// The turn of one request: the next one waits until this is dropped.
#[async_trait]
pub trait Passage: Send {
    /// The server took the password.
    fn taken(self: Box<Self>);

    /// The server refused the password.
    async fn refused(self: Box<Self>);
}
