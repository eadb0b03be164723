//! The cache alone, at the size of its goals: 200,000 occurrences and 100,000 contacts, encrypted. Nothing to hold
//! it against: these figures are for who works on the cache.

mod events;

use crate::error::BenchError;
use crate::figure::Figure;
use crate::group::Told;
use crate::sample::{Samples, percentile};
use crate::search::people;
use convoke_store::{CacheKey, ContactQuery, Store};
use std::time::Instant;

const OCCURRENCES: usize = 200_000;
const CONTACTS: usize = 100_000;

/// Figures as they come.
#[derive(Default)]
pub struct Figures(Vec<(String, Vec<f64>)>);

impl Figures {
    /// Runs a task so many times; each time with its number.
    fn take<T>(
        &mut self,
        name: &str,
        turns: usize,
        mut task: impl FnMut(usize) -> Result<T, BenchError>,
    ) -> Result<(), BenchError> {
        let mut times = Vec::with_capacity(turns);
        for turn in 0..turns {
            let start = Instant::now();
            task(turn)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        self.0.push((name.to_owned(), vec![percentile(&mut times, 50), percentile(&mut times, 99)]));
        Ok(())
    }
}

/// Filling, opening, lists: median and 99th percentile of each, a fresh cache each run.
///
/// # Errors
/// When the cache fails.
pub fn measure(runs: usize) -> Result<Told, BenchError> {
    let all: Vec<Figures> = (0..=runs).map(|_| run()).collect::<Result<_, _>>()?;
    let names: Vec<&String> =
        all.first().into_iter().flat_map(|run| run.0.iter().map(|(name, _)| name)).collect();
    let of = |at: usize, part: usize| {
        Samples::after_first(all.iter().filter_map(|run| run.0.get(at)?.1.get(part)).copied())
    };
    let figure = |(at, name): (usize, &&String)| {
        [(0, "p50"), (1, "p99")]
            .map(|(part, word)| Figure::alone(format!("{name}, {word}"), "ms", of(at, part)))
    };
    Ok(Told { figures: names.iter().enumerate().flat_map(figure).collect(), notes: Vec::new() })
}

fn run() -> Result<Figures, BenchError> {
    let folder = tempfile::tempdir().map_err(BenchError::file(std::env::temp_dir()))?;
    let key = CacheKey::new([7; 32]);
    let mut figures = Figures::default();
    let (store, _) = Store::open(folder.path(), &key)?;
    events::fill(&mut figures, &store, OCCURRENCES)?;
    let round = people::round(CONTACTS);
    for name in ["contacts: first commit", "contacts: same commit again"] {
        figures.take(name, 1, |_| Ok(store.writer()?.commit_contacts(&round)?))?;
    }
    drop(store);
    events::open_and_first_rows(&mut figures, folder.path(), &key)?;
    let (store, _) = Store::open(folder.path(), &key)?;
    events::lists(&mut figures, &store)?;
    let page = |offset: usize| ContactQuery { text: String::new(), offset, limit: 20 };
    figures.take("contacts: first page", 100, |_| Ok(store.reader()?.contacts(&page(0))?))?;
    figures.take("contacts: last pages", 100, |turn| {
        Ok(store.reader()?.contacts(&page(CONTACTS - 1_000 - turn))?)
    })?;
    Ok(figures)
}
