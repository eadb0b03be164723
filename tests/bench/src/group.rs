//! What can be measured: groups of figures that share a setting.

use crate::error::BenchError;
use crate::figure::Figure;
use crate::{cache, search, sync, window};

/// What a group found.
pub struct Told {
    /// Its figures.
    pub figures: Vec<Figure>,
    /// What one should know when reading them.
    pub notes: Vec<String>,
}

/// Figures that are measured together.
pub struct Group {
    /// Its name, for `--only`.
    pub name: &'static str,
    /// What it measures.
    pub what: &'static str,
    /// How many runs count, unless somebody says otherwise.
    pub runs: usize,
    /// Whether it is measured only when it is named.
    pub only_named: bool,
    /// Measures it.
    pub measure: fn(usize) -> Result<Told, BenchError>,
}

/// All groups, in order.
pub const GROUPS: &[Group] = &[
    Group {
        name: "sync",
        what: "first sync of 10,000 events and 10,000 contacts over loopback",
        runs: 9,
        only_named: false,
        measure: sync::first,
    },
    Group {
        name: "delta",
        what: "a round in which nothing changed",
        runs: 15,
        only_named: false,
        measure: sync::unchanged,
    },
    Group {
        name: "search",
        what: "search in 100,000 contacts",
        runs: 5,
        only_named: false,
        measure: search::measure,
    },
    Group {
        name: "start",
        what: "from exec to the first meeting on the screen, 20,000 events cached",
        runs: 15,
        only_named: false,
        measure: window::start,
    },
    Group {
        name: "idle",
        what: "memory and CPU of a window that nobody touches",
        runs: 3,
        only_named: false,
        measure: window::idle,
    },
    Group {
        name: "cache",
        what: "reading and writing 200,000 occurrences",
        runs: 1,
        only_named: true,
        measure: cache::measure,
    },
];
