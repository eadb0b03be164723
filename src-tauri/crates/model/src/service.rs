//! The services that Convoke integrates, and the state of each.

use serde::{Deserialize, Serialize};

/// One of the services that are connected, refused and synced each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ServiceName"))]
#[serde(rename_all = "camelCase")]
pub enum Service {
    /// The user's calendars.
    Calendar,
    /// The user's contact folders.
    Contacts,
    /// The organization's directory, looked up live.
    Directory,
}

impl Service {
    /// All services, in the order that people see them.
    pub const ALL: [Self; 3] = [Self::Calendar, Self::Contacts, Self::Directory];

    /// The service's name in JSON, on the command line and in the cache.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Contacts => "contacts",
            Self::Directory => "directory",
        }
    }
}

/// What a service is doing, as a closed list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ServiceState {
    /// Authorized; syncs.
    Connected,
    /// Not authorized yet.
    #[default]
    NotConnected,
    /// Asked for; an administrator must approve.
    WaitingForAdmin,
    /// The user refused.
    Declined,
    /// The policy permits nothing of it.
    OffByPolicy,
    /// The authorization ended; the user must sign in again.
    SignInRequired,
    /// The organization blocks it (Conditional Access, disabled app, …).
    Blocked,
    /// There is nothing to connect to (no mailbox).
    Unavailable,
    /// It failed otherwise.
    Error,
}

/// A service's state with what a person needs to know about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// The state.
    pub state: ServiceState,
    /// Stable code of the cause, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<String>,
    /// One true sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub message: Option<String>,
    /// What to do, and who can do it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub help: Option<String>,
    /// The server's own reason by name, where it says more than the code: windows have texts for it in every language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reason: Option<String>,
    /// A line for support: codes and correlation id. Never a secret.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub detail: Option<String>,
}

impl From<ServiceState> for ServiceStatus {
    fn from(state: ServiceState) -> Self {
        Self { state, ..Self::default() }
    }
}
