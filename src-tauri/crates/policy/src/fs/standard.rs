//! The real file system.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{FileKind, FileSystem, OpenedFile, platform};

/// A link whose target does not exist.
#[derive(Clone, Copy, Debug, Error)]
#[error("the link leads nowhere")]
pub(crate) struct DanglingLink;

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct StdFileSystem;

impl FileSystem for StdFileSystem {
    fn open(&self, path: &Path) -> io::Result<OpenedFile> {
        let file = open(path)?;
        let metadata = file.metadata()?;
        let resolved = path.canonicalize()?;
        let folders = resolved.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        Ok(OpenedFile {
            kind: kind(&metadata),
            file: platform::facts(&resolved, &metadata)?,
            folders: folders
                .map(|folder| platform::facts(folder, &folder.metadata()?))
                .collect::<io::Result<_>>()?,
            content: Box::new(file),
        })
    }

    fn json_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in folder.read_dir()? {
            let path = entry?.path();
            let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if !hidden && path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }
}

fn open(path: &Path) -> io::Result<File> {
    match platform::open_options().read(true).open(path) {
        // A link that leads nowhere is not the same as no file: somebody meant a policy to be there.
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_ok() => {
            Err(io::Error::other(DanglingLink))
        }
        other => other,
    }
}

fn kind(metadata: &std::fs::Metadata) -> FileKind {
    if metadata.is_file() {
        FileKind::Regular
    } else if metadata.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Special
    }
}
