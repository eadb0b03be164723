//! The ways in which an operation fails.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::xml::XmlError;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EwsError {
    /// The server answered with an error of its own.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// Something other than EWS answered: a captive portal, a proxy, a sign-in page, another path of the
    /// server.
    #[error(
        "the answer (status {status}) is not from Exchange Web Services; a network sign-in page or a proxy may stand between, or the address is wrong"
    )]
    NotEws {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is no XML within bounds.
    #[error("the answer is not a valid {what}")]
    Malformed {
        /// What it should have been.
        what: &'static str,
        /// The cause.
        #[source]
        source: XmlError,
    },
    /// An answer or an entry lacks what nothing works without; the whole answer is refused (reliability F43).
    #[error("the server sent an answer without {field}")]
    Missing {
        /// The name of the field.
        field: &'static str,
    },
    /// A date and time can't be read.
    #[error("the server sent an entry whose {field} is no date")]
    BadTime {
        /// The name of the field.
        field: &'static str,
    },
    /// More events than one answer may hold lie within one second.
    #[error("there are more meetings at {start} than the server lists at once")]
    WindowTooFull {
        /// The start of that second.
        start: DateTime<Utc>,
    },
    /// An argument can't be asked for: an empty batch or one that is too large, an empty search.
    #[error("the request's {field} can't be asked for")]
    Argument {
        /// What it is.
        field: &'static str,
    },
    /// The endpoint's URL can't be used.
    #[error("{url} is not a usable EWS address")]
    Endpoint {
        /// The URL as configured.
        url: String,
    },
    /// The operation needs a newer schema than the mailbox has.
    #[error("the mailbox's version of Exchange has no {operation}")]
    TooOld {
        /// The operation.
        operation: &'static str,
    },
    /// The request could not be put together.
    #[error("the request could not be built")]
    Request(#[from] http::Error),
    /// The request could not be written.
    #[error("the request could not be written")]
    Write(#[from] std::io::Error),
}

/// An error answer of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; 200 where the error stands in an answer's message.
    pub status: u16,
    /// The response code, such as `ErrorItemNotFound`; empty where there is none.
    pub code: String,
    /// The server's text, cropped.
    pub message: String,
    /// `X-MS-Diagnostics`, which says why a token was refused.
    pub diagnostics: Option<String>,
    /// What it means for us.
    pub kind: RefusalKind,
}

/// What an error answer means for us (`ResponseCode`; "EWS throttling in Exchange").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// 401: the credentials are not accepted, or there were none. The headers say what would be.
    Unauthorized,
    /// Send nothing at all for a while: as long as is said, or a time of our own.
    ServerBusy {
        /// What the server asks for, at most an hour.
        back_off: Option<Duration>,
    },
    /// The state of a sync is void; start over.
    SyncStateLost,
    /// The item or folder is gone.
    NotFound,
    /// The user may not read it, or the server lets nobody in by EWS.
    AccessDenied,
    /// The server is short of something; try later.
    Transient,
    /// The mailbox is being moved; try much later.
    MoveInProgress,
    /// The address has no mailbox here. For the administrator.
    NoMailbox,
    /// The address is not the primary one of its mailbox. For the administrator.
    NotPrimaryAddress {
        /// The primary address, where the server names it.
        primary: Option<String>,
    },
    /// The account has no mail address. For the administrator.
    NoAddress,
    /// The server does not know the schema's version, or the mailbox is older.
    Version,
    /// Our request is not valid: a fault of this program.
    SchemaValidation {
        /// The line of the request.
        line: Option<u32>,
        /// The position in that line.
        position: Option<u32>,
    },
    /// There are more results than an answer holds.
    TooMany,
    /// The window is longer than the server lists.
    RangeTooLong,
    /// The item was changed since it was read; read it again.
    Conflict,
    /// Nobody is found under the name.
    NoResults,
    /// Exchange Online no longer answers EWS.
    Retired,
    /// 5xx without an explanation. `Retry-After` is for the caller to read.
    ServerError,
    /// Any other.
    Other,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.code.is_empty() {
            write!(f, "Exchange answered with status {}", self.status)?;
        } else {
            write!(f, "Exchange answered {}", self.code)?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl EwsError {
    /// What the server's refusal means; `None` for other errors.
    #[must_use]
    pub fn kind(&self) -> Option<&RefusalKind> {
        match self {
            Self::Refused(refusal) => Some(&refusal.kind),
            _ => None,
        }
    }

    /// A stable code for JSON and logs: Exchange's own where there is one.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) if refusal.code.is_empty() => format!("http{}", refusal.status),
            Self::Refused(refusal) => refusal.code.clone(),
            Self::NotEws { .. } => "notEws".to_owned(),
            Self::Malformed { .. } | Self::Missing { .. } | Self::BadTime { .. } => {
                "malformedAnswer".to_owned()
            }
            Self::WindowTooFull { .. } => "windowTooFull".to_owned(),
            Self::TooOld { .. } => "serverTooOld".to_owned(),
            Self::Argument { .. } | Self::Endpoint { .. } | Self::Request(_) | Self::Write(_) => {
                "request".to_owned()
            }
        }
    }
}
