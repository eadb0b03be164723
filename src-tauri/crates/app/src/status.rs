//! `status`: account, services, cache, keychain and policy as one object for scripts.

use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::wire::exchange::ExchangeView;
use crate::wire::snapshot::{Account, Services};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use serde::Serialize;

/// How old the cache is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Age {
    /// When the cache last equalled the server.
    pub as_of: Option<DateTime<Utc>>,
    /// Whether that is longer ago than it should be.
    pub stale: bool,
}

/// The whole status.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Who is signed in.
    pub account: Option<Account>,
    /// State of each service.
    pub services: Services,
    /// The Exchange server of the mailbox, and whether it is in use.
    pub exchange: ExchangeView,
    /// Next step of each service that is not connected, by service.
    pub next_steps: Vec<NextStep>,
    /// When the cache last equalled the server.
    pub as_of: Option<DateTime<Utc>>,
    /// Whether that is longer ago than it should be.
    pub stale: bool,
    /// The cache.
    pub cache: Health,
    /// The keychain.
    pub keychain: Health,
    /// The policy.
    pub policy: PolicySource,
}

/// What to do about a service.
#[derive(Clone, Debug, Serialize)]
pub struct NextStep {
    /// The service.
    pub service: Service,
    /// What to do, and who can do it.
    pub step: String,
}

/// Whether something works.
#[derive(Clone, Debug, Serialize)]
pub struct Health {
    /// `ok`, `none`, or the code of the failure.
    pub state: String,
    /// Why it doesn't work.
    pub failure: Option<Failure>,
}

/// Where the policy comes from.
#[derive(Clone, Debug, Serialize)]
pub struct PolicySource {
    /// The files in force.
    pub files: Vec<String>,
    /// How many mistakes they have.
    pub problems: usize,
    /// Why it isn't used, if it isn't.
    pub refused: Option<String>,
}

impl App {
    /// The whole status.
    ///
    /// # Errors
    /// Only when the runtime is going down: what doesn't work is part of the status.
    pub async fn status(&self) -> Result<Status, Failure> {
        let app = self.clone();
        blocking(move || Ok(app.status_now())).await
    }

    /// How old the cache is.
    ///
    /// # Errors
    /// When nobody is signed in or the cache can't be read.
    pub async fn age(&self) -> Result<Age, Failure> {
        let app = self.clone();
        let as_of = self.with_cache(move |cache| app.as_of(&cache.reader()?)).await?;
        Ok(Age { as_of, stale: self.is_stale(as_of, self.now()) })
    }

    /// The local zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.environment().zone
    }

    fn status_now(&self) -> Status {
        let snapshot = self.snapshot_now();
        let policy = self.policy();
        let cache = match (&snapshot.cache_failure, &snapshot.account) {
            (Some(failure), _) => Health::failed(failure.clone()),
            (None, Some(_)) => Health::ok(),
            (None, None) => Health { state: "none".to_owned(), failure: None },
        };
        Status {
            next_steps: if snapshot.account.is_some() { next_steps(&snapshot.services) } else { Vec::new() },
            account: snapshot.account,
            services: snapshot.services,
            exchange: snapshot.exchange,
            as_of: snapshot.sync.as_of,
            stale: snapshot.sync.stale,
            cache,
            keychain: self.keychain_health(),
            policy: PolicySource {
                files: policy.files().to_vec(),
                problems: policy.problems().iter().filter(|problem| problem.is_fault()).count(),
                refused: crate::policy_source::sign_in_refused(&policy).and_then(|failure| failure.detail),
            },
        }
    }

    /// Asks the keychain for something small: whether it answers is what counts.
    fn keychain_health(&self) -> Health {
        match self.environment().keychain.get("health") {
            Ok(_) => Health::ok(),
            Err(error) => Health::failed(crate::failure::of_keychain(&error)),
        }
    }
}

impl Health {
    fn ok() -> Self {
        Self { state: "ok".to_owned(), failure: None }
    }

    fn failed(failure: Failure) -> Self {
        Self { state: failure.code.as_str(), failure: Some(failure) }
    }
}

fn next_steps(services: &Services) -> Vec<NextStep> {
    let all: [(Service, &ServiceStatus); 3] = [
        (Service::Calendar, &services.calendar),
        (Service::Contacts, &services.contacts),
        (Service::Directory, &services.directory),
    ];
    all.into_iter()
        .filter_map(|(service, status)| {
            let step = status.help.clone().or_else(|| match status.state {
                ServiceState::NotConnected => Some("Connect Microsoft 365.".to_owned()),
                ServiceState::WaitingForAdmin => Some(Failure::new(Code::AdminApprovalRequired).help),
                ServiceState::Declined => Some(Failure::new(Code::ConsentDeclined).help),
                ServiceState::SignInRequired => Some(Failure::new(Code::SignInRequired).help),
                _ => None,
            })?;
            Some(NextStep { service, step })
        })
        .collect()
}
