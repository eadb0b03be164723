//! Linux and macOS: owner and mode bits, on Linux also access control lists.

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
    Ok(Facts {
        path: path.to_owned(),
        owned_by_administrator: metadata.uid() == ROOT,
        writable_by_others: mode & 0o002 != 0 || (mode & 0o020 != 0 && group_writes(path, metadata.gid())),
        sticky: metadata.is_dir() && mode & 0o1000 != 0,
    })
}

/// Who is behind the group's right to write: with an access control list it may be anybody whom that names.
#[cfg(target_os = "linux")]
fn group_writes(path: &Path, group: u32) -> bool {
    use rustix::io::Errno;
    // Room for 500 entries; a longer list counts as writable.
    let mut list = [0; 4 + 8 * 500];
    match rustix::fs::getxattr(path, "system.posix_acl_access", &mut list[..]) {
        Ok(length) => {
            super::acl::writable_by_others(list.get(..length).unwrap_or_default(), group, ADMINISTRATORS)
        }
        // No list, or a file system that has none.
        Err(Errno::NODATA | Errno::OPNOTSUPP) => !ADMINISTRATORS.contains(&group),
        Err(_) => true,
    }
}

/// Who is behind the group's right to write. macOS keeps its access control lists apart from the mode; they are not
/// looked at.
#[cfg(not(target_os = "linux"))]
fn group_writes(_: &Path, group: u32) -> bool {
    !ADMINISTRATORS.contains(&group)
}
