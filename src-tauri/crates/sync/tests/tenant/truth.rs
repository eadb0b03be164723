//! Agenda and contacts equal the truth, at first and after changes.

use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;

use crate::desk::{Desk, synced};

async fn seed_is_true(seed: u64) {
    let desk =
        Desk::new(Options { seed, events: 300, contacts: 60, directory: 60, ..Options::default() }).await;
    let engine = desk.exchange();
    synced(&engine).await;
    desk.is_true(&format!("seed {seed}, first sync"));
    for round in 0..12 {
        let what = desk.mutate(2, seed * 1_000 + round);
        synced(&engine).await;
        desk.is_true(&format!("seed {seed}, round {round}, after {what:?}"));
    }
}

macro_rules! seeds {
    ($($name:ident = $seed:literal),+ $(,)?) => { $(#[tokio::test] async fn $name() { seed_is_true($seed).await; })+ };
}

seeds! {
    seed_01_is_true = 1,
    seed_02_is_true = 2,
    seed_03_is_true = 3,
    seed_04_is_true = 4,
    seed_05_is_true = 5,
    seed_06_is_true = 6,
    seed_07_is_true = 7,
    seed_08_is_true = 8,
    seed_09_is_true = 9,
    seed_10_is_true = 10,
}

#[tokio::test]
async fn older_servers_tell_the_same() {
    for quirk in [Quirk::Exchange2013, Quirk::Exchange2016, Quirk::Exchange2019] {
        let desk = Desk::new(Options { seed: 21, events: 120, contacts: 30, ..Options::default() }).await;
        desk.set(quirk, true);
        synced(&desk.exchange()).await;
        desk.is_true(quirk.name());
    }
}
