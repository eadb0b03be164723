//! Convoke: net. The one HTTP client.
//!
//! Role: carries a request to a server and the answer back, within limits on time and size, and names every
//! way in which that fails. Everything above takes [`Transport`], so that tests script the network.
//!
//! [`Client`] carries requests anywhere, over a pool. [`PasswordTransport`] serves one on-premises server over one
//! connection, and signs in there by NTLM or Basic.
//!
//! Rules: nothing else in the product opens a socket outward; no redirect is followed here; `http` only to
//! loopback hosts; a password goes to the one host it is for and is tried once, by whoever passes its [`Gate`]; a log line says method, host, path
//! without ids, status and milliseconds, and never a header, a query or a body. To change: a new limit goes into
//! [`Limits`], a new cause into [`NetError`], a new way to sign in into [`Scheme`] and `password/exchange`.

mod cause;
pub mod client;
mod connection;
pub mod credentials;
pub mod error;
pub mod gate;
mod log;
pub mod ntlm;
pub mod password;
pub mod retry_after;
pub mod scheme;
pub mod transport;

pub use client::{Client, ClientOptions};
pub use convoke_model::endpoint;
pub use credentials::{Credentials, CredentialsError};
pub use error::NetError;
pub use gate::{Gate, Passage};
pub use ntlm::NtlmError;
pub use password::PasswordTransport;
pub use retry_after::retry_after;
pub use scheme::Scheme;
pub use transport::{Limits, Transport};
