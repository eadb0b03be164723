//! Where Convoke keeps its files on each system (`docs/interfaces.md`, Files).

use std::path::PathBuf;

/// The folders of one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Accounts and caches.
    pub data: PathBuf,
    /// User settings.
    pub config: PathBuf,
    /// Logs.
    pub logs: PathBuf,
}

impl Folders {
    /// All folders below one, for demos and tests.
    #[must_use]
    pub fn below(root: &std::path::Path) -> Self {
        Self { data: root.join("data"), config: root.join("config"), logs: root.join("logs") }
    }

    /// The folders of the signed-in user of this computer; `variable` reads the environment.
    /// None where the system names no home folder.
    #[must_use]
    pub fn of_system(variable: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        system(&|name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute()))
    }
}

/// XDG Base Directory: relative values are invalid and ignored.
#[cfg(not(any(windows, target_os = "macos")))]
fn system(absolute: &dyn Fn(&str) -> Option<PathBuf>) -> Option<Folders> {
    let home = absolute("HOME");
    let of = |name: &str, below_home: &str| {
        absolute(name).or_else(|| home.as_ref().map(|home| home.join(below_home)))
    };
    Some(Folders {
        data: of("XDG_DATA_HOME", ".local/share")?.join("convoke"),
        config: of("XDG_CONFIG_HOME", ".config")?.join("convoke"),
        logs: of("XDG_STATE_HOME", ".local/state")?.join("convoke/logs"),
    })
}

#[cfg(target_os = "macos")]
fn system(absolute: &dyn Fn(&str) -> Option<PathBuf>) -> Option<Folders> {
    let library = absolute("HOME")?.join("Library");
    let data = library.join("Application Support/org.convoke.desktop");
    Some(Folders { config: data.clone(), data, logs: library.join("Logs/Convoke") })
}

#[cfg(windows)]
fn system(absolute: &dyn Fn(&str) -> Option<PathBuf>) -> Option<Folders> {
    let local = absolute("LOCALAPPDATA")?.join("Convoke");
    Some(Folders { config: absolute("APPDATA")?.join("Convoke"), logs: local.join("logs"), data: local })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn b84_relative_xdg_folders_are_ignored() {
        let folders = Folders::of_system(&|name| match name {
            "HOME" => Some("/home/ana".into()),
            "XDG_DATA_HOME" => Some("../x".into()),
            "XDG_CONFIG_HOME" => Some("/cfg".into()),
            _ => None,
        })
        .unwrap();
        assert_eq!(folders.data, PathBuf::from("/home/ana/.local/share/convoke"));
        assert_eq!(folders.config, PathBuf::from("/cfg/convoke"));
        assert_eq!(folders.logs, PathBuf::from("/home/ana/.local/state/convoke/logs"));
    }

    #[test]
    fn no_home_no_folders() {
        assert_eq!(Folders::of_system(&|_| None), None);
    }
}
