//! What the window paints first.

use crate::app::{App, blocking};
use crate::code::Failure;
use crate::meetings::to_wire;
use crate::wire::query::Days;
use crate::wire::row::{Agenda, Start};
use chrono::NaiveDate;
use convoke_store::MeetingRow;

/// Days of the list before today.
const BEFORE: u64 = 1;

/// Days of the list after today: as few as fill a window, else as many as the window asks for by itself.
const AFTER: [u64; 2] = [1, 14];

/// Meetings that have not ended and fill any window; the others can come after the first frame.
const FILLS: usize = 40;

impl App {
    /// State and first rows at once.
    ///
    /// # Errors
    /// Only when the runtime is going down; a cache that can't be read is part of the state.
    pub async fn start(&self) -> Result<Start, Failure> {
        let app = self.clone();
        blocking(move || {
            let mask = app.masks_private();
            let (rows, to) = app.first_rows();
            let agenda = Agenda { rows: rows.into_iter().map(|row| to_wire(row, mask)).collect() };
            Ok(Start { snapshot: app.snapshot_now(), agenda, to })
        })
        .await
    }

    /// The rows, and the last day that they are of.
    fn first_rows(&self) -> (Vec<MeetingRow>, NaiveDate) {
        let (now, today) = (self.now(), self.today());
        let mut last = (Vec::new(), today);
        for after in AFTER {
            let to = today + chrono::Days::new(after);
            let rows = self.cached_rows(Days { from: today - chrono::Days::new(BEFORE), to });
            let ahead = rows.iter().filter(|row| row.end > now).count();
            last = (rows, to);
            if ahead >= FILLS {
                break;
            }
        }
        last
    }

    fn cached_rows(&self, days: Days) -> Vec<MeetingRow> {
        let query = self.agenda_query(days);
        let cache = self.account().and_then(|account| account.cache().ok());
        cache
            .and_then(|cache| cache.reader().and_then(|reader| reader.agenda_rows(&query)).ok())
            .unwrap_or_default()
    }
}
