//! What the figures were taken on.

use crate::process::kilobytes;
use serde::Serialize;
use std::fs::read_to_string;

/// A machine, and how busy it is.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// Processors.
    pub cores: usize,
    /// Their name.
    pub processor: String,
    /// Memory in GB.
    pub memory: f64,
    /// System.
    pub system: String,
    /// Load of the last minute when this was asked.
    pub load: f64,
}

impl Machine {
    /// This machine now.
    pub fn now() -> Self {
        let text = |path: &str| read_to_string(path).unwrap_or_default();
        let processor = text("/proc/cpuinfo")
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
            .map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned());
        let system = text("/etc/os-release")
            .lines()
            .find_map(|line| line.strip_prefix("PRETTY_NAME="))
            .map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned());
        Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor,
            memory: kilobytes(&text("/proc/meminfo"), "MemTotal:").unwrap_or(0.0) / 1e6,
            system,
            load: text("/proc/loadavg").split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0),
        }
    }

    /// A line for people.
    pub fn line(&self) -> String {
        let Self { cores, processor, memory, system, load } = self;
        format!("{cores} cores of {processor}, {memory:.1} GB, {system}; load {load}")
    }
}
