//! Why the tenant could not start.

use std::io;

/// A failure of the tenant itself, never of a request to it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TenantError {
    /// The loopback port could not be bound.
    #[error("cannot listen on loopback port {port}")]
    Bind {
        /// The port asked for; 0 for any.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The policy files or the CA certificate could not be written.
    #[error("cannot write the tenant's files")]
    Files(#[source] io::Error),
    /// A signing key could not be made.
    #[error("cannot make a signing key")]
    Key,
    /// The throw-away certificates could not be made.
    #[error("cannot make the certificates")]
    Certificate(#[source] rcgen::Error),
    /// The certificates were refused by the TLS library.
    #[error("cannot set up TLS")]
    Tls(#[source] tokio_rustls::rustls::Error),
}
