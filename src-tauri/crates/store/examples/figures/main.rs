//! Times of the cache at the sizes of its goals: 200,000 occurrences, 100,000 contacts, encrypted.
//!
//! `cargo run --release -p convoke-store --example figures [occurrences] [contacts]` prints one line per figure,
//! `name p50 p99 unit`, in milliseconds unless said otherwise.

mod contacts;
mod events;

use convoke_store::{CacheKey, Store};
use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut sizes = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let (occurrences, people) = (sizes.next().unwrap_or(200_000), sizes.next().unwrap_or(100_000));
    let dir = tempfile::tempdir()?;
    let key = CacheKey::new([7; 32]);
    let (store, _) = Store::open(dir.path(), &key)?;
    events::fill(&store, occurrences)?;
    contacts::fill(&store, people)?;
    drop(store);
    events::open_and_first_rows(dir.path(), &key)?;
    let (store, _) = Store::open(dir.path(), &key)?;
    events::lists(&store)?;
    contacts::searches(&store)?;
    let bytes = std::fs::metadata(dir.path().join("cache.db"))?.len();
    line("file", &[bytes as f64 / 1e6], "MB")
}

/// One line of the result.
fn line(name: &str, values: &[f64], unit: &str) -> Result<(), Box<dyn Error>> {
    let values: Vec<String> = values.iter().map(|value| format!("{value:.2}")).collect();
    Ok(writeln!(std::io::stdout(), "{name:32} {} {unit}", values.join(" "))?)
}

/// Runs a task `turns` times and prints median and 99th percentile of its time.
fn measure<T>(
    name: &str,
    turns: usize,
    mut task: impl FnMut(usize) -> Result<T, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut times: Vec<Duration> = Vec::with_capacity(turns);
    for turn in 0..turns {
        let start = Instant::now();
        task(turn)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let millis = |part: usize| times.get(part.min(turns - 1)).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    line(name, &[millis(turns / 2), millis(turns * 99 / 100)], "ms")
}
