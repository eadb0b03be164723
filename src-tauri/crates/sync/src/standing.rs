//! Whether what an engine was made for still stands.

/// Looks whether the account still reaches its mailbox as it did when the engine was made. Asked before each commit: a
/// round that was overtaken, by a person who connected something else or left, stores nothing.
pub trait Standing: Send + Sync {
    /// Whether it does. Answers at once.
    fn holds(&self) -> bool;
}
