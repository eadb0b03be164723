//! The pause that a busy server asked for, kept in the cache: the engine that heard of it ends with its process, and
//! no other process asks anything before its end either ("EWS throttling in Exchange").

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use convoke_store::{Store, StoreError};
use convoke_sync::Engine;
use std::sync::Arc;

/// What the cache calls it. Its value is the instant, a blank, and the server's address.
const NAME: &str = "exchange.quietUntil";

/// A later end than this from now is a clock that jumped, and is not waited for: no server is given more.
const LONGEST: TimeDelta = TimeDelta::hours(1);

impl App {
    /// Refuses to ask the server before the end of its pause.
    pub(crate) async fn respect_exchange_pause(
        &self,
        store: &Arc<Store>,
        server: &str,
    ) -> Result<(), Failure> {
        let (store, now, server) = (store.clone(), self.now(), server.to_owned());
        let until =
            blocking(move || read(&store, &server).map_err(|error| failure::of_store(&error))).await?;
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
        store: &Arc<Store>,
        server: &str,
        engine: &Engine,
    ) -> Result<(), Failure> {
        let Some(until) = engine.quiet_until() else { return Ok(()) };
        let text = format!("{} {server}", until.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        let store = store.clone();
        let write = move || store.writer()?.set_meta(NAME, Some(&text));
        blocking(move || write().map_err(|error| failure::of_store(&error))).await
    }
}

fn read(store: &Store, server: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let kept = store.reader()?.meta(NAME)?;
    let kept = kept.as_deref().and_then(|kept| kept.split_once(' '));
    Ok(kept.filter(|(_, of)| *of == server).and_then(|(until, _)| until.parse().ok()))
}
