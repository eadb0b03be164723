//! Convoke: net. The one HTTP client.
//!
//! Role: carries a request to a server and the answer back, within limits on time and size, and names every
//! way in which that fails. Everything above takes [`Transport`], so that tests script the network.
//!
//! Rules: nothing else in the product opens a socket outward; no redirect is followed here; `http` only to
//! loopback hosts; a log line says method, host, path without ids, status and milliseconds, and never a
//! header, a query or a body. To change: a new limit goes into [`Limits`], a new cause into [`NetError`].

pub mod client;
pub mod error;
mod log;
pub mod retry_after;
pub mod transport;

pub use client::{Client, ClientOptions};
pub use convoke_model::endpoint;
pub use error::NetError;
pub use retry_after::retry_after;
pub use transport::{Limits, Transport};
