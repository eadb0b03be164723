//! Connect: the authorization of Microsoft 365 with exactly the permitted scopes.

use super::leg::{LegOptions, Running};
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::policy_source::sign_in_refused;
use crate::profile::Profile;
use crate::tokens::{client_id, microsoft, resource};
use crate::wire::snapshot::{Purpose, Services};
use convoke_auth::flow::{AdminConsentRequest, admin_consent, authorize};
use convoke_auth::id_token::KeyCache;
use convoke_auth::token::scope;
use convoke_auth::{AuthorizeRequest, Grant};
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_policy::scopes::{permitted, scope_of, scopes};
use std::sync::Arc;

impl App {
    /// Authorizes services through the browser; none means every permitted one. With `as_administrator` the
    /// organization's consent comes first, and a normal authorization follows as proof.
    ///
    /// # Errors
    /// Says why not; what was connected before still is.
    pub async fn connect(
        &self,
        services: &[Service],
        as_administrator: bool,
        options: LegOptions,
        mut on_browser: impl FnMut(&str) + Send,
    ) -> Result<Services, Failure> {
        let account = self.signed_in()?;
        let running = self.begin_leg(Purpose::Connect);
        let result = async {
            let wanted = self.wanted(services)?;
            if as_administrator {
                self.consent_for_organization(&running, options, &wanted, &mut on_browser).await?;
            }
            let grant =
                self.authorize(&running, options, &account.profile(), &wanted, &mut on_browser).await?;
            self.take_grant(&account, grant, &wanted).await
        }
        .await;
        if let Err(failure) = &result
            && failure.code != Code::SignInCancelled
        {
            self.note_refusal(&account, services, failure).await;
        }
        self.end_leg(&running, result.as_ref().map(|_| ()));
        result
    }

    /// The services to ask for: those that policy permits.
    fn wanted(&self, services: &[Service]) -> Result<Vec<Service>, Failure> {
        let policy = self.policy();
        if let Some(refused) = sign_in_refused(policy) {
            return Err(refused);
        }
        let mut wanted = permitted(&policy.integration.permissions);
        if !services.is_empty() {
            wanted.retain(|service| services.contains(service));
        }
        if wanted.is_empty() { Err(Failure::new(Code::BlockedByOrganization)) } else { Ok(wanted) }
    }

    async fn consent_for_organization(
        &self,
        running: &Running,
        options: LegOptions,
        wanted: &[Service],
        on_browser: &mut (dyn FnMut(&str) + Send),
    ) -> Result<(), Failure> {
        let request = AdminConsentRequest {
            authority: microsoft(self.policy())?,
            client_id: client_id(self.policy())?,
            scopes: self.scopes_of(wanted),
        };
        let keys = KeyCache::default();
        let deps = self.flow_deps(running, options, &keys);
        admin_consent(request, deps, |event| self.on_the_way(running, event, on_browser))
            .await
            .map_err(|error| failure::of_auth(&error))?;
        Ok(())
    }

    async fn authorize(
        &self,
        running: &Running,
        options: LegOptions,
        profile: &Profile,
        wanted: &[Service],
        on_browser: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Grant, Failure> {
        let mut asked = self.scopes_of(wanted);
        asked.extend(["openid", "profile", "offline_access"].map(str::to_owned));
        let mut request = AuthorizeRequest::new(microsoft(self.policy())?, client_id(self.policy())?, asked);
        request.login_hint = Some(profile.account.username.clone());
        request.domain_hint = self.policy().sso.domain.clone();
        let keys = KeyCache::default();
        let deps = self.flow_deps(running, options, &keys);
        authorize(request, deps, |event| self.on_the_way(running, event, on_browser))
            .await
            .map_err(|error| failure::of_auth(&error))
    }

    /// Keeps the tokens and what they permit.
    async fn take_grant(
        &self,
        account: &Arc<SignedIn>,
        grant: Grant,
        wanted: &[Service],
    ) -> Result<Services, Failure> {
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
            changing.change(app.environment(), |profile| {
                profile.granted = change.0;
                profile.connected = Some(change.1);
                profile.prompt_due = false;
            })
        })
        .await?;
        self.inner.sessions.forget();
        let session = self.session(&account.profile())?;
        session.store(&resource(&granted), grant.tokens).await.map_err(|error| failure::of_auth(&error))?;
        self.set_states(account, wanted, move |app, service| app.state_by_scopes(service, &granted)).await
    }

    /// A service is connected when its scope was granted.
    fn state_by_scopes(&self, service: Service, granted: &[String]) -> ServiceStatus {
        let needed = scope_of(service, &self.policy().integration.permissions);
        if needed.is_some_and(|needed| scope::is_granted(needed, granted)) {
            return ServiceState::Connected.into();
        }
        let failure = Failure::new(Code::PermissionMissing);
        ServiceStatus {
            state: ServiceState::NotConnected,
            code: Some(failure.code.as_str()),
            message: Some(failure.message),
            help: Some(failure.help),
        }
    }

    /// Remembers a refusal per service that is not connected already.
    async fn note_refusal(&self, account: &Arc<SignedIn>, services: &[Service], failure: &Failure) {
        let state = match failure.code {
            Code::ConsentDeclined => ServiceState::Declined,
            Code::AdminApprovalRequired => ServiceState::WaitingForAdmin,
            Code::BlockedByOrganization => ServiceState::Blocked,
            _ => return,
        };
        let status = ServiceStatus {
            state,
            code: Some(failure.code.as_str()),
            message: Some(failure.message.clone()),
            help: Some(failure.help.clone()),
        };
        let open: Vec<Service> = match self.wanted(services) {
            Ok(wanted) => wanted.into_iter().filter(|service| !self.is_connected(*service)).collect(),
            Err(_) => return,
        };
        if let Err(error) = self.set_states(account, &open, move |_, _| status.clone()).await {
            tracing::warn!(code = ?error.code, "refusal not remembered");
        }
    }

    async fn set_states(
        &self,
        account: &Arc<SignedIn>,
        services: &[Service],
        state: impl Fn(&Self, Service) -> ServiceStatus + Send + 'static,
    ) -> Result<Services, Failure> {
        let (app, account, services) = (self.clone(), account.clone(), services.to_vec());
        blocking(move || {
            let cache = account.cache()?;
            let mut writer = cache.writer().map_err(|error| failure::of_store(&error))?;
            for service in services {
                let status = state(&app, service);
                writer.set_service_status(service, &status).map_err(|error| failure::of_store(&error))?;
            }
            drop(writer);
            let reader = cache.reader().map_err(|error| failure::of_store(&error))?;
            app.services(&reader).map_err(|error| failure::of_store(&error))
        })
        .await
    }

    /// The Graph scopes of services, by short name.
    pub(crate) fn scopes_of(&self, services: &[Service]) -> Vec<String> {
        scopes(services, &self.policy().integration.permissions).into_iter().map(str::to_owned).collect()
    }

    /// State of every service as last stored; for an account that isn't known yet, none is connected.
    pub(super) fn service_states(&self, known: bool) -> Vec<ServiceState> {
        let stored =
            self.account().filter(|_| known).and_then(|account| account.cache().ok()).and_then(|cache| {
                let reader = cache.reader().ok()?;
                self.services(&reader).ok()
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

    /// Whether the scope of a service was granted.
    pub(crate) fn is_connected(&self, service: Service) -> bool {
        let account = self.account();
        let granted = account.map(|account| account.profile().granted).unwrap_or_default();
        scope_of(service, &self.policy().integration.permissions)
            .is_some_and(|needed| scope::is_granted(needed, &granted))
    }
}
