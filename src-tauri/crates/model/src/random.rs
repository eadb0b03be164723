//! Randomness as an argument, so that tests decide what is drawn.

/// The source gave no randomness.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("no randomness is available")]
pub struct RandomError;

/// A source of bytes that nobody can guess. The one real implementation, the operating system's, lives in `auth`.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`RandomError`] where the source has none; nobody may be signed in with then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

impl<F> Random for F
where
    F: Fn(&mut [u8]) -> Result<(), RandomError> + Send + Sync,
{
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        self(bytes)
    }
}
