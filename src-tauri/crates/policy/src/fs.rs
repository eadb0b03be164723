//! The file system as the policy sees it: opening without hanging, and facts that tell who could have written.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

#[cfg(any(target_os = "linux", test))]
mod acl;
#[cfg_attr(unix, path = "fs/unix.rs")]
#[cfg_attr(windows, path = "fs/windows.rs")]
mod platform;
#[cfg(any(windows, test))]
mod sddl;
mod standard;
mod trust;

pub(crate) use standard::DanglingLink;
pub use standard::StdFileSystem;
pub use trust::{Distrust, trusted};

/// Access to the files of the policy.
pub trait FileSystem {
    /// Opens a file for reading, following links. Must return at once, also for a named pipe.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if nothing stands at the path; a link that leads nowhere is another error.
    fn open(&self, path: &Path) -> io::Result<OpenedFile>;

    /// The paths of the `*.json` entries of a folder, hidden ones left out, sorted by name.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] if there is no such folder.
    fn json_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
}

/// A file that is open, and what is known of it.
pub struct OpenedFile {
    /// What it is, asked of the open file and not of its name.
    pub kind: FileKind,
    /// Who may write it.
    pub file: Facts,
    /// Who may write the folders on the way to it, links resolved, the nearest first.
    pub folders: Vec<Facts>,
    /// Its content, unread.
    pub content: Box<dyn Read>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An ordinary file.
    Regular,
    /// A folder.
    Folder,
    /// A pipe, a device, a socket.
    Special,
}

/// Who may write a file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The path, links resolved.
    pub path: PathBuf,
    /// Whether its owner is an administrator of the machine.
    pub owned_by_administrator: bool,
    /// Whether somebody else may write it.
    pub writable_by_others: bool,
    /// For a folder: whether others may add entries but not replace those of somebody else.
    pub sticky: bool,
}
