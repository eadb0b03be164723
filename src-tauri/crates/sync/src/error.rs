//! Why a round ended without a commit.

use chrono::{DateTime, Utc};
use convoke_ews::{self as ews, EwsError};
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
    /// The name of the Exchange server can't be resolved. The machine may be online all the same: such servers are often
    /// known inside the organization's network alone.
    #[error("the Exchange server is not known in this network: {0}")]
    ServerUnknown(#[source] NetError),
    /// The server refused, or its answer is not valid.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The Exchange server refused, or its answer is not valid.
    #[error(transparent)]
    Ews(#[from] EwsError),
    /// The mailbox was on this Exchange server and is no longer.
    #[error("the mailbox has left this Exchange server: {0}")]
    MailboxMoved(#[source] EwsError),
    /// The operation is one of the other protocol than the mailbox is asked by. Nothing was sent.
    #[error("the mailbox is asked by another protocol")]
    OtherProtocol,
    /// There is no token.
    #[error(transparent)]
    Token(#[from] TokenFailure),
    /// A fresh token was refused as well; asking again would be a loop.
    #[error("the server refuses the access, with a fresh token too")]
    Unauthorized,
    /// The Exchange server refuses a fresh token too. The person is signed in: signing in again ends the same.
    #[error("the Exchange server refuses the token: {}", why.as_deref().unwrap_or("it does not say why"))]
    TokenRefused {
        /// What the server says, cleaned and cut.
        why: Option<String>,
    },
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
    /// The account reaches its mailbox otherwise since the round began; nothing was committed.
    #[error("the mailbox was connected otherwise meanwhile")]
    Superseded,
    /// A thread ended in mid-work; nothing was committed.
    #[error("the work was interrupted")]
    Interrupted,
}

impl RoundError {
    /// The same, where an Exchange server was asked.
    #[must_use]
    pub fn of_exchange(self) -> Self {
        match self {
            Self::Net(error @ NetError::Dns { .. }) => Self::ServerUnknown(error),
            other => other,
        }
    }

    /// Whether the state that a round went on from is lost, so that a full round is needed.
    pub(crate) fn is_state_lost(&self) -> bool {
        match self {
            Self::Ews(error) => error.kind() == Some(&ews::RefusalKind::SyncStateLost),
            _ => matches!(self.graph_kind(), Some(RefusalKind::SyncStateLost)),
        }
    }

    /// Whether the server says that it can't do this request at all (not: not now, or not for us).
    fn is_unsupported(&self) -> bool {
        match self {
            Self::Ews(error) => {
                let kind = error.kind();
                matches!(kind, Some(ews::RefusalKind::Other | ews::RefusalKind::SchemaValidation { .. }))
            }
            _ => matches!(self.graph_kind(), Some(RefusalKind::Other | RefusalKind::NotFound)),
        }
    }

    /// Whether a round that goes on from a stored state, or the delta itself, failed such that another way of reading
    /// is worth trying.
    pub(crate) fn starts_over(&self) -> bool {
        self.is_state_lost() || self.is_unsupported() || matches!(self, Self::Endless)
    }

    /// Whether the answer is more than is read at once: less is to be asked for.
    pub(crate) fn is_too_large(&self) -> bool {
        use ews::XmlError::{TooLarge, TooManyElements};
        match self {
            Self::Net(NetError::BodyTooLarge { .. }) => true,
            Self::Ews(EwsError::Malformed { source, .. }) => matches!(source, TooLarge | TooManyElements),
            _ => false,
        }
    }

    /// Whether a collection may fail like this for good while the rest of the mailbox is well.
    pub(crate) fn is_of_one_collection(&self) -> bool {
        matches!(self.kind(), RoundKind::AccessDenied | RoundKind::Other)
    }

    /// Whether the machine or the server seems unreachable.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        match self {
            Self::Net(error) | Self::ServerUnknown(error) => error.is_offline(),
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

    /// What the failure calls for, whatever the protocol.
    #[must_use]
    pub fn kind(&self) -> RoundKind {
        match self {
            Self::Unauthorized => RoundKind::SignInRequired,
            Self::CredentialsRefused => RoundKind::PasswordRequired,
            Self::TokenRefused { .. } | Self::Net(NetError::NoCommonScheme { .. }) => RoundKind::OtherSignIn,
            Self::Token(failure) => of_token(failure),
            Self::Graph(error) => of_graph(error),
            Self::Ews(error) => of_ews(error),
            Self::MailboxMoved(_) => RoundKind::RouteChanged,
            Self::RetryAt { .. } => RoundKind::Busy,
            Self::Net(error) if error.is_transient() => RoundKind::Transient,
            Self::ServerUnknown(_) | Self::Interrupted | Self::Superseded => RoundKind::Transient,
            Self::Net(_) | Self::Store(_) | Self::Endless | Self::NoCalendars | Self::OtherProtocol => {
                RoundKind::Other
            }
        }
    }

    /// A stable code of the cause, for JSON and logs.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Net(error) | Self::ServerUnknown(error) => error.code().to_owned(),
            Self::Graph(error) => error.code(),
            Self::Ews(error) => error.code(),
            Self::MailboxMoved(_) => "mailboxMoved".to_owned(),
            Self::OtherProtocol => "otherProtocol".to_owned(),
            Self::Token(failure) => failure.code().to_owned(),
            Self::Unauthorized => "unauthorized".to_owned(),
            Self::CredentialsRefused => "credentialsRefused".to_owned(),
            Self::TokenRefused { .. } => "tokenRefused".to_owned(),
            Self::RetryAt { .. } => "throttled".to_owned(),
            Self::Endless => "endlessRound".to_owned(),
            Self::NoCalendars => "noCalendars".to_owned(),
            Self::Store(_) => "cache".to_owned(),
            Self::Superseded => "superseded".to_owned(),
            Self::Interrupted => "interrupted".to_owned(),
        }
    }
}

/// What a failure calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoundKind {
    /// The user must sign in again.
    SignInRequired,
    /// The user must enter the password of the Exchange server again; then a new engine is to be made.
    PasswordRequired,
    /// The Exchange server does not take the kind of sign-in that it took before: another one is to be agreed on, or an
    /// administrator must act.
    OtherSignIn,
    /// The user may not, or the organization blocks it. For the administrator.
    AccessDenied,
    /// The mailbox is no longer, or not, where it was asked: its route is to be found anew (Graph says that the mailbox
    /// is on-premises, or the Exchange server that it has left).
    RouteChanged,
    /// The account has no mailbox on this Exchange server, and never had one. For the administrator.
    NoMailbox,
    /// Exchange Online no longer answers EWS; Graph does.
    Retired,
    /// The server asks for a pause.
    Busy,
    /// It passes by itself: the network, an outage, a mailbox that is being moved.
    Transient,
    /// Any other: an answer that is not valid, the cache, a fault of this program.
    Other,
}

fn of_token(failure: &TokenFailure) -> RoundKind {
    match failure {
        TokenFailure::SignInRequired { .. } => RoundKind::SignInRequired,
        TokenFailure::Blocked { .. } | TokenFailure::NotAuthorized { .. } => RoundKind::AccessDenied,
        TokenFailure::Offline(_) => RoundKind::Transient,
        TokenFailure::Failed { .. } => RoundKind::Other,
    }
}

fn of_graph(error: &GraphError) -> RoundKind {
    match error.kind() {
        Some(RefusalKind::MailboxNotEnabled) => RoundKind::RouteChanged,
        Some(RefusalKind::Forbidden) => RoundKind::AccessDenied,
        Some(RefusalKind::Throttled | RefusalKind::ServerError) => RoundKind::Transient,
        Some(RefusalKind::Unauthorized { .. }) => RoundKind::SignInRequired,
        _ => RoundKind::Other,
    }
}

fn of_ews(error: &EwsError) -> RoundKind {
    match error.kind() {
        Some(ews::RefusalKind::Retired) => RoundKind::Retired,
        Some(ews::RefusalKind::AccessDenied) => RoundKind::AccessDenied,
        Some(ews::RefusalKind::Transient | ews::RefusalKind::MoveInProgress) => RoundKind::Transient,
        // Rounds have a pause instead; these are of questions outside of them.
        Some(ews::RefusalKind::ServerBusy { .. } | ews::RefusalKind::ServerError) => RoundKind::Transient,
        _ if has_no_mailbox(error) => RoundKind::NoMailbox,
        _ => RoundKind::Other,
    }
}

/// Whether a server says that it has no mailbox of the account: by its address, or (`ErrorMissingEmailAddress`) for
/// the default folders of an account that has none.
pub(crate) fn has_no_mailbox(error: &EwsError) -> bool {
    matches!(error.kind(), Some(ews::RefusalKind::NoMailbox | ews::RefusalKind::NoAddress))
}
