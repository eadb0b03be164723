//! A process and all that it started.

use crate::process::{fields, kilobytes, ticks};
use std::fs::{read_dir, read_to_string};

/// The processes of a program.
pub struct Tree(Vec<u32>);

impl Tree {
    /// The tree that grows from a process now.
    pub fn of(root: u32) -> Self {
        let parents = parents();
        let mut tree = vec![root];
        let mut at = 0;
        while let Some(parent) = tree.get(at).copied() {
            tree.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
            at += 1;
        }
        Self(tree)
    }

    /// Seconds of CPU used so far.
    pub fn cpu(&self) -> f64 {
        let of = |process: &u32| {
            let stat = read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let fields = fields(&stat);
            ticks(&fields, 11) + ticks(&fields, 12)
        };
        self.0.iter().map(of).sum()
    }

    /// Proportional memory in MB.
    pub fn memory(&self) -> f64 {
        let of = |process: &u32| {
            let text = read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
            kilobytes(&text, "Pss:").unwrap_or(0.0) / 1e3
        };
        self.0.iter().map(of).sum()
    }

    /// Whether any of them still runs. One that nobody waits for stays in the list as a zombie.
    pub fn lives(&self) -> bool {
        let runs = |process: &u32| {
            let stat = read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            fields(&stat).first().is_some_and(|state| *state != "Z")
        };
        self.0.iter().any(runs)
    }
}

/// Every process and its parent.
fn parents() -> Vec<(u32, u32)> {
    let Ok(entries) = read_dir("/proc") else {
        return Vec::new();
    };
    let processes = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent = |process: u32| {
        let stat = read_to_string(format!("/proc/{process}/stat")).ok()?;
        Some((process, fields(&stat).get(1)?.parse().ok()?))
    };
    processes.filter_map(parent).collect()
}
