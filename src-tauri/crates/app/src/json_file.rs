//! Small JSON files, written whole: to a neighbour first, then renamed over, private to the user.

use serde::{Serialize, de::DeserializeOwned};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// No file of ours is near this size; a larger one is not ours.
const MAX_BYTES: u64 = 256 * 1024;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// It isn't the JSON that was expected.
    #[error("{path} is damaged: {source}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// It is far too large.
    #[error("{path} is too large")]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

/// Reads a file; none if it doesn't exist.
///
/// # Errors
/// When it exists and can't be read or understood.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, FileError> {
    let io = |source| FileError::Io { path: path.to_owned(), source };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
        Ok(data) if data.len() > MAX_BYTES => return Err(FileError::TooLarge { path: path.to_owned() }),
        Ok(_) => {}
    }
    let bytes = std::fs::read(path).map_err(io)?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|source| FileError::Damaged { path: path.to_owned(), source })
}

/// Writes a file whole; a crash leaves the old one or the new one.
///
/// # Errors
/// When the system refuses.
pub fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), FileError> {
    let io = |source| FileError::Io { path: path.to_owned(), source };
    let text = serde_json::to_vec_pretty(value)
        .map_err(|source| FileError::Damaged { path: path.to_owned(), source })?;
    if let Some(folder) = path.parent() {
        private_folder(folder).map_err(io)?;
    }
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = private_file(&beside).map_err(io)?;
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(io)?;
    std::fs::rename(&beside, path).map_err(io)
}

/// Removes a file; it need not exist.
///
/// # Errors
/// When the system refuses.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(FileError::Io { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

/// Makes a folder, with its parents, that only the user can enter.
///
/// # Errors
/// When the system refuses.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens an empty file, made where it is missing, that only the user can read and write.
///
/// # Errors
/// When the system refuses.
pub fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_a_damaged_file_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/settings.json");
        assert_eq!(read::<Vec<u8>>(&path).unwrap(), None);
        write(&path, &vec![1_u8, 2]).unwrap();
        assert_eq!(read::<Vec<u8>>(&path).unwrap(), Some(vec![1, 2]));
        std::fs::write(&path, "[1,").unwrap();
        assert!(matches!(read::<Vec<u8>>(&path), Err(FileError::Damaged { .. })));
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(read::<Vec<u8>>(&path).unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn b76_files_are_the_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own/account.json");
        write(&path, &1).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
