//! Connect: the authorization of Microsoft 365 with exactly the permitted scopes, in one visit to the browser.

use super::ask::{Connecting, Refused, WHO};
use super::leg::LegOptions;
use super::outcome::{self, Outcome, Refusals};
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::policy_source::sign_in_refused;
use crate::tokens::resource;
use crate::wire::exchange::ExchangeQuery;
use crate::wire::snapshot::{Purpose, Services};
use convoke_auth::id_token::KeyCache;
use convoke_auth::token::scope;
use convoke_auth::{AuthError, Grant};
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_policy::questions::{Question, questions};
use convoke_policy::scopes::{permitted, scope_of};
use std::collections::VecDeque;
use std::sync::Arc;

/// In whose name, and how loudly, is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// For the person, as the policy says.
    AsUser,
    /// For the organization first, then for the person as proof.
    AsAdministrator,
    /// Only for what somebody has consented to already.
    Silently,
}

impl App {
    /// Authorizes services through the browser; none means every permitted one. With `as_administrator` the
    /// organization's consent comes first, and a normal authorization follows as proof.
    ///
    /// # Errors
    /// Says why nothing of it is connected, or what went wrong that no service's state tells. What was connected
    /// before, or on the way, still is.
    pub async fn connect(
        &self,
        services: &[Service],
        as_administrator: bool,
        options: LegOptions,
        on_browser: impl FnMut(&str) + Send,
    ) -> Result<Services, Failure> {
        let how = if as_administrator { How::AsAdministrator } else { How::AsUser };
        self.connect_by(services, how, options, on_browser).await
    }

    pub(super) async fn connect_by(
        &self,
        services: &[Service],
        how: How,
        options: LegOptions,
        mut on_browser: impl FnMut(&str) + Send,
    ) -> Result<Services, Failure> {
        if self.is_exchange_decided() {
            if how == How::AsAdministrator {
                self.consent_alone(options, &mut on_browser).await?;
            }
            return self.connect_exchange(ExchangeQuery::default(), options, on_browser).await;
        }
        let account = self.signed_in()?;
        let choose_account = account.profile().choose_account;
        let running = self.begin_leg(Purpose::Connect);
        let keys = KeyCache::default();
        let deps = self.flow_deps(&running, options, &keys);
        let mut connecting = Connecting::new(&account, &running, deps, &mut on_browser, choose_account);
        let result = async {
            connecting.wanted = self.wanted(services)?;
            let wanted = connecting.wanted.clone();
            let may_show_pages = match how {
                How::AsUser => self.policy().integration.user_consent,
                How::Silently => false,
                How::AsAdministrator => {
                    self.consent_for_organization(&mut connecting, &wanted).await?;
                    true
                }
            };
            self.ask_all(&mut connecting, questions(&wanted, may_show_pages)).await
        }
        .await;
        let page = outcome::last_page(&result, &connecting.wanted);
        connecting.visit.end(page).await;
        self.answer_prompt(&account, &result).await;
        self.end_leg(&running, result.as_ref().map(|_| ()));
        result
    }

    /// The services to ask for: those that policy permits.
    fn wanted(&self, services: &[Service]) -> Result<Vec<Service>, Failure> {
        let policy = self.policy();
        if let Some(refused) = sign_in_refused(&self.policy_for_sign_in()) {
            return Err(refused);
        }
        let mut wanted = permitted(&policy.integration.permissions);
        if !services.is_empty() {
            wanted.retain(|service| services.contains(service));
        }
        if wanted.is_empty() { Err(Failure::new(Code::OffByPolicy)) } else { Ok(wanted) }
    }

    /// Asks one question after the other. What one refuses, the others may still grant.
    async fn ask_all(
        &self,
        connecting: &mut Connecting<'_>,
        questions: Vec<Question>,
    ) -> Result<Services, Failure> {
        let mut refusals = Refusals::default();
        let mut rest = VecDeque::from(questions);
        while let Some(mut question) = rest.pop_front() {
            if self.came_along(connecting.account, &connecting.granted, &question).await? {
                continue;
            }
            let services = question.services.clone();
            self.update_leg(connecting.running, |leg| leg.services = services);
            let Err(error) = self.ask_and_take(connecting, &question).await else { continue };
            let (outcome, failure) = self.outcome(connecting, &question, error);
            if outcome.for_the_rest {
                question.services.extend(rest.drain(..).flat_map(|question| question.services));
            }
            let noted = self.note(connecting.account, &question.services, outcome, &failure).await;
            refusals.add(failure, noted);
            if outcome.ends_visit {
                break;
            }
        }
        let services = self.services_now(connecting.account).await?;
        let connected = outcome::any_connected(&services, &connecting.wanted);
        refusals.failure(connected).map_or(Ok(services), Err)
    }

    /// Whether an earlier answer of this visit granted the question already: then nobody is asked again.
    async fn came_along(
        &self,
        account: &Arc<SignedIn>,
        granted: &[String],
        question: &Question,
    ) -> Result<bool, Failure> {
        let permissions = self.policy().integration.permissions;
        let needed = question.services.iter().filter_map(|service| scope_of(*service, &permissions));
        let all = needed.into_iter().all(|needed| scope::is_granted(needed, granted));
        if all {
            let connected = |_: &Self, _| ServiceState::Connected.into();
            self.set_states(account, &question.services, connected).await?;
        }
        Ok(all)
    }

    async fn ask_and_take(
        &self,
        connecting: &mut Connecting<'_>,
        question: &Question,
    ) -> Result<(), Refused> {
        let mut asked = self.scopes_of(&question.services);
        asked.extend(WHO.map(str::to_owned));
        asked.push(scope::OFFLINE.to_owned());
        let grant = self.ask_as(connecting, asked, question.shows_pages).await?;
        connecting.granted.clone_from(&grant.tokens.scopes);
        self.take_grant(connecting.account, grant, &question.services).await.map_err(Refused::ByUs)
    }

    /// What a refusal means for the services that were asked for.
    fn outcome(
        &self,
        connecting: &Connecting<'_>,
        question: &Question,
        error: Refused,
    ) -> (Outcome, Failure) {
        match error {
            Refused::ByUs(failure) => (Outcome::END, failure),
            Refused::ByServer(AuthError::Cancelled) if connecting.running.needs_approval() => {
                (Outcome::WAITS_ALL, Failure::new(Code::AdminApprovalRequired))
            }
            Refused::ByServer(error) => {
                let willing = Service::ALL.into_iter().any(|service| self.is_connected(service));
                let outcome = outcome::of(&error, question, willing);
                (outcome, outcome::told(failure::of_auth(&error), outcome))
            }
        }
    }

    /// Keeps the tokens and what they permit.
    pub(super) async fn take_grant(
        &self,
        account: &Arc<SignedIn>,
        grant: Grant,
        wanted: &[Service],
    ) -> Result<(), Failure> {
        let profile = account.profile();
        let connected = self.matching(&profile, &grant.identity)?;
        // One service may be connected after another: what the same identity granted before still holds.
        let before = profile.granted.iter().filter(|_| profile.connected.as_ref() == Some(&connected));
        let granted: Vec<String> = self
            .scopes_of(&Service::ALL)
            .into_iter()
            .filter(|wanted| {
                scope::is_granted(wanted, &grant.tokens.scopes) || before.clone().any(|had| had == wanted)
            })
            .collect();
        let (app, change) = (self.clone(), (granted.clone(), connected));
        let changing = account.clone();
        blocking(move || {
            changing.reopen(app.environment());
            // Who signed out meanwhile keeps no token.
            changing.try_change(app.environment(), |profile| {
                profile.granted = change.0;
                profile.connected = Some(change.1);
                profile.challenge = None;
                Ok(())
            })
        })
        .await?;
        self.inner.sessions.forget();
        let session = self.session(&account.profile())?;
        // The token carries what its question asked for; what was granted before is asked anew with all of it.
        let carried = resource(&self.scopes_of(wanted));
        session.store(&carried, grant.tokens).await.map_err(|error| failure::of_auth(&error))?;
        self.set_states(account, wanted, move |app, service| app.state_by_scopes(service, &granted)).await?;
        self.announce();
        Ok(())
    }

    /// A service is connected when its scope was granted.
    fn state_by_scopes(&self, service: Service, granted: &[String]) -> ServiceStatus {
        let needed = scope_of(service, &self.policy().integration.permissions);
        if needed.is_some_and(|needed| scope::is_granted(needed, granted)) {
            return ServiceState::Connected.into();
        }
        Failure::new(Code::PermissionMissing).as_status(ServiceState::NotConnected)
    }
}
