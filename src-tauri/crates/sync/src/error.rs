//! Why a round ended without a commit.

use chrono::{DateTime, Utc};
use convoke_graph::{GraphError, RefusalKind};
use convoke_net::NetError;
use convoke_store::StoreError;

use crate::token::TokenFailure;

/// The failure of one round of one collection. The cache is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RoundError {
    /// No answer arrived.
    #[error("the server could not be asked: {0}")]
    Net(#[from] NetError),
    /// The server refused, or its answer is not valid.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// There is no token.
    #[error(transparent)]
    Token(#[from] TokenFailure),
    /// A fresh token was refused as well; asking again would be a loop.
    #[error("the server refuses the access, with a fresh token too")]
    Unauthorized,
    /// The server refuses the password or ticket that the transport authenticates with. Nothing more is sent: every
    /// try counts towards locking the account. A person must act; then a new engine is made.
    #[error("the server refuses the user name or password")]
    CredentialsRefused,
    /// The server asks for a pause, now or earlier. A floor: the caller adds its own spread.
    #[error("the server is busy; nothing is asked before {}", at.format("%H:%M:%S UTC"))]
    RetryAt {
        /// The first instant at which the mailbox may be asked again.
        at: DateTime<Utc>,
        /// The status of the answer that asked for it.
        status: u16,
    },
    /// The round has no end: too many pages, too many bytes, or the same page again and again.
    #[error("the server's answer has no end")]
    Endless,
    /// The server's list of calendars is empty, which no mailbox's is.
    #[error("the server lists no calendar at all")]
    NoCalendars,
    /// The cache refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A thread ended in mid-work; nothing was committed.
    #[error("the work was interrupted")]
    Interrupted,
}

impl RoundError {
    /// Whether the state of the delta token is lost, so that a full round is needed.
    pub(crate) fn is_state_lost(&self) -> bool {
        matches!(self.graph_kind(), Some(RefusalKind::SyncStateLost))
    }

    /// Whether the server says that it can't do this request at all (not: not now, or not for us).
    pub(crate) fn is_unsupported(&self) -> bool {
        matches!(self.graph_kind(), Some(RefusalKind::Other | RefusalKind::NotFound))
    }

    /// Whether a round that goes on from a stored state, or the delta itself, failed such that another way of reading
    /// is worth trying.
    pub(crate) fn starts_over(&self) -> bool {
        self.is_state_lost() || self.is_unsupported() || matches!(self, Self::Endless)
    }

    /// Whether the machine or the server seems unreachable.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        match self {
            Self::Net(error) => error.is_offline(),
            Self::Token(TokenFailure::Offline(_)) => true,
            _ => false,
        }
    }

    pub(crate) fn graph_kind(&self) -> Option<&RefusalKind> {
        match self {
            Self::Graph(error) => error.kind(),
            _ => None,
        }
    }

    /// A stable code of the cause, for JSON and logs.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Net(error) => error.code().to_owned(),
            Self::Graph(error) => error.code(),
            Self::Token(failure) => failure.code().to_owned(),
            Self::Unauthorized => "unauthorized".to_owned(),
            Self::CredentialsRefused => "credentialsRefused".to_owned(),
            Self::RetryAt { .. } => "throttled".to_owned(),
            Self::Endless => "endlessRound".to_owned(),
            Self::NoCalendars => "noCalendars".to_owned(),
            Self::Store(_) => "cache".to_owned(),
            Self::Interrupted => "interrupted".to_owned(),
        }
    }
}
