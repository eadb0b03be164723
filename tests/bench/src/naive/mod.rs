//! The reference for sync: what somebody would write in an afternoon. One request after the other on one
//! connection, typed parsing, every page inserted in a transaction of its own into an encrypted SQLite file.
//! It knows nothing of changes, repeated ids, series, other clients or failures.

mod cache;
mod http;
mod wire;

use crate::error::BenchError;
use cache::Cache;
pub use cache::open_encrypted;
use chrono::{Days, NaiveDate, Utc};
use http::Http;
pub use http::agent;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;
use wire::{Contact, Event, Named, Page};

/// The days that the product asks for under the tenant's policy: 30 back and 180 ahead, one more on both sides,
/// and a week of slack.
const WINDOW: (u64, u64) = (31, 189);

/// What a first sync did, as it prints it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Done {
    /// Meetings, without the masters of series.
    pub meetings: usize,
    /// Contacts.
    pub contacts: usize,
    /// Requests sent.
    pub requests: usize,
    /// Bytes received.
    pub bytes: usize,
    /// Milliseconds inside the process.
    pub ms: f64,
    /// Milliseconds of it in requests, in parsing, in inserting.
    pub parts: [f64; 3],
    /// Links for the next round: of the first calendar, and of the default contact folder.
    pub links: Vec<String>,
}

/// Reads everything into a new file.
///
/// # Errors
/// When a request or the database fails.
pub fn first_sync(graph: &str, token: &str, file: &Path) -> Result<Done, BenchError> {
    let start = Instant::now();
    let mut sync =
        Sync { http: Http::new(graph, token), cache: Cache::create(file)?, parse: 0.0, insert: 0.0 };
    let mut meetings = HashSet::new();
    let mut contacts = HashSet::new();
    let mut links = Vec::new();
    for address in sync.calendars()? {
        let link = sync.round(address, |cache, page: &Page<Event>| {
            cache.insert_events(&page.value)?;
            meetings
                .extend(page.value.iter().filter(|event| event.is_listed()).map(|event| event.id.clone()));
            Ok(())
        })?;
        links.push(link);
    }
    let calendars = links.len();
    for address in sync.folders()? {
        let link = sync.round(address, |cache, page: &Page<Contact>| {
            cache.insert_contacts(&page.value)?;
            contacts.extend(
                page.value
                    .iter()
                    .filter(|contact| contact.removed.is_none())
                    .map(|contact| contact.id.clone()),
            );
            Ok(())
        })?;
        links.push(link);
    }
    let links = [0, calendars].into_iter().filter_map(|index| links.get(index).cloned()).collect();
    sync.cache.close()?;
    let (requests, bytes) = (sync.http.requests, sync.http.bytes);
    let parts = [sync.http.ms, sync.parse, sync.insert];
    let ms = start.elapsed().as_secs_f64() * 1e3;
    Ok(Done { meetings: meetings.len(), contacts: contacts.len(), requests, bytes, ms, parts, links })
}

/// Asks some addresses, one after the other, and nothing else; milliseconds inside the process.
///
/// # Errors
/// When a request fails.
pub fn requests(token: &str, links: &[String]) -> Result<f64, BenchError> {
    let start = Instant::now();
    let mut http = Http::new("", token);
    for link in links {
        http.get(link)?;
    }
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

struct Sync {
    http: Http,
    cache: Cache,
    parse: f64,
    insert: f64,
}

impl Sync {
    /// Where the round of each calendar begins.
    fn calendars(&mut self) -> Result<Vec<url::Url>, BenchError> {
        let today = Utc::now().date_naive();
        let midnight =
            |day: Option<NaiveDate>| day.map_or_else(String::new, |day| format!("{day}T00:00:00Z"));
        let start = midnight(today.checked_sub_days(Days::new(WINDOW.0)));
        let end = midnight(today.checked_add_days(Days::new(WINDOW.1)));
        let ids = self.list(&["me", "calendars"])?;
        let round = |id: &String| {
            let mut url = self.http.url(&["me", "calendars", id, "calendarView", "delta"])?;
            url.query_pairs_mut().append_pair("startDateTime", &start).append_pair("endDateTime", &end);
            Ok(url)
        };
        ids.iter().map(round).collect()
    }

    /// Where the round of each contact folder begins, the default one first.
    fn folders(&mut self) -> Result<Vec<url::Url>, BenchError> {
        let mut rounds = vec![self.http.url(&["me", "contacts", "delta"])?];
        let mut open = self.list(&["me", "contactFolders"])?;
        while let Some(id) = open.pop() {
            rounds.push(self.http.url(&["me", "contactFolders", &id, "contacts", "delta"])?);
            open.extend(self.list(&["me", "contactFolders", &id, "childFolders"])?);
        }
        for round in &mut rounds {
            round.set_query(Some(&format!("$select={}", wire::CONTACT_FIELDS)));
        }
        Ok(rounds)
    }

    /// The ids of a short list.
    fn list(&mut self, path: &[&str]) -> Result<Vec<String>, BenchError> {
        let mut url = self.http.url(path)?;
        url.set_query(Some("$top=200"));
        let page: Page<Named> = serde_json::from_slice(&self.http.get(url.as_str())?)?;
        Ok(page.value.into_iter().map(|named| named.id).collect())
    }

    /// Reads a round page by page; its link for the next one.
    fn round<T: serde::de::DeserializeOwned>(
        &mut self,
        first: url::Url,
        mut keep: impl FnMut(&mut Cache, &Page<T>) -> Result<(), BenchError>,
    ) -> Result<String, BenchError> {
        let mut next = first.to_string();
        loop {
            let body = self.http.get(&next)?;
            let start = Instant::now();
            let page: Page<T> = serde_json::from_slice(&body)?;
            self.parse += start.elapsed().as_secs_f64() * 1e3;
            let start = Instant::now();
            keep(&mut self.cache, &page)?;
            self.insert += start.elapsed().as_secs_f64() * 1e3;
            match (page.next, page.delta) {
                (Some(link), _) => next = link,
                (None, Some(link)) => return Ok(link),
                (None, None) => return Err(BenchError::Wrong("a round without an end".to_owned())),
            }
        }
    }
}
