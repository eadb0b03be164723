//! What the outcome of a round means for the state of a service (research: the table of source selection).

use convoke_model::service::{ServiceState, ServiceStatus};

use crate::error::{RoundError, RoundKind};
use crate::token::TokenFailure;

/// The state that an error leaves the service in. Outages change nothing: the service stays connected.
pub(crate) fn of_error(error: &RoundError) -> ServiceStatus {
    let (state, help) = state(error);
    ServiceStatus {
        state,
        code: Some(error.code()),
        message: Some(error.to_string()),
        help: help.map(str::to_owned),
        reason: None,
        detail: None,
    }
}

fn state(error: &RoundError) -> (ServiceState, Option<&'static str>) {
    match (error, error.kind()) {
        (RoundError::Token(failure), _) => token(failure),
        (_, RoundKind::SignInRequired) => (ServiceState::SignInRequired, Some("Sign in again.")),
        (_, RoundKind::PasswordRequired) => {
            (ServiceState::SignInRequired, Some("Enter the user name and password again."))
        }
        (_, RoundKind::OtherSignIn) => {
            (ServiceState::Unavailable, Some("Connect again, or ask an administrator."))
        }
        (_, RoundKind::AccessDenied) => (
            ServiceState::Blocked,
            Some("The permission is missing or was withdrawn. Connect again, or ask an administrator."),
        ),
        (RoundError::MailboxMoved(_), _) => {
            (ServiceState::Unavailable, Some("Connect again, so that the mailbox is found where it is now."))
        }
        (_, RoundKind::RouteChanged) => (
            ServiceState::Unavailable,
            Some("The mailbox is not in Microsoft 365, or it has no licence. An administrator can tell."),
        ),
        (_, RoundKind::NoMailbox) => (
            ServiceState::Unavailable,
            Some("The account has no mailbox on this server. Ask an administrator."),
        ),
        (_, RoundKind::Retired) => {
            (ServiceState::Unavailable, Some("Exchange Online is asked by Microsoft Graph. Connect again."))
        }
        (_, RoundKind::Busy | RoundKind::Transient) => (ServiceState::Connected, None),
        (_, RoundKind::Other) => (ServiceState::Error, None),
    }
}

fn token(failure: &TokenFailure) -> (ServiceState, Option<&'static str>) {
    match failure {
        TokenFailure::SignInRequired { .. } => (ServiceState::SignInRequired, Some("Sign in again.")),
        TokenFailure::Blocked { .. } => (ServiceState::Blocked, Some("Ask an administrator.")),
        TokenFailure::NotAuthorized { .. } => (ServiceState::NotConnected, Some("Connect the service.")),
        TokenFailure::Offline(_) => (ServiceState::Connected, None),
        TokenFailure::Failed { .. } => (ServiceState::Error, None),
    }
}
