//! Finding contacts as one types.
//!
//! Names and addresses are in an index of this process, sorted by token, that we rank ourselves; everything else
//! (company, title, telephone, …) is asked of FTS5 without its ranking, which would score every match. Where both
//! find too few, tokens within one slip of the finger count too.

mod build;
mod index;
mod rank;

pub(crate) use index::SearchIndex;

use crate::error::StoreError;
use crate::rows::ContactQuery;
use crate::store::{Store, lock};
use crate::table::{contact_text, meta};
use rusqlite::Connection;
use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

/// With so many names found, nobody looks for a company that begins alike.
const ENOUGH_NAMES: usize = 500;

/// Matches outside names and addresses that are looked at.
const MOST_ELSEWHERE: usize = 1_000;

/// With fewer hits than this, slips are forgiven.
const FEW: usize = 5;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    pub total: usize,
    /// Keys of the page.
    pub keys: Vec<i64>,
}

impl Store {
    /// Brings the search index up to date. Queries do it too where it is stale; calling it after a sync, in the
    /// background, keeps the next key press fast.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn refresh_search(&self) -> Result<(), StoreError> {
        let reader = self.reader()?;
        reader.run(|connection| current(self, connection)).map(|_| ())
    }
}

/// The index of the state that the connection sees; a slightly older one while somebody else builds it.
pub(crate) fn current(store: &Store, connection: &Connection) -> Result<Arc<SearchIndex>, StoreError> {
    let generation = meta::contacts_generation(connection)?;
    let held = || store.index.read().unwrap_or_else(PoisonError::into_inner).clone();
    let fresh = |index: &Arc<SearchIndex>| index.generation == generation;
    let stale = match held() {
        Some(index) if fresh(&index) => return Ok(index),
        stale => stale,
    };
    let _building = match (stale, store.building.try_lock()) {
        (_, Ok(guard)) => guard,
        (Some(stale), Err(_)) => return Ok(stale),
        (None, Err(_)) => lock(&store.building),
    };
    if let Some(index) = held().filter(fresh) {
        return Ok(index);
    }
    let index = Arc::new(build::build(connection, generation)?);
    *store.index.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&index));
    Ok(index)
}

/// The page of the query.
pub(crate) fn find(
    connection: &Connection,
    index: &SearchIndex,
    typed: &[String],
    query: &ContactQuery,
) -> Result<Hits, StoreError> {
    let last = query.offset.saturating_add(query.limit);
    let mut keys = rank::by_name(index, typed, last.max(ENOUGH_NAMES));
    let mut total = keys.total;
    if total < ENOUGH_NAMES {
        let mut known: HashSet<i64> = keys.best.iter().copied().collect();
        let elsewhere = contact_text::search(connection, typed, MOST_ELSEWHERE)?;
        keys.best.extend(elsewhere.into_iter().filter(|key| known.insert(*key)));
        if keys.best.len() < FEW {
            let slips = rank::with_slips(index, typed, MOST_ELSEWHERE);
            keys.best.extend(slips.best.into_iter().filter(|key| known.insert(*key)));
        }
        total = keys.best.len();
    }
    let page = keys.best.into_iter().skip(query.offset).take(query.limit).collect();
    Ok(Hits { total, keys: page })
}
