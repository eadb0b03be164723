//! The pause that a busy server asked for, kept in the account's folder: the engine that heard of it ends with its
//! process, and no other process asks anything before its end either ("EWS throttling in Exchange"). It outlives the
//! connection: who connects anew asks the same server.

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::json_file::{self, FileError};
use crate::profile::Profile;
use chrono::{DateTime, TimeDelta, Utc};
use convoke_model::clock::Clock;
use convoke_sync::{Pause, RoundError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// A later end than this from now is a clock that jumped, and is not waited for: no server is given more.
const LONGEST: TimeDelta = TimeDelta::hours(1);

#[derive(Serialize, Deserialize)]
struct Written {
    until: DateTime<Utc>,
    server: String,
}

/// The pause of one server for one account.
pub(crate) struct SharedPause {
    file: PathBuf,
    server: String,
    clock: Arc<dyn Clock>,
}

impl Pause for SharedPause {
    fn until(&self) -> Option<DateTime<Utc>> {
        let until = read(&self.file, &self.server)?;
        is_in_force(until, self.clock.now()).then_some(until)
    }

    fn keep(&self, until: DateTime<Utc>) {
        let written = Written { until, server: self.server.clone() };
        if let Err(error) = json_file::write(&self.file, &written) {
            tracing::warn!(%error, "the pause of an Exchange server was not kept");
        }
    }
}

impl App {
    /// The pause of a server, which other processes know of too.
    pub(crate) fn exchange_pause(&self, profile: &Profile, server: &Url) -> Arc<SharedPause> {
        let environment = self.environment();
        Arc::new(SharedPause {
            file: path(&profile.folder(&environment.folders.data)),
            server: server.to_string(),
            clock: environment.clock.clone(),
        })
    }

    /// Refuses to ask the server before the end of its pause.
    pub(crate) async fn respect_exchange_pause(
        &self,
        profile: &Profile,
        server: &Url,
    ) -> Result<(), Failure> {
        let pause = self.exchange_pause(profile, server);
        match blocking(move || Ok(pause.until())).await? {
            Some(until) => Err(throttled(until)),
            None => Ok(()),
        }
    }

    /// What the server answered to a question outside of its engine: a pause that it asks for is kept.
    pub(crate) async fn heed_exchange<T: Send + 'static>(
        &self,
        profile: &Profile,
        server: &Url,
        answer: Result<T, RoundError>,
    ) -> Result<T, Failure> {
        if let Err(RoundError::RetryAt { at, .. }) = &answer {
            let (pause, at) = (self.exchange_pause(profile, server), *at);
            blocking(move || {
                pause.keep(at);
                Ok(())
            })
            .await?;
        }
        answer.map_err(|error| failure::of_round(&error))
    }
}

fn throttled(until: DateTime<Utc>) -> Failure {
    let detail = format!("nothing is asked before {}", until.format("%H:%M:%S UTC"));
    Failure::new(Code::Throttled).with_detail(detail)
}

/// Forgets it, unless it is still to be kept: who signs in anew asks the same server.
///
/// # Errors
/// When the system refuses.
pub(super) fn forget(account: &Path, now: DateTime<Utc>) -> Result<(), FileError> {
    let file = path(account);
    let kept = json_file::read::<Written>(&file).ok().flatten();
    if kept.is_some_and(|kept| is_in_force(kept.until, now)) {
        return Ok(());
    }
    json_file::remove(&file)
}

fn is_in_force(until: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    until > now && until - now <= LONGEST
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
