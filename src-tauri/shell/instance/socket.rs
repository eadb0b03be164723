//! The call over a Unix socket in the profile's folder, which only its owner may enter.

use std::io::Result;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn address(data: &Path) -> PathBuf {
    data.join("window.sock")
}

/// Calls the one who listens.
pub fn connect(data: &Path) -> Result<()> {
    std::os::unix::net::UnixStream::connect(address(data)).map(drop)
}

/// Calls `show` at each call. What callers send is not read.
pub async fn listen(data: &Path, show: impl Fn()) -> Result<()> {
    let address = address(data);
    // Left over from a process that was killed: whoever holds the lock may remove it.
    match std::fs::remove_file(&address) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = tokio::net::UnixListener::bind(&address)?;
    std::fs::set_permissions(&address, std::fs::Permissions::from_mode(0o600))?;
    loop {
        drop(listener.accept().await?);
        show();
    }
}
