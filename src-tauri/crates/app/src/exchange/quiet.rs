//! The pause that a busy server asked for, kept in the account's folder: the engine that heard of it ends with its
//! process, and no other process asks anything before its end either ("EWS throttling in Exchange"). It outlives the
//! connection: who connects anew asks the same server.

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::json_file::{self, FileError};
use crate::profile::Profile;
use chrono::{DateTime, TimeDelta, Utc};
use convoke_sync::Engine;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A later end than this from now is a clock that jumped, and is not waited for: no server is given more.
const LONGEST: TimeDelta = TimeDelta::hours(1);

#[derive(Serialize, Deserialize)]
struct Written {
    until: DateTime<Utc>,
    server: String,
}

impl App {
    /// Refuses to ask the server before the end of its pause.
    pub(crate) async fn respect_exchange_pause(
        &self,
        profile: &Profile,
        server: &str,
    ) -> Result<(), Failure> {
        let (file, server) = (self.pause_file(profile), server.to_owned());
        let until = blocking(move || Ok(read(&file, &server))).await?;
        let now = self.now();
        match until.filter(|until| *until > now && *until - now <= LONGEST) {
            Some(until) => {
                let detail = format!("nothing is asked before {}", until.format("%H:%M:%S UTC"));
                Err(Failure::new(Code::Throttled).with_detail(detail))
            }
            None => Ok(()),
        }
    }

    /// Remembers the pause that an engine was told of. One that is over is left where it is.
    pub(crate) async fn keep_exchange_pause(
        &self,
        profile: &Profile,
        server: &str,
        engine: &Engine,
    ) -> Result<(), Failure> {
        let Some(until) = engine.quiet_until() else { return Ok(()) };
        let (file, written) = (self.pause_file(profile), Written { until, server: server.to_owned() });
        blocking(move || json_file::write(&file, &written).map_err(|error| failure::of_file(&error))).await
    }

    fn pause_file(&self, profile: &Profile) -> PathBuf {
        path(&profile.folder(&self.environment().folders.data))
    }
}

/// Forgets it.
///
/// # Errors
/// When the system refuses.
pub(super) fn forget(account: &Path) -> Result<(), FileError> {
    json_file::remove(&path(account))
}

fn path(account: &Path) -> PathBuf {
    account.join("exchange-pause.json")
}

/// What can't be read holds up nothing.
fn read(file: &Path, server: &str) -> Option<DateTime<Utc>> {
    match json_file::read::<Written>(file) {
        Ok(kept) => kept.filter(|kept| kept.server == server).map(|kept| kept.until),
        Err(error) => {
            tracing::warn!(%error, "the pause of an Exchange server was not read");
            None
        }
    }
}
