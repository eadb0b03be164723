//! The limit of requests at once for a mailbox.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::state::lock;

/// Requests at once that a mailbox bears (source: Graph throttling limits, Outlook service).
const MOST: usize = 4;

/// Counts the requests under way.
#[derive(Debug, Default)]
pub struct Gate(Mutex<HashMap<usize, usize>>);

/// One request under way; it ends when dropped.
#[derive(Debug)]
pub struct Pass {
    gate: Arc<Gate>,
    user: usize,
}

impl Gate {
    /// Lets a request in, unless there are too many for its mailbox.
    pub fn enter(self: &Arc<Self>, user: usize) -> Option<Pass> {
        let mut counts = lock(&self.0);
        let count = counts.entry(user).or_default();
        if *count >= MOST {
            return None;
        }
        *count += 1;
        Some(Pass { gate: Arc::clone(self), user })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(count) = lock(&self.gate.0).get_mut(&self.user) {
            *count = count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_waits_outside() {
        let gate = Arc::new(Gate::default());
        let mut passes: Vec<Pass> = (0..4).filter_map(|_| gate.enter(0)).collect();
        assert_eq!(passes.len(), 4);
        assert!(gate.enter(0).is_none());
        assert!(gate.enter(1).is_some());
        passes.pop();
        assert!(gate.enter(0).is_some());
    }
}
