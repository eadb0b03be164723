//! Convoke: graph. Microsoft Graph v1.0 without I/O.
//!
//! Role: says what to ask and what the answer means. An [`Operation`] makes one HTTP request and reads one
//! HTTP response; who sends it, with which token, and what happens on failure is decided elsewhere.
//!
//! Rules: one file per operation in `operation/`; the wire's shapes in `wire/`, their meaning in `map/`; every
//! request asks for immutable ids and UTC; a link inside an answer is followed only to the host that was asked
//! ([`Link`]); everything that a server says is bounded ([`clean`]) and may be missing. To add an operation,
//! add a file, implement the trait, and show a literal request and answer in its tests.

mod endpoint;
mod error;
mod link;
mod map;
pub mod operation;
mod page;
mod parse;
mod request;
mod surrogates;
mod wire;

pub use convoke_model::clean;
pub use endpoint::Endpoint;
pub use error::{GraphError, Refusal, RefusalKind};
pub use link::Link;
pub use operation::Operation;
pub use page::{DeltaItem, Next, Page, peek_next};
