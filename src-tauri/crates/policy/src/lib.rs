//! The administrator's policy file: found, read, checked, merged, and turned into typed settings.
//!
//! Role: says what an organization wants, and where each value comes from. Every other crate receives an
//! [`Effective`]; none reads the file itself.
//!
//! Rules: one table of keys ([`keys::KEYS`]) that reading, checking, defaults, provenance and every generator
//! follow; a problem is data ([`Problem`]) with file, line and column, never a log line; what decides security
//! fails closed ([`Effective::sign_in_allowed`]), comfort falls back; no network, no clock, and the file system and
//! the system's management only through [`fs::FileSystem`] and [`ManagedSettings`].
//!
//! To add a key: one row in `keys/`, one field in `settings.rs`, its line in `docs/policy.md`; then write the files of
//! `docs/policy/` anew with the example `policy_files`. The tests `every_key_reaches_the_settings` and `generated` say
//! what is missing.
//!
//! # While the app runs
//! [`Watched`] holds what is in force; it has no thread and no timer. Whoever has those hands over readings, every few
//! seconds or when the system tells of a change, and acts on the answer:
//!
//! ```no_run
//! use convoke_policy::{Change, LoadError, PolicyEnvironment, Reading, StdFileSystem, Watched, managed};
//!
//! # fn main() -> Result<(), LoadError> {
//! let environment = PolicyEnvironment { machine_dir: Some("/nonexistent".into()), override_file: None };
//! let take = || Reading::take(&environment, &StdFileSystem, &managed::system());
//! let mut watched = Watched::new(take()?);
//! match watched.observe(take()) {
//!     Change::Unchanged => {}
//!     Change::Settling => {} // read again soon
//!     Change::Applied => {}  // watched.in_force() is new
//!     Change::Kept => {}     // show watched.problems(); watched.in_force() is as before
//! }
//! assert!(watched.sign_in_allowed().is_ok()); // before every new sign-in
//! # Ok(())
//! # }
//! ```

pub mod choice;
pub mod cloud;
pub mod effective;
pub mod explain;
pub mod fs;
pub mod generate;
pub mod key;
pub mod keys;
pub mod load;
pub mod locations;
pub mod managed;
pub mod message;
pub mod problem;
pub mod prompt;
pub mod questions;
pub mod read;
pub mod reading;
pub mod scopes;
pub mod sentences;
pub mod settings;
pub mod source;
pub mod text;
pub mod value;
pub mod watched;

mod check;
mod rules;
mod suggest;
mod url_check;
mod values;

pub use cloud::{Cloud, Endpoints};
pub use effective::{Effective, Row, Status, effective};
pub use explain::{Explanation, UnknownKey, explain};
pub use fs::{FileSystem, StdFileSystem};
pub use load::{LoadError, PolicyEnvironment, load, validate_file};
pub use managed::{ManagedSettings, Unmanaged};
pub use message::Message;
pub use problem::{Problem, ProblemKind, Severity};
pub use read::{FileSource, Parsed, read};
pub use reading::Reading;
pub use source::{Level, Source};
pub use value::Value;
pub use watched::{Change, Watched};

/// Reads one file's text on its own and names everything that is wrong with it, in the order of the text.
///
/// This is what `convokectl policy validate FILE` prints: the problems of the single file and of its values
/// together (for example an issuer without a client id).
#[must_use]
pub fn validate(source: FileSource<'_>) -> Vec<Problem> {
    effective(&[read(source)]).problems().to_vec()
}
