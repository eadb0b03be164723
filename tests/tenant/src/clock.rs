//! The tenant's time: the machine's clock, or a chosen start, plus an offset that `_control` moves.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

/// A clock that runs like the machine's and can be set elsewhere and moved.
#[derive(Debug)]
pub struct TenantClock {
    start: Option<(DateTime<Utc>, Instant)>,
    offset_ms: AtomicI64,
}

impl TenantClock {
    /// A clock that starts at `now`, or follows the machine's clock if that is absent.
    pub fn new(now: Option<DateTime<Utc>>) -> Self {
        Self { start: now.map(|at| (at, Instant::now())), offset_ms: AtomicI64::new(0) }
    }

    /// The tenant's present instant.
    pub fn now(&self) -> DateTime<Utc> {
        let base = match self.start {
            Some((at, since)) => at + TimeDelta::from_std(since.elapsed()).unwrap_or_default(),
            None => Utc::now(),
        };
        base + TimeDelta::milliseconds(self.offset_ms.load(Ordering::Relaxed))
    }

    /// Moves the clock by `delta`, which may be negative.
    pub fn advance(&self, delta: TimeDelta) {
        self.offset_ms.fetch_add(delta.num_milliseconds(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_start_is_kept_and_moved() {
        let start = "2026-03-29T00:30:00Z".parse::<DateTime<Utc>>().unwrap();
        let clock = TenantClock::new(Some(start));
        clock.advance(TimeDelta::hours(2));
        let moved = clock.now() - start;
        assert!(moved >= TimeDelta::hours(2) && moved < TimeDelta::hours(3), "{moved}");
    }
}
