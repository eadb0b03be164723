//! Seeing that the cache changed, whoever changed it.

/// What a watcher saw last. A new one has seen nothing, so that its first question is answered with yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeToken(pub(crate) Option<i64>);
