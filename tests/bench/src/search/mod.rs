//! Search in contacts, against full-text search of SQLite over the same data.

mod fts;
pub mod people;

use crate::error::BenchError;
use crate::figure::Figure;
use crate::group::Told;
use crate::sample::{Samples, percentile};
use convoke_store::{CacheKey, ContactQuery, Store};
use fts::Fts;
use people::Typed;
use std::time::Instant;

/// Contacts in the cache.
const CONTACTS: usize = 100_000;

/// Searches of a kind in a run.
const TURNS: usize = 150;

/// Rows of a page.
const ROWS: usize = 20;

/// Times of one kind of search in one run: the product's, the reference's.
type Times = (Vec<f64>, Vec<f64>);

/// What people type, letter by letter.
///
/// # Errors
/// When a search fails or finds nobody.
pub fn measure(runs: usize) -> Result<Told, BenchError> {
    let folder = tempfile::tempdir().map_err(BenchError::file(std::env::temp_dir()))?;
    let key = CacheKey::new([7; 32]);
    let (store, _) = Store::open(folder.path(), &key)?;
    store.writer()?.commit_contacts(&people::round(CONTACTS))?;
    drop(store);
    let fts = Fts::create(&folder.path().join("reference.db"), CONTACTS)?;
    let mut built = Vec::new();
    let mut kinds: Vec<Vec<Times>> = vec![Vec::new(); Typed::ALL.len()];
    for _ in 0..=runs {
        let (store, _) = Store::open(folder.path(), &key)?;
        let start = Instant::now();
        store.refresh_search()?;
        built.push(start.elapsed().as_secs_f64() * 1e3);
        for (kind, times) in Typed::ALL.into_iter().zip(&mut kinds) {
            times.push(round(&store, &fts, kind)?);
        }
    }
    let mut figures: Vec<Figure> =
        Typed::ALL.into_iter().zip(kinds).flat_map(|(kind, times)| figures(kind, &times)).collect();
    figures.push(Figure::alone("index built, once per start", "ms", Samples::after_first(built)));
    let notes = vec![format!("{TURNS} searches of a kind in a run, {ROWS} rows each")];
    Ok(Told { figures, notes })
}

fn round(store: &Store, fts: &Fts, kind: Typed) -> Result<Times, BenchError> {
    let mut times = Times::default();
    for turn in 0..TURNS {
        let text = kind.text(turn);
        let start = Instant::now();
        let page = store.reader()?.contacts(&ContactQuery { text: text.clone(), offset: 0, limit: ROWS })?;
        times.0.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let found = match kind {
            Typed::Slip => fts.similar(&text, ROWS)?,
            Typed::Letters(_) | Typed::TwoWords => fts.beginning(&text, ROWS)?,
        };
        times.1.push(start.elapsed().as_secs_f64() * 1e3);
        if page.rows.is_empty() || found == 0 {
            return Err(BenchError::Wrong(format!("{} and {found} found for {text}", page.rows.len())));
        }
    }
    Ok(times)
}

fn figures(kind: Typed, runs: &[Times]) -> Vec<Figure> {
    let goal = if kind == Typed::Slip { "≤ 20 ms" } else { "≤ 10 ms" };
    let of = |part: usize, pick: fn(&Times) -> &Vec<f64>| {
        Samples::after_first(runs.iter().map(|times| percentile(&mut pick(times).clone(), part)))
    };
    let figure = |part: usize| {
        Figure::alone(format!("{}, p{part}", kind.name()), "ms", of(part, |times| &times.0))
            .against("FTS5", of(part, |times| &times.1))
    };
    vec![figure(50), figure(99).with_goal(goal)]
}
