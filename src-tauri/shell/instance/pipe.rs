//! The call over a named pipe of this user and profile.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Result;
use std::path::Path;
use tokio::net::windows::named_pipe::ServerOptions;

fn address(data: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    format!(r"\\.\pipe\convoke-window-{:016x}", hasher.finish())
}

/// Calls the one who listens.
pub fn connect(data: &Path) -> Result<()> {
    std::fs::OpenOptions::new().read(true).write(true).open(address(data)).map(drop)
}

/// Calls `show` at each call. What callers send is not read.
pub async fn listen(data: &Path, show: impl Fn()) -> Result<()> {
    let address = address(data);
    let mut server =
        ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&address)?;
    loop {
        server.connect().await?;
        let next = ServerOptions::new().reject_remote_clients(true).create(&address)?;
        drop(std::mem::replace(&mut server, next));
        show();
    }
}
