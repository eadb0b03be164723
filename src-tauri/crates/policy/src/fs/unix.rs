//! Linux and macOS: owner and mode bits.

use std::fs::{Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::Facts;

const ROOT: u32 = 0;

/// macOS gives its `admin` group write access to some system folders; its members administer the machine.
const ADMINISTRATORS: &[u32] = if cfg!(target_os = "macos") { &[0, 80] } else { &[0] };

/// Opening a named pipe must not wait for a writer, nor a terminal become ours.
pub fn open_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_CLOEXEC);
    options
}

pub fn facts(path: &Path, metadata: &Metadata) -> io::Result<Facts> {
    let mode = metadata.mode();
    let group_writes = mode & 0o020 != 0 && !ADMINISTRATORS.contains(&metadata.gid());
    Ok(Facts {
        path: path.to_owned(),
        owned_by_administrator: metadata.uid() == ROOT,
        writable_by_others: mode & 0o002 != 0 || group_writes,
        sticky: metadata.is_dir() && mode & 0o1000 != 0,
    })
}
