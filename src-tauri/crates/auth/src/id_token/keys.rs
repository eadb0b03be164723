//! The signing keys of an authority, fetched and kept.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use convoke_model::clock::Clock;
use convoke_net::{Limits, Transport};
use http::Request;
use http::header::ACCEPT;
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::error::AuthError;

/// Keys are asked for again after a day, or earlier for an unknown `kid`, but not twice in this time.
const PAUSE: TimeDelta = TimeDelta::minutes(5);
const LIFE: TimeDelta = TimeDelta::hours(24);

/// More keys than this are not read.
const MOST_KEYS: usize = 100;

#[derive(Clone)]
struct Kept {
    fetched: DateTime<Utc>,
    keys: Vec<Jwk>,
    /// An unknown `kid` made us ask again at this time.
    again: Option<DateTime<Utc>>,
}

/// Signing keys by the URL they came from. One per process.
#[derive(Default)]
pub struct KeyCache {
    kept: Mutex<HashMap<Url, Kept>>,
}

/// One key at a time, so that a key of a kind that we don't know spoils nothing.
#[derive(Deserialize)]
struct Wire {
    keys: Vec<serde_json::Value>,
}

impl KeyCache {
    /// The key `kid` of `url`. An unknown one is looked for once more at the source, at most every five
    /// minutes: tokens with invented ids must not make us ask without end.
    pub(crate) async fn find(
        &self,
        url: &Url,
        kid: &str,
        transport: &dyn Transport,
        clock: &dyn Clock,
    ) -> Result<Option<Jwk>, AuthError> {
        let mut kept = self.kept.lock().await;
        let now = clock.now();
        let current = kept.get(url).filter(|kept| now - kept.fetched < LIFE && kept.fetched <= now).cloned();
        let mut current = match current {
            Some(current) => current,
            None => Kept { fetched: now, keys: fetch(url, transport).await?, again: None },
        };
        let mut found = pick(&current.keys, kid);
        let rested = current.again.is_none_or(|again| now - again >= PAUSE || again > now);
        if found.is_none() && rested {
            current = Kept { fetched: now, keys: fetch(url, transport).await?, again: Some(now) };
            found = pick(&current.keys, kid);
        }
        kept.insert(url.clone(), current);
        Ok(found)
    }
}

fn pick(keys: &[Jwk], kid: &str) -> Option<Jwk> {
    keys.iter().find(|key| key.common.key_id.as_deref() == Some(kid)).cloned()
}

async fn fetch(url: &Url, transport: &dyn Transport) -> Result<Vec<Jwk>, AuthError> {
    let request = Request::get(url.as_str())
        .header(ACCEPT, "application/json")
        .body(bytes::Bytes::new())
        .map_err(|_| AuthError::Settings("the address of the keys is not a URL"))?;
    let answer = transport.send(request, Limits::SMALL).await?;
    if answer.status().is_server_error() || answer.status().as_u16() == 429 {
        return Err(AuthError::busy(None));
    }
    let wire: Option<Wire> =
        serde_json::from_slice(answer.body()).ok().filter(|_| answer.status().is_success());
    let wire = wire.ok_or_else(|| AuthError::unexpected(url, "its signing keys are not there"))?;
    Ok(wire.keys.into_iter().take(MOST_KEYS).filter_map(|key| serde_json::from_value(key).ok()).collect())
}
