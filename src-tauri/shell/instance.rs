//! One window per profile. A second start brings the first one's window to the front and ends.
//!
//! A lock on a file in the profile decides, so that it holds without a D-Bus session and dies with its
//! process. The second start says nothing to the first: that it connects is the whole message, so that no
//! argument of a stranger crosses (B46).
//!
//! A window that is closing holds the lock a little longer than it listens. Who starts in that moment waits for
//! the lock, so that closing and starting again at once always ends with a window.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

#[cfg_attr(windows, path = "instance/pipe.rs")]
#[cfg_attr(not(windows), path = "instance/socket.rs")]
mod call;

/// How often a start that meets a silent holder of the lock looks again, and how often it does so: five seconds.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const LOOKS: usize = 50;

/// Whether this process may open the profile's window.
#[derive(Debug)]
pub enum Claim {
    /// It may, as long as this is kept.
    First(First),
    /// Another one has; its window was asked to come to the front.
    Taken,
}

/// The right to the profile's window; given back when dropped.
#[derive(Debug)]
pub struct First {
    _lock: File,
}

/// Why the profile couldn't be claimed.
#[derive(Debug, thiserror::Error)]
#[error("the profile's folder can't be used")]
pub struct ClaimError(#[from] std::io::Error);

/// Claims the profile in the folder `data`, which is made where it is missing.
///
/// # Errors
/// When the folder or its lock file can't be made.
pub fn claim(data: &Path) -> Result<Claim, ClaimError> {
    make_private(data)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(data.join("window.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim::First(First { _lock: lock })),
        Err(TryLockError::WouldBlock) => call_or_follow(data, lock),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Calls the one who holds the lock; where nobody listens (yet, or any more), waits to be called or to follow.
fn call_or_follow(data: &Path, lock: File) -> Result<Claim, ClaimError> {
    if call::connect(data).is_ok() {
        return Ok(Claim::Taken);
    }
    let (sender, freed) = mpsc::channel();
    std::thread::spawn(move || sender.send(lock.lock().map(|()| lock)));
    for _ in 0..LOOKS {
        match freed.recv_timeout(LOOK_AGAIN) {
            Ok(lock) => return Ok(Claim::First(First { _lock: lock? })),
            Err(_) if call::connect(data).is_ok() => return Ok(Claim::Taken),
            Err(_) => {}
        }
    }
    tracing::warn!("the open window was not reached");
    Ok(Claim::Taken)
}

/// Makes a folder that only its owner may enter; one that is there stays as it is.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Calls `show` for every later start, until the returned future is dropped.
pub async fn answer(data: &Path, show: impl Fn()) {
    if let Err(error) = call::listen(data, show).await {
        tracing::warn!(%error, "later starts will not bring the window to the front");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tokio::sync::Notify;

    #[test]
    fn a_profile_has_one_window_at_a_time() {
        let data = tempfile::tempdir().unwrap();
        let first = claim(data.path()).unwrap();
        assert!(matches!(first, Claim::First(_)));
        drop(first);
        assert!(matches!(claim(data.path()).unwrap(), Claim::First(_)));
    }

    #[tokio::test]
    async fn a_start_while_the_first_listens_finds_the_profile_taken() {
        let data = tempfile::tempdir().unwrap();
        let _first = claim(data.path()).unwrap();
        let folder = data.path().to_owned();
        let second = tokio::task::spawn_blocking(move || claim(&folder).unwrap());
        tokio::select! {
            () = answer(data.path(), || {}) => panic!("stopped listening"),
            second = second => assert!(matches!(second.unwrap(), Claim::Taken)),
        }
    }

    #[test]
    fn a_start_while_the_first_closes_follows_it() {
        let data = tempfile::tempdir().unwrap();
        let first = claim(data.path()).unwrap();
        let folder = data.path().to_owned();
        let second = std::thread::spawn(move || claim(&folder).unwrap());
        drop(first);
        assert!(matches!(second.join().unwrap(), Claim::First(_)));
    }

    #[tokio::test]
    async fn a_second_start_calls_the_first() {
        let data = tempfile::tempdir().unwrap();
        let _first = claim(data.path()).unwrap();
        let called = Arc::new(Notify::new());
        let answering = answer(data.path(), || called.notify_one());
        let starting = async {
            // The call of a start that came before the first one listens is lost, as in life.
            while call::connect(data.path()).is_err() {
                tokio::task::yield_now().await;
            }
            called.notified().await;
        };
        tokio::select! {
            () = answering => panic!("stopped listening"),
            () = starting => {}
        }
    }
}
