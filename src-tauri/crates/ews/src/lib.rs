//! Convoke: ews. Exchange Web Services of on-premises servers (2013 SP1 to SE) without I/O.
//!
//! Role: says what to ask and what the answer means, as `graph` does for the cloud, and into the same
//! records. An [`Operation`] makes one HTTP request and reads one HTTP response; who sends it, with which
//! credentials, and what happens on failure is decided elsewhere.
//!
//! Rules: one file per operation in `operation/`; what several shapes share on the wire in `wire/`, the
//! meaning in `map/`; answers are read within bounds and whole or not at all ([`XmlError`]); requests are
//! built of elements, never of text; every time is asked for in UTC; an X.500 address never leaves the crate
//! as if it were one for mail ([`Item`]). To add an operation, add a file, implement the trait, and show a
//! literal request and answer in its tests.

pub mod autodiscover;
pub mod challenge;
mod endpoint;
mod error;
mod folder;
mod item;
mod map;
pub mod operation;
mod parse;
mod refusal;
mod request;
pub mod retirement;
mod version;
pub mod view;
mod wire;
mod xml;

pub use endpoint::Endpoint;
pub use error::{EwsError, Refusal, RefusalKind};
pub use folder::Folder;
pub use item::{Addressed, Item, ItemRef};
pub use operation::Operation;
pub use retirement::is_exchange_online;
pub use version::SchemaVersion;
pub use xml::XmlError;
