//! The state of each service: what the last authorization left, and what the policy permits of it.

use super::outcome::Outcome;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::snapshot::Services;
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_policy::scopes::{permitted, scope_of, scopes};
use std::sync::Arc;

impl App {
    /// Remembers a refusal per service that is not connected already. Answers whether any keeps it.
    pub(super) async fn note(
        &self,
        account: &Arc<SignedIn>,
        services: &[Service],
        outcome: Outcome,
        failure: &Failure,
    ) -> bool {
        let Some(state) = outcome.state else { return false };
        let status = failure.clone().as_status(state);
        let open: Vec<Service> =
            services.iter().copied().filter(|service| !self.is_connected(*service)).collect();
        let kept = self.set_states(account, &open, move |_, _| status.clone()).await;
        if let Err(error) = &kept {
            tracing::warn!(code = ?error.code, "refusal not remembered");
        }
        self.announce();
        kept.is_ok() && !open.is_empty()
    }

    /// The one prompt is over, whatever came of it: from here on people connect by hand. Only who gives up in the
    /// browser may still answer it.
    pub(super) async fn answer_prompt(&self, account: &Arc<SignedIn>, result: &Result<Services, Failure>) {
        if result.as_ref().is_err_and(|failure| failure.code == Code::SignInCancelled) {
            return;
        }
        self.remember_mismatch(account, result.as_ref().err()).await;
        let (app, account) = (self.clone(), account.clone());
        let changed =
            blocking(move || account.change(app.environment(), |profile| profile.prompt_due = false)).await;
        if let Err(failure) = changed {
            tracing::warn!(code = ?failure.code, "the prompt stays open");
        }
    }

    /// Where another account answered, the next authorization, also of another process, shows which there are. Who
    /// gives up in the browser changes nothing of that.
    pub(super) async fn remember_mismatch(&self, account: &Arc<SignedIn>, failure: Option<&Failure>) {
        if failure.is_some_and(|failure| failure.code == Code::SignInCancelled) {
            return;
        }
        let another = failure.is_some_and(|failure| failure.code == Code::AccountMismatch);
        let (app, account) = (self.clone(), account.clone());
        let changed =
            blocking(move || account.change(app.environment(), |profile| profile.choose_account = another));
        if let Err(failure) = changed.await {
            tracing::warn!(code = ?failure.code, "which account to choose is not remembered");
        }
    }

    /// The prompt was answered by connecting.
    pub(crate) async fn answered_prompt(&self, account: &Arc<SignedIn>) {
        self.answer_prompt(account, &Ok(Services::default())).await;
    }

    pub(crate) async fn services_now(&self, account: &Arc<SignedIn>) -> Result<Services, Failure> {
        let (app, account) = (self.clone(), account.clone());
        blocking(move || {
            let cache = account.cache()?;
            let reader = cache.reader().map_err(|error| failure::of_store(&error))?;
            app.services(&reader, &account.profile()).map_err(|error| failure::of_store(&error))
        })
        .await
    }

    pub(crate) async fn set_states(
        &self,
        account: &Arc<SignedIn>,
        services: &[Service],
        state: impl Fn(&Self, Service) -> ServiceStatus + Send + 'static,
    ) -> Result<(), Failure> {
        let (app, account, services) = (self.clone(), account.clone(), services.to_vec());
        blocking(move || {
            let cache = account.cache()?;
            let mut writer = cache.writer().map_err(|error| failure::of_store(&error))?;
            for service in services {
                let status = state(&app, service);
                writer.set_service_status(service, &status).map_err(|error| failure::of_store(&error))?;
            }
            Ok(())
        })
        .await
    }

    /// The Graph scopes of services, by short name.
    pub(crate) fn scopes_of(&self, services: &[Service]) -> Vec<String> {
        scopes(services, &self.policy().integration.permissions).into_iter().map(str::to_owned).collect()
    }

    /// State of every permitted service of an account; where its cache can't be read, none is connected.
    pub(super) fn states_of(&self, account: &SignedIn) -> Vec<ServiceState> {
        let profile = account.profile();
        let stored = account.cache().ok().and_then(|cache| {
            let reader = cache.reader().ok()?;
            self.services(&reader, &profile).ok()
        });
        let services = stored.unwrap_or_default();
        let permitted = permitted(&self.policy().integration.permissions);
        [
            (Service::Calendar, services.calendar),
            (Service::Contacts, services.contacts),
            (Service::Directory, services.directory),
        ]
        .into_iter()
        .filter(|(service, _)| permitted.contains(service))
        .map(|(_, status)| status.state)
        .collect()
    }

    /// Whether the scope of a service was granted, or the mailbox's own Exchange server gives all of it.
    pub(crate) fn is_connected(&self, service: Service) -> bool {
        let Some(profile) = self.account().map(|account| account.profile()) else { return false };
        if profile.uses_exchange() {
            return true;
        }
        let granted = profile.granted;
        scope_of(service, &self.policy().integration.permissions)
            .is_some_and(|needed| scope::is_granted(needed, &granted))
    }
}
