//! The log file: one per day, a week kept, private to the user. Secrets and content never reach it:
//! nothing that is logged holds them (`net` logs hosts and statuses, errors carry codes).

use crate::json_file::private_folder;
use chrono::{DateTime, Duration, Utc};
use std::path::Path;
use std::sync::Mutex;
use tracing_subscriber::{EnvFilter, Registry, fmt, layer::SubscriberExt, reload, util::SubscriberInitExt};

/// Days that are kept.
const KEEP: i64 = 7;

/// Where log lines go.
pub enum Target<'a> {
    /// To a file of the day in this folder.
    File(&'a Path),
    /// To stderr.
    Stderr,
}

/// The log of the process, once started: its level can follow a policy that changes.
#[derive(Clone, Default)]
pub struct Logging(Option<reload::Handle<EnvFilter, Registry>>);

impl Logging {
    /// Takes another level from here on.
    pub fn follow(&self, level: &str) {
        let Some(handle) = &self.0 else { return };
        if let Err(error) = handle.reload(filter(level)) {
            tracing::warn!(%error, "level of the log not changed");
        }
    }
}

/// Starts logging for the process. A folder that can't be written costs the log, not the program.
pub fn start(target: &Target<'_>, level: &str, now: DateTime<Utc>) -> Logging {
    let (filter, handle) = reload::Layer::new(filter(level));
    let registry = tracing_subscriber::registry().with(filter);
    let started = match target {
        Target::Stderr => registry.with(fmt::layer().with_writer(std::io::stderr)).try_init().is_ok(),
        Target::File(folder) => open(folder, now).is_some_and(|file| {
            registry.with(fmt::layer().with_ansi(false).with_writer(Mutex::new(file))).try_init().is_ok()
        }),
    };
    if started {
        tracing::debug!("logging started");
    }
    Logging(started.then_some(handle))
}

/// Only our own crates: what libraries log was not written with our rule about secrets in mind.
fn filter(level: &str) -> EnvFilter {
    EnvFilter::new(format!("off,convoke={level},{}", our_crates(level)))
}

fn our_crates(level: &str) -> String {
    ["app", "auth", "ews", "graph", "net", "policy", "shell", "store", "sync"]
        .map(|name| format!("convoke_{name}={level}"))
        .join(",")
}

fn open(folder: &Path, now: DateTime<Utc>) -> Option<std::fs::File> {
    private_folder(folder).ok()?;
    remove_old(folder, now);
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.join(format!("convoke-{}.log", now.format("%Y-%m-%d")))).ok()
}

fn remove_old(folder: &Path, now: DateTime<Utc>) {
    let oldest = format!("convoke-{}.log", (now - Duration::days(KEEP)).format("%Y-%m-%d"));
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with("convoke-") && name.ends_with(".log") && *name < *oldest);
        if ours {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_of_logs_is_kept_and_nothing_else_touched() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["convoke-2026-03-01.log", "convoke-2026-03-11.log", "notes.log"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        open(folder.path(), "2026-03-12T10:00:00Z".parse().unwrap()).unwrap();
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["convoke-2026-03-11.log", "convoke-2026-03-12.log", "notes.log"]);
    }
}
