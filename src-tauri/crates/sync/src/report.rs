//! What a sync did, in the shape of `convokectl sync --json`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_store::Counts;
use serde::Serialize;

use crate::error::RoundError;
use crate::meter::Meter;
use crate::status;

/// The outcome of one sync.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// One entry per service that was synced.
    pub services: BTreeMap<Service, ServiceReport>,
    /// When the oldest of their collections was last complete.
    pub as_of: Option<DateTime<Utc>>,
}

/// The outcome for one service.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceReport {
    /// The state that the service is in now, with code, message and help where something failed.
    #[serde(flatten)]
    pub status: ServiceStatus,
    /// New rows.
    pub added: u64,
    /// Changed rows.
    pub updated: u64,
    /// Deleted rows.
    pub removed: u64,
    /// Requests sent.
    pub requests: u64,
    /// Bytes received, after decompression.
    pub bytes: u64,
    /// Milliseconds from start to end.
    pub ms: u64,
    /// Whether the failure is that the server can't be reached.
    #[serde(skip)]
    pub offline: bool,
    /// Before this instant the mailbox must not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
    /// The failures, the first one being what the status tells; collections without one are up to date.
    #[serde(skip)]
    pub errors: Vec<RoundError>,
}

impl ServiceReport {
    pub(crate) fn new(counts: Counts, errors: Vec<RoundError>, meter: &Meter, ms: u64) -> Self {
        let errors = worst_first(errors);
        let status = errors.first().map_or(ServiceState::Connected.into(), status::of_error);
        let retry_at = errors.iter().filter_map(|error| match error {
            RoundError::RetryAt { at, .. } => Some(*at),
            _ => None,
        });
        Self {
            status,
            added: counts.added,
            updated: counts.updated,
            removed: counts.removed,
            requests: meter.requests(),
            bytes: meter.bytes(),
            ms,
            offline: errors.first().is_some_and(RoundError::is_offline),
            retry_at: retry_at.max(),
            errors,
        }
    }

    /// Whether everything is up to date.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty()
    }
}

/// What a person must act on comes before outages, which pass by themselves.
fn worst_first(mut errors: Vec<RoundError>) -> Vec<RoundError> {
    errors.sort_by_key(|error| match status::of_error(error).state {
        ServiceState::SignInRequired => 0,
        ServiceState::Blocked | ServiceState::NotConnected | ServiceState::Unavailable => 1,
        ServiceState::Connected => 3,
        _ => 2,
    });
    errors
}
