//! A person at a computer of their own, for tests and benchmarks: a home folder, a session bus with a real
//! keyring on it, `convokectl` as built, a browser, and the organization's simulated tenant.
//!
//! Rules: everything it starts ends with its owner; nothing of the machine's own session is touched. A step
//! that fails ends the test that took it: that is why this crate, and no other, may panic.

#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc, reason = "test support")]

pub mod browser;
pub mod compare;
pub mod home;
pub mod keyring;
pub mod office;
pub mod program;

pub use browser::{Browser, Page};
pub use compare::same_rows;
pub use home::Desk;
pub use office::Office;
pub use program::Answer;

/// The days of the window that policy sets by default (30 back, 180 ahead), without its edges: a test that
/// runs over midnight still lies inside.
pub fn days() -> (String, String) {
    let today = chrono::Utc::now().date_naive();
    ((today - chrono::Days::new(29)).to_string(), (today + chrono::Days::new(179)).to_string())
}
