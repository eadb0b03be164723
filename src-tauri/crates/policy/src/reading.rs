//! What all sources of the policy hold at one moment, not yet judged.

use std::io::{self, Read};
use std::path::Path;

use crate::effective::{Effective, effective};
use crate::fs::{FileKind, FileSystem, trusted};
use crate::load::{LoadError, PolicyEnvironment};
use crate::locations::{MAIN_FILE, MORE_FILES};
use crate::managed::{ManagedSettings, Setting, judge};
use crate::message::{Message, of_system};
use crate::problem::ProblemKind;
use crate::read::{FileSource, Parsed, read};
use crate::sentences as say;
use crate::text::MAX_BYTES;

/// More files than anybody merges by hand; past it something is wrong with the folder.
const MAX_FILES: usize = 100;

/// Every source of the policy with its content, in the order of the merge: the later wins.
///
/// Two readings are equal exactly if nothing changed in between, down to the last byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    sources: Vec<Source>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    name: String,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// A file, of which one byte more than allowed is kept at most.
    Bytes(Vec<u8>),
    /// What the system's management set.
    Managed(Vec<Setting>),
    /// It is there and not used, for this reason.
    Refused(ProblemKind, Message),
}

impl Reading {
    /// Reads the machine's sources, or the named file where the machine has none. What is wrong with a source is
    /// part of the reading.
    ///
    /// # Errors
    /// [`LoadError::MachineHasPolicy`] if a file was named on a machine that has a policy.
    pub fn take(
        environment: &PolicyEnvironment,
        fs: &dyn FileSystem,
        managed: &dyn ManagedSettings,
    ) -> Result<Self, LoadError> {
        let files =
            environment.machine_dir.as_deref().map(|folder| machine_files(folder, fs)).unwrap_or_default();
        let machine = Self { sources: managed_source(managed).into_iter().chain(files).collect() };
        let named = environment.override_file.as_ref().filter(|path| !path.as_os_str().is_empty());
        match (named, machine.sources.last()) {
            (Some(named), Some(source)) => {
                Err(LoadError::MachineHasPolicy { machine: source.name.clone().into(), named: named.clone() })
            }
            (Some(named), None) => Ok(Self::of_file(named, fs)),
            (None, _) => Ok(machine),
        }
    }

    /// Reads one file, whoever owns it. That it is missing is a problem.
    #[must_use]
    pub fn of_file(path: &Path, fs: &dyn FileSystem) -> Self {
        let missing = || refused(path, ProblemKind::Refused, say::no_such_file());
        Self { sources: vec![read_file(path, Trust::Anybody, fs).unwrap_or_else(missing)] }
    }

    /// A reading of files whose content is known.
    #[must_use]
    pub fn of_content(files: &[FileSource<'_>]) -> Self {
        let source = |file: &FileSource<'_>| Source {
            name: file.name.to_owned(),
            content: Content::Bytes(file.bytes.to_vec()),
        };
        Self { sources: files.iter().map(source).collect() }
    }

    /// A reading that is refused as a whole.
    pub(crate) fn refused(name: &Path, kind: ProblemKind, reason: Message) -> Self {
        Self { sources: vec![refused(name, kind, reason)] }
    }

    /// What the sources say together.
    #[must_use]
    pub fn effective(&self) -> Effective {
        let parsed: Vec<Parsed> = self.sources.iter().map(Source::parsed).collect();
        effective(&parsed)
    }
}

impl Source {
    fn parsed(&self) -> Parsed {
        match &self.content {
            Content::Bytes(bytes) => read(FileSource { name: &self.name, bytes }),
            Content::Managed(settings) => judge(&self.name, settings),
            Content::Refused(kind, reason) => Parsed::refused(&self.name, *kind, reason.clone()),
        }
    }
}

fn managed_source(managed: &dyn ManagedSettings) -> Option<Source> {
    let content = match managed.settings() {
        Ok(settings) if settings.is_empty() => return None,
        Ok(settings) => Content::Managed(settings),
        Err(error) => Content::Refused(error.kind(), error.message()),
    };
    Some(Source { name: managed.name(), content })
}

/// `policy.json`, then `policy.d/*.json` by name; an empty list if the machine has no policy file.
fn machine_files(folder: &Path, fs: &dyn FileSystem) -> Vec<Source> {
    let main = folder.join(MAIN_FILE);
    let more = folder.join(MORE_FILES);
    let mut files: Vec<Source> = read_file(&main, Trust::Administrators, fs).into_iter().collect();
    match fs.json_files(&more) {
        Ok(paths) if paths.len() > MAX_FILES => {
            files.push(refused(&more, ProblemKind::Refused, say::too_many_files(MAX_FILES)));
        }
        Ok(paths) => files.extend(paths.iter().filter_map(|path| read_file(path, Trust::Administrators, fs))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            let reason = say::cannot_read_folder(of_system(&error));
            files.push(refused(&more, ProblemKind::Refused, reason));
        }
    }
    files
}

/// Whose files are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Only what nobody but an administrator can write.
    Administrators,
    /// Any file: whoever named it could as well name another.
    Anybody,
}

fn read_file(path: &Path, trust: Trust, fs: &dyn FileSystem) -> Option<Source> {
    let refused = |reason: Message| Some(refused(path, ProblemKind::Refused, reason));
    let opened = match fs.open(path) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return refused(say::cannot_open(of_system(&error))),
    };
    match opened.kind {
        FileKind::Regular => {}
        FileKind::Folder => return refused(say::a_folder()),
        FileKind::Special => return refused(say::a_device()),
    }
    if trust == Trust::Administrators
        && let Err(distrust) = trusted(&opened)
    {
        return Some(self::refused(path, ProblemKind::Untrusted, distrust.message()));
    }
    // One byte more than is allowed, so that reading tells a file that is too large from one that just fits.
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match opened.content.take(limit).read_to_end(&mut bytes) {
        Ok(_) => Some(Source { name: name(path), content: Content::Bytes(bytes) }),
        Err(error) => refused(say::cannot_read(of_system(&error))),
    }
}

fn refused(path: &Path, kind: ProblemKind, reason: Message) -> Source {
    Source { name: name(path), content: Content::Refused(kind, reason) }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
