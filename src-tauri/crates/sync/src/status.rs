//! What the outcome of a round means for the state of a service (research: the table of source selection).

use convoke_graph::RefusalKind;
use convoke_model::service::{ServiceState, ServiceStatus};

use crate::error::RoundError;
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
    }
}

fn state(error: &RoundError) -> (ServiceState, Option<&'static str>) {
    match error {
        RoundError::Unauthorized => (ServiceState::SignInRequired, Some("Sign in again.")),
        RoundError::CredentialsRefused => {
            (ServiceState::SignInRequired, Some("Enter the user name and password again."))
        }
        RoundError::Token(failure) => token(failure),
        RoundError::Graph(error) => match error.kind() {
            Some(RefusalKind::MailboxNotEnabled) => (
                ServiceState::Unavailable,
                Some("The mailbox is not in Microsoft 365, or it has no licence. An administrator can tell."),
            ),
            Some(RefusalKind::Forbidden) => (
                ServiceState::Blocked,
                Some("The permission is missing or was withdrawn. Connect again, or ask an administrator."),
            ),
            Some(RefusalKind::Throttled | RefusalKind::ServerError) => (ServiceState::Connected, None),
            _ => (ServiceState::Error, None),
        },
        RoundError::Net(error) if error.is_transient() => (ServiceState::Connected, None),
        RoundError::RetryAt { .. } | RoundError::Interrupted => (ServiceState::Connected, None),
        RoundError::Net(_) | RoundError::Endless | RoundError::NoCalendars | RoundError::Store(_) => {
            (ServiceState::Error, None)
        }
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
