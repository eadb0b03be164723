//! What one round of sync hands over: rows and cursor, committed together or not at all.

mod calendars;
mod contacts;
mod differences;
mod effective;
mod events;
#[cfg(test)]
mod failing;
mod folders;
mod log;
mod round;
mod settings;

use chrono::{DateTime, Utc};
use convoke_model::record::{ContactChange, EventDelta};
use convoke_model::window::TimeWindow;

/// Whether a round tells everything or what changed since the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitMode {
    /// Everything: what the commit does not name is deleted from the collection.
    Full,
    /// Changes only: what the commit does not name stays.
    Incremental,
}

/// One reconciled round of one calendar.
#[derive(Clone, Debug)]
pub struct EventCommit {
    /// The calendar, as given to [`crate::Writer::put_calendars`].
    pub calendar_id: String,
    /// The window that the round covered.
    pub window: TimeWindow,
    /// Everything or changes.
    pub mode: CommitMode,
    /// The rows.
    pub reconciled: EventDelta,
    /// The deltaLink for the next round; `None` forgets the stored one (the next round is full).
    pub cursor: Option<String>,
    /// When the round ended.
    pub at: DateTime<Utc>,
}

/// One round of one contact folder.
#[derive(Clone, Debug)]
pub struct ContactCommit {
    /// The folder; `None` is the mailbox's default folder.
    pub folder_id: Option<String>,
    /// The folder's display name; `None` for the default folder, whose contacts name no folder.
    pub folder_name: Option<String>,
    /// Everything or changes.
    pub mode: CommitMode,
    /// The changes, applied in order: the last one of an id counts.
    pub changes: Vec<ContactChange>,
    /// The deltaLink for the next round; `None` forgets the stored one.
    pub cursor: Option<String>,
    /// When the round ended.
    pub at: DateTime<Utc>,
}

/// What a commit changed, counted in rows that people see (meetings without masters, contacts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New rows.
    pub added: u64,
    /// Rows that now read differently.
    pub updated: u64,
    /// Rows that are gone.
    pub removed: u64,
}

impl Counts {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.updated += other.updated;
        self.removed += other.removed;
    }
}
