//! The ways in which the network fails.

use std::time::Duration;

use crate::ntlm::NtlmError;

/// Why no complete answer arrived. Hosts are named, queries and secrets never are.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The name of the host could not be resolved; mostly this means that the machine is offline.
    #[error("the name {host} could not be resolved")]
    Dns {
        /// The host that was looked up.
        host: String,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No connection to the host (refused, unreachable, or not within the time limit to connect).
    #[error("no connection to {host}")]
    Connect {
        /// The host that was tried.
        host: String,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The answer did not end within the limit.
    #[error("{host} did not answer within {} s", limit.as_secs_f32())]
    Timeout {
        /// The host that was asked.
        host: String,
        /// The limit that ran out.
        limit: Duration,
    },
    /// The server's certificate was refused, or TLS failed otherwise.
    #[error("the connection to {host} is not secure: {reason}")]
    Tls {
        /// The host that was asked.
        host: String,
        /// What the verifier said.
        reason: String,
    },
    /// The machine has no certificate authorities that could be used (an empty or unreadable trust store).
    #[error("the certificate authorities of this machine could not be loaded: {reason}")]
    NoTrustStore {
        /// What the verifier said.
        reason: String,
    },
    /// The proxy wants credentials (HTTP 407).
    #[error("the proxy on the way to {host} asks for a sign-in")]
    ProxyAuth {
        /// The host that was asked.
        host: String,
    },
    /// The server closes connections that the exchange needs open.
    #[error("{host} does not keep its connections open")]
    NotKept {
        /// The host that was asked.
        host: String,
    },
    /// The server says that the channel bindings do not fit: something between it and this machine ends TLS.
    ///
    /// Only servers with detailed error pages say so; from others a refused binding is the 401 of a refused
    /// password.
    #[error("{host} demands extended protection, and the connection does not reach it unchanged")]
    ExtendedProtection {
        /// The host that was asked.
        host: String,
    },
    /// The server offers none of the allowed ways to authenticate.
    #[error("{host} offers no allowed way to sign in (it offers: {})", offered.join(", "))]
    NoCommonScheme {
        /// The host that was asked.
        host: String,
        /// The schemes that it names.
        offered: Vec<String>,
    },
    /// The NTLM handshake failed before any credentials went out.
    #[error("the NTLM sign-in at {host} failed")]
    Ntlm {
        /// The host that was asked.
        host: String,
        /// The cause.
        #[source]
        source: NtlmError,
    },
    /// The answer is larger than the limit.
    #[error("{host} sent more than {limit} bytes")]
    BodyTooLarge {
        /// The host that was asked.
        host: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The URL may not be asked: not https, or it carries a user name.
    #[error("{url} may not be asked: only https, and http on this machine, is allowed")]
    NotAllowed {
        /// The URL without query.
        url: String,
    },
    /// The connection broke in mid-answer, or what arrived is not HTTP.
    #[error("the answer of {host} broke off or is not HTTP")]
    Protocol {
        /// The host that was asked.
        host: String,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl NetError {
    /// Whether the machine or the server seems unreachable, so that cached data are all there is for now.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Dns { .. } | Self::Connect { .. } | Self::Timeout { .. })
    }

    /// Whether the same request may succeed soon without anybody acting.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.is_offline() || matches!(self, Self::Protocol { .. })
    }

    /// A stable name of the cause for `code` in JSON and for the log.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Timeout { .. } => "timeout",
            Self::Tls { .. } => "tls",
            Self::NoTrustStore { .. } => "noTrustStore",
            Self::ProxyAuth { .. } => "proxyAuth",
            Self::NotKept { .. } => "connectionNotKept",
            Self::ExtendedProtection { .. } => "extendedProtection",
            Self::NoCommonScheme { .. } => "noCommonScheme",
            Self::Ntlm { .. } => "ntlm",
            Self::BodyTooLarge { .. } => "bodyTooLarge",
            Self::NotAllowed { .. } => "urlNotAllowed",
            Self::Protocol { .. } => "protocol",
        }
    }
}
