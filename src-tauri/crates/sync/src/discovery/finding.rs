//! What a search led to, and what was heard on the way.

use convoke_ews::autodiscover::{Answer, Refused, Service};
use convoke_net::NetError;
use url::Url;

/// What a search led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The EWS of the mailbox, on a host that somebody vouched for.
    Found(Url),
    /// The mailbox is in the cloud, where EWS ends: Graph is its protocol.
    ExchangeOnline,
    /// Whether this host is to be trusted: asked about the address, and taken for the mailbox's server if it says that
    /// it is. A person or the policy must say ([`Discovery::agree`](super::Discovery::agree),
    /// [`Discovery::decline`](super::Discovery::decline)); then the search goes on where it stopped.
    Question {
        /// The host, or the domain of another address that the mailbox is said to have.
        host: String,
    },
    /// Nothing was found, and this place asks for credentials that were not given.
    CredentialsWanted {
        /// The place.
        url: Url,
    },
    /// Nothing was found, and this place refused the credentials. They are not to be tried again.
    CredentialsRefused {
        /// The place.
        url: Url,
    },
    /// Nothing was found.
    Nothing,
}

/// A place that was asked, or was not to be.
#[derive(Debug)]
pub struct Visit {
    /// Its address.
    pub url: Url,
    /// What it was asked; `None` for an EWS address.
    pub service: Option<Service>,
    /// Whether credentials were sent.
    pub with_credentials: bool,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a visit.
#[derive(Debug)]
pub enum Outcome {
    /// It answered.
    Answered(Answer),
    /// It did not.
    Unreachable(NetError),
    /// It was not asked.
    Refused(Refused),
}

impl Visit {
    /// Whether the machine or the place seems unreachable.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(&self.outcome, Outcome::Unreachable(error) if error.is_offline())
    }
}
