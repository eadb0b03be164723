//! The files of the cache: names, modes, setting aside, deleting.

use crate::error::StoreError;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

/// The account's folder.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    dir: PathBuf,
}

impl Paths {
    pub(crate) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join("cache.db")
    }

    pub(crate) fn key_check(&self) -> PathBuf {
        self.dir.join("cache.key-check")
    }

    /// Its presence says that damage was seen while the file was in use.
    pub(crate) fn suspect(&self) -> PathBuf {
        self.dir.join("cache.suspect")
    }

    /// Makes the folder, for the user only.
    pub(crate) fn make_dir(&self) -> Result<(), StoreError> {
        fs::create_dir_all(&self.dir)?;
        restrict(&self.dir, 0o700)
    }

    /// Holds other processes off while the file is created or replaced. Ends when dropped.
    pub(crate) fn lock(&self) -> Result<File, StoreError> {
        let file = private_options().open(self.dir.join("cache.lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Size of the database; `None` where there is no file. Links and folders are refused.
    pub(crate) fn database_size(&self) -> Result<Option<u64>, StoreError> {
        match fs::symlink_metadata(self.database()) {
            Ok(found) if found.is_file() => Ok(Some(found.len())),
            Ok(_) => Err(StoreError::NotAFile),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes the database's file where it is missing, and sees to it that only the user may read it. SQLite
    /// gives its `-wal` and `-shm` the same mode.
    pub(crate) fn protect_database(&self) -> Result<(), StoreError> {
        drop(private_options().open(self.database())?);
        restrict(&self.database(), 0o600)
    }

    /// Moves the database away, with what belongs to it. One set-aside file is kept, the latest.
    pub(crate) fn set_aside(&self) -> Result<PathBuf, StoreError> {
        let kept = self.set_aside_files()?;
        let number = kept.iter().filter_map(|path| number_of(path)).max().unwrap_or(0) + 1;
        let target = self.dir.join(format!("cache.damaged-{number}"));
        fs::rename(self.database(), &target)?;
        for suffix in ["-wal", "-shm", "-journal"] {
            remove(&with_suffix(&self.database(), suffix))?;
        }
        for old in kept {
            remove(&old)?;
        }
        remove(&self.suspect())?;
        Ok(target)
    }

    /// Deletes the database and everything that belongs to it.
    pub(crate) fn destroy(&self) -> Result<(), StoreError> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            remove(&with_suffix(&self.database(), suffix))?;
        }
        for path in self.set_aside_files()? {
            remove(&path)?;
        }
        remove(&self.key_check())?;
        remove(&self.suspect())?;
        remove(&self.dir.join("cache.lock"))
    }

    fn set_aside_files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        Ok(entries.flatten().map(|entry| entry.path()).filter(|path| number_of(path).is_some()).collect())
    }
}

/// Replaces a small file in one step, for the user only.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), StoreError> {
    let new = with_suffix(path, ".new");
    remove(&new)?;
    std::io::Write::write_all(&mut private_options().open(&new)?, text.as_bytes())?;
    Ok(fs::rename(&new, path)?)
}

/// Deletes a file; one that is not there is deleted already.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn number_of(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.strip_prefix("cache.damaged-")?.parse().ok()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn private_options() -> OpenOptions {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path)?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}

/// On Windows the profile's folders carry the user's own access list already.
#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> Result<(), StoreError> {
    Ok(())
}
