//! Convoke: sync. The engine that keeps the cache equal to the mailbox.
//!
//! Role: per collection (a calendar, a contact folder) `fetch round → reconcile → one commit of rows, change log
//! and cursor`. Transport, tokens, clock and cache are arguments ([`EngineParts`]).
//!
//! Rules:
//! - Only a deltaLink is stored, and only together with the rows that it follows. A crash leaves the old state.
//! - What a server can't be believed is read again before it is deleted ([`mod@plausible`]), and what could not be
//!   listed is not deleted.
//! - At most [`MAX_IN_FLIGHT`] requests per mailbox. Nothing here sleeps or retries: `Retry-After` ends the round
//!   with the instant before which nobody asks again ([`RoundError::RetryAt`]).
//! - A 401 is answered with one fresh token and one replay; then a person must act.
//!
//! To change what a round does, start in `calendar/round.rs` or `contacts.rs`, and go on in
//! `graph/`; what a set of changes means is
//! decided by the pure function in `reconcile.rs`.

mod cache;
mod calendar;
mod channel;
mod contacts;
mod engine;
mod error;
mod graph;
mod meter;
mod plausible;
mod reconcile;
mod report;
mod route;
mod status;
mod token;
mod window;

pub use engine::{Engine, EngineParts, SyncRequest};
pub use error::RoundError;
pub use graph::MAX_IN_FLIGHT;
pub use reconcile::reconcile;
pub use report::{ServiceReport, SyncReport};
pub use route::Source;
pub use token::{Secret, TokenFailure, TokenSource};
pub use window::WindowDays;
