//! One round of synchronization: the engine runs, states and rows are told.

use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::exchange::Route;
use crate::failure;
use crate::profile::Profile;
use crate::wire::row::Changed;
use crate::wire::snapshot::SyncPhase;
use chrono::{DateTime, Utc};
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_policy::choice::AuthorizeWith;
use convoke_policy::scopes::permitted;
use convoke_store::Store;
use convoke_sync::{RoundKind, ServiceReport, SyncReport, SyncRequest, WindowDays};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Ways to the mailbox that are tried for one request: each is another one that somebody connected meanwhile.
const MOST_WAYS: usize = 4;

/// What the synchronization does now, and how the last round ended.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What it does now.
    pub phase: SyncPhase,
    /// Why the last round failed.
    pub failure: Option<Failure>,
    /// Before this instant the server must not be asked.
    pub retry_at: Option<DateTime<Utc>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { phase: SyncPhase::Idle, failure: None, retry_at: None }
    }
}

/// The outcome of a round.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncResult {
    /// By service, those that were synced.
    pub services: BTreeMap<Service, ServiceRound>,
    /// When the cache last equalled the server.
    pub as_of: Option<DateTime<Utc>>,
}

/// The outcome for one service.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRound {
    /// The state it is in now.
    pub state: ServiceState,
    /// Code of the failure, where one happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The failure itself, in sentences.
    #[serde(skip)]
    pub failure: Option<Failure>,
    /// New rows.
    pub added: u64,
    /// Changed rows.
    pub updated: u64,
    /// Deleted rows.
    pub removed: u64,
    /// Requests sent.
    pub requests: u64,
    /// Bytes received, decompressed.
    pub bytes: u64,
    /// Milliseconds.
    pub ms: u64,
}

impl App {
    /// Runs one round for services; none means all that are connected.
    ///
    /// # Errors
    /// When nothing is connected, or every service failed in the same way. A partial failure is in the result.
    pub async fn sync(&self, full: bool, services: &[Service]) -> Result<SyncResult, Failure> {
        let _one_at_a_time = self.inner.round.lock().await;
        self.recheck_if_due().await;
        self.set_progress(SyncPhase::Running, None, None);
        let report = self.run_and_follow(full, services).await;
        let (phase, failure, retry_at) = match &report {
            Ok((_, Some(needs))) => (SyncPhase::Failed, Some(needs.clone()), None),
            Ok((report, None)) => end_of(report),
            Err(failure) if failure.code == Code::Offline => {
                (SyncPhase::Offline, Some(failure.clone()), None)
            }
            Err(failure) => (SyncPhase::Failed, Some(failure.clone()), None),
        };
        self.set_progress(phase, failure.clone(), retry_at);
        let (report, _) = report?;
        if report.services.values().any(|service| service.added + service.updated + service.removed > 0) {
            self.announce_rows(Changed::Calendars);
            self.announce_rows(Changed::Meetings);
            self.announce_rows(Changed::Contacts);
        }
        match failure {
            // Nothing came through: the command as a whole failed.
            Some(failure) if report.services.values().all(|service| !service.is_complete()) => Err(failure),
            _ => Ok(result_of(&report)),
        }
    }

    /// A round; where the mailbox turns out to be elsewhere, or was connected otherwise meanwhile, another one there. With
    /// what a person is needed for, where the way there needs one.
    async fn run_and_follow(
        &self,
        full: bool,
        services: &[Service],
    ) -> Result<(SyncReport, Option<Failure>), Failure> {
        let mut is_followed = false;
        for _ in 0..MOST_WAYS {
            let Some(report) = self.run_engine(full, services).await? else { continue };
            if is_followed {
                return Ok((report, None));
            }
            let account = self.signed_in()?;
            match self.follow_mailbox(&account, &report).await? {
                Route::Stays => return Ok((report, None)),
                Route::Needs(failure) => return Ok((report, Some(failure))),
                Route::Changed => is_followed = true,
            }
        }
        Err(Failure::new(Code::Internal).with_detail("the mailbox was connected otherwise again and again"))
    }

    /// A round on the way that the profile names. `None` where it named another one at the end: then what the round
    /// came to says nothing any more.
    async fn run_engine(&self, full: bool, services: &[Service]) -> Result<Option<SyncReport>, Failure> {
        if let Some(refused) = crate::policy_source::sign_in_refused(&self.policy()) {
            return Err(refused);
        }
        let account = self.signed_in()?;
        let profile = account.profile();
        let opening = (self.environment().clone(), account.clone());
        let store = blocking(move || {
            opening.1.reopen(&opening.0);
            opening.1.cache()
        })
        .await?;
        let days = &self.policy().sync;
        let window = WindowDays { past: days.past_days, future: days.future_days };
        let services = self.to_sync(services)?;
        let engine = self.engine(&profile, &store).await?;
        let report = engine.sync(&SyncRequest { services, full, window }).await;
        if !self.goes_on(&profile).await? {
            tracing::info!("the mailbox was connected otherwise during a round");
            return Ok(None);
        }
        self.remember_states(store, &report, &profile).await?;
        self.remember_challenge(&account, &report).await?;
        Ok(Some(report))
    }

    /// Whether the mailbox is still reached as that profile says. What another process changed is taken over first.
    async fn goes_on(&self, began: &Profile) -> Result<bool, Failure> {
        let (app, key, way) = (self.clone(), began.key.clone(), began.way());
        blocking(move || {
            app.look_at_account();
            let now = app.known_account().map(|account| account.profile());
            Ok(now.is_some_and(|now| now.key == key && now.way() == way))
        })
        .await
    }

    /// The services that sync: calendar and contacts, where granted. The directory is looked up live: asked for alone,
    /// there is nothing to do.
    fn to_sync(&self, services: &[Service]) -> Result<Vec<Service>, Failure> {
        if !services.is_empty() && services.iter().all(|service| *service == Service::Directory) {
            return Ok(Vec::new());
        }
        let asked = [Service::Calendar, Service::Contacts]
            .into_iter()
            .filter(|service| services.is_empty() || services.contains(service));
        let wanted: Vec<Service> = asked.clone().filter(|service| self.is_connected(*service)).collect();
        if !wanted.is_empty() {
            return Ok(wanted);
        }
        let permitted = permitted(&self.policy().integration.permissions);
        let off = asked.into_iter().all(|service| !permitted.contains(&service));
        Err(Failure::new(if off { Code::OffByPolicy } else { Code::NotConnected }))
    }

    async fn remember_states(
        &self,
        store: Arc<Store>,
        report: &SyncReport,
        profile: &Profile,
    ) -> Result<(), Failure> {
        // Where the mailbox is looked for next, what that comes to is told, not that it is elsewhere.
        let is_followed =
            !profile.uses_exchange() && self.policy().integration.authorize_with == AuthorizeWith::Auto;
        let is_elsewhere = |report: &ServiceReport| {
            report.errors.iter().any(|error| error.kind() == RoundKind::RouteChanged)
        };
        let told = report.services.iter().filter(|(_, report)| !(is_followed && is_elsewhere(report)));
        let states: Vec<_> = told.map(|(service, report)| (*service, status_of(report))).collect();
        blocking(move || {
            let known = store.reader().and_then(|reader| reader.service_statuses());
            let known = known.map_err(|error| failure::of_store(&error))?;
            let mut writer = store.writer().map_err(|error| failure::of_store(&error))?;
            for (service, status) in states.into_iter().filter(|state| !known.contains(state)) {
                writer.set_service_status(service, &status).map_err(|error| failure::of_store(&error))?;
            }
            Ok(())
        })
        .await
    }

    /// A claims challenge that no token answered is for the next authorization (Entra, "Claims challenges").
    async fn remember_challenge(&self, account: &Arc<SignedIn>, report: &SyncReport) -> Result<(), Failure> {
        let errors = report.services.values().flat_map(|service| &service.errors);
        let Some(challenge) = errors.filter_map(failure::challenge_of).next() else { return Ok(()) };
        let (app, account, challenge) = (self.clone(), account.clone(), challenge.to_owned());
        blocking(move || account.change(app.environment(), |profile| profile.challenge = Some(challenge)))
            .await
    }

    fn set_progress(&self, phase: SyncPhase, failure: Option<Failure>, retry_at: Option<DateTime<Utc>>) {
        *self.inner.lock(&self.inner.progress) = Progress { phase, failure, retry_at };
        self.announce();
    }
}

/// How a round ended, for the status line.
fn end_of(report: &SyncReport) -> (SyncPhase, Option<Failure>, Option<DateTime<Utc>>) {
    let retry_at = report.services.values().filter_map(|service| service.retry_at).max();
    match report.services.values().find(|service| !service.is_complete()) {
        None => (SyncPhase::Idle, None, None),
        Some(service) => {
            let failure = failure_of(service);
            let offline = matches!(failure.code, Code::Offline | Code::ServerUnreachable);
            (if offline { SyncPhase::Offline } else { SyncPhase::Failed }, Some(failure), retry_at)
        }
    }
}

fn failure_of(service: &ServiceReport) -> Failure {
    service.errors.first().map_or_else(|| Failure::new(Code::Internal), failure::of_round)
}

/// The state of a service after a round, with the sentences of its failure.
fn status_of(report: &ServiceReport) -> ServiceStatus {
    let state = report.status.state;
    match report.errors.first().map(failure::of_round) {
        Some(failure) if state != ServiceState::Connected => failure.as_status(state),
        _ => report.status.clone(),
    }
}

fn result_of(report: &SyncReport) -> SyncResult {
    let round = |service: &ServiceReport| {
        let failure = service.errors.first().map(failure::of_round);
        ServiceRound {
            state: service.status.state,
            code: failure.as_ref().map(|failure| failure.code.as_str()),
            failure,
            added: service.added,
            updated: service.updated,
            removed: service.removed,
            requests: service.requests,
            bytes: service.bytes,
            ms: service.ms,
        }
    };
    SyncResult {
        services: report.services.iter().map(|(service, report)| (*service, round(report))).collect(),
        as_of: report.as_of,
    }
}
