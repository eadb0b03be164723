//! `--trace-start`: when each phase of the start was reached.

use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A phase of the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The program runs.
    Main,
    /// The window system is ready and the window is being made.
    Setup,
    /// The state and the first rows were read.
    Cache,
    /// The page drew its first frame.
    FirstFrame,
    /// The frame after the first meeting row is on screen.
    Painted,
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Setup => "setup",
            Self::Cache => "cache",
            Self::FirstFrame => "firstFrame",
            Self::Painted => "painted",
        }
    }
}

/// Prints each phase once, where it was asked for.
#[derive(Debug)]
pub struct StartTrace {
    wanted: bool,
    seen: AtomicU8,
}

impl StartTrace {
    /// A trace that prints, or one that doesn't.
    pub fn new(wanted: bool) -> Self {
        Self { wanted, seen: AtomicU8::new(0) }
    }

    /// Whether it prints.
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Prints `start PHASE UNIX_NS` the first time a phase is reached.
    pub fn mark(&self, phase: Phase) {
        if !self.wanted || !self.is_first(phase) {
            return;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        // A closed stderr is no reason to fail.
        let _ = writeln!(std::io::stderr(), "start {} {now}", phase.name());
    }

    fn is_first(&self, phase: Phase) -> bool {
        let bit = 1 << phase as u8;
        self.seen.fetch_or(bit, Ordering::Relaxed) & bit == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_counts_once() {
        let trace = StartTrace::new(true);
        assert!(trace.is_first(Phase::Painted));
        assert!(!trace.is_first(Phase::Painted));
        assert!(trace.is_first(Phase::Cache));
    }
}
