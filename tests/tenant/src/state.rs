//! What all handlers share.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, Utc};

use crate::clock::TenantClock;
use crate::entra::Entra;
use crate::entra::consent_policy::ConsentPolicy;
use crate::ews::Exchange;
use crate::ews::quirks::Quirk as ExchangeQuirk;
use crate::faults::Faults;
use crate::graph::quirks::Quirk;
use crate::log::RequestLog;
use crate::ready::Urls;
use crate::scenario::{IdentityScenario, Scenario};
use crate::sso::Sso;
use crate::world::World;

/// The whole tenant, as handlers hold it.
pub type Shared = Arc<TenantState>;

/// One tenant: its data, its identity services, and how it misbehaves.
#[derive(Debug)]
pub struct TenantState {
    /// Where it listens.
    pub urls: Urls,
    /// Its time.
    pub clock: TenantClock,
    /// People, mailboxes, directory.
    pub world: RwLock<World>,
    /// Entra ID: sign-ins under way, grants, tokens, keys.
    pub entra: Entra,
    /// The generic OpenID provider.
    pub sso: Sso,
    /// The on-premises server.
    pub exchange: Exchange,
    /// Faults to serve.
    pub faults: Faults,
    /// Requests seen.
    pub log: RequestLog,
    scenarios: RwLock<BTreeSet<Scenario>>,
}

/// The parts of a tenant that exist before its state.
#[derive(Debug)]
pub(crate) struct Parts {
    pub urls: Urls,
    pub clock: TenantClock,
    pub world: World,
    pub entra: Entra,
    pub sso: Sso,
}

impl TenantState {
    pub(crate) fn new(parts: Parts, scenarios: &[Scenario]) -> Self {
        let state = Self {
            urls: parts.urls,
            clock: parts.clock,
            world: RwLock::new(parts.world),
            entra: parts.entra,
            sso: parts.sso,
            exchange: Exchange::default(),
            faults: Faults::default(),
            log: RequestLog::default(),
            scenarios: RwLock::new(defaults()),
        };
        for scenario in scenarios {
            state.set_scenario(*scenario, true);
        }
        state
    }

    /// The tenant's present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The world, for reading.
    pub fn world(&self) -> RwLockReadGuard<'_, World> {
        self.world.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The world, for changing.
    pub fn world_mut(&self) -> RwLockWriteGuard<'_, World> {
        self.world.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a behaviour of Graph is on.
    pub fn has(&self, quirk: Quirk) -> bool {
        self.scenario_is_on(Scenario::Graph(quirk))
    }

    /// Whether a behaviour of the on-premises server is on.
    pub fn exchange_has(&self, quirk: ExchangeQuirk) -> bool {
        self.scenario_is_on(Scenario::Exchange(quirk))
    }

    /// Whether a situation of signing in is on.
    pub fn signing_in(&self, scenario: IdentityScenario) -> bool {
        self.scenario_is_on(Scenario::Identity(scenario))
    }

    /// Turns a scenario on or off. Turning any consent policy off restores `open`.
    pub fn set_scenario(&self, scenario: Scenario, on: bool) {
        if let Scenario::Consent(policy) = scenario {
            self.entra.set_consent_policy(if on { policy } else { ConsentPolicy::Open });
            return;
        }
        let mut scenarios = self.scenarios.write().unwrap_or_else(PoisonError::into_inner);
        if on {
            scenarios.insert(scenario);
        } else {
            scenarios.remove(&scenario);
        }
    }

    /// Names of the scenarios that are on, with the consent policy in force.
    pub fn scenario_names(&self) -> Vec<&'static str> {
        let mut names = vec![self.entra.consent_policy().name()];
        names
            .extend(self.scenarios.read().unwrap_or_else(PoisonError::into_inner).iter().map(Scenario::name));
        names
    }

    fn scenario_is_on(&self, scenario: Scenario) -> bool {
        self.scenarios.read().unwrap_or_else(PoisonError::into_inner).contains(&scenario)
    }
}

/// How the real services are.
fn defaults() -> BTreeSet<Scenario> {
    let graph = Quirk::defaults().iter().copied().map(Scenario::Graph);
    graph.chain(ExchangeQuirk::defaults().iter().copied().map(Scenario::Exchange)).collect()
}

/// Locks a mutex whose data stay whole even if a holder panicked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
