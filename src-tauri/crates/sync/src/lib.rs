//! Convoke: sync. The engine that keeps the cache equal to the mailbox.
//!
//! Role: per collection (a calendar, a contact folder) `fetch round → reconcile → one commit of rows, change log
//! and cursor`. Transport, clock, cache and the way to the mailbox ([`Source`]) are arguments ([`EngineParts`]).
//!
//! Rules:
//! - Only where a round ended is stored (Graph's deltaLink, a state of EWS), and only together with the rows that it
//!   follows. A crash leaves the old state. Neither protocol takes the other's.
//! - What a server can't be believed is read again before it is deleted ([`mod@plausible`]), and what could not be
//!   listed is not deleted.
//! - At most [`MAX_IN_FLIGHT`] requests per mailbox over Graph, one over EWS. Nothing here sleeps or retries: a busy
//!   server ends the round with the instant before which nobody asks anything ([`RoundError::RetryAt`]).
//! - A 401 is answered with one fresh token and one replay; then a person must act. Where the transport authenticates,
//!   nothing is sent again ([`RoundError::CredentialsRefused`]).
//! - Where the mailbox's server is not known, [`mod@discovery`] finds it, and asks before it trusts a foreign host.
//! - What another way to the mailbox overtook is not stored ([`Standing`]).
//! - When the way to the mailbox changes, everything is read anew, and takes the place of the old rows at once
//!   ([`mod@route`]).
//!
//! To change what a round does, start in `calendar/round.rs` or `contacts.rs`, and go on in `graph/` or `ews/`; what a
//! set of Graph's changes means is decided by the pure function in `reconcile.rs`.

mod cache;
mod calendar;
mod channel;
mod contacts;
pub mod discovery;
mod engine;
mod error;
mod ews;
mod graph;
mod meter;
mod pause;
mod plausible;
mod reconcile;
mod report;
mod route;
mod standing;
mod status;
mod token;
mod window;

pub use engine::{Engine, EngineParts, SyncRequest};
pub use error::{RoundError, RoundKind};
pub use graph::MAX_IN_FLIGHT;
pub use pause::Pause;
pub use reconcile::reconcile;
pub use report::{ServiceReport, SyncReport};
pub use route::Source;
pub use standing::Standing;
pub use token::{Secret, TokenFailure, TokenSource};
pub use window::WindowDays;
