//! Whether what waited for an administrator may be used by now, asked without showing anything.

use super::connect::How;
use super::leg::LegOptions;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::last_recheck;
use crate::tokens::resource;
use convoke_auth::token::scope;
use convoke_auth::{AuthError, Session};
use convoke_model::service::{Service, ServiceState};
use convoke_policy::scopes::scope_of;
use std::sync::Arc;

/// Whether a failure only says that nobody approved yet, or that the person did not wait for the answer.
const fn says_no(code: Code) -> bool {
    matches!(code, Code::AdminApprovalRequired | Code::ConsentDeclined | Code::SignInCancelled)
}

impl App {
    /// Asks whether the services that wait for an administrator may be used by now. Answers whether any may.
    ///
    /// # Errors
    /// Why it could not be asked; that nobody has approved yet is no error.
    pub async fn check_again(&self) -> Result<bool, Failure> {
        let account = self.signed_in()?;
        let waiting = self.waiting(&account).await?;
        if waiting.is_empty() {
            return Ok(false);
        }
        if account.profile().connected.is_some() {
            return self.probe(&account, &waiting).await;
        }
        // Without a token of ours only the browser can tell, and it shows no page for that.
        let asked = self.connect_by(&waiting, How::Silently, LegOptions::default(), |_| ()).await;
        let found = self.waiting(&account).await?.len() < waiting.len();
        match asked {
            Err(failure) if !found && !says_no(failure.code) => Err(failure),
            _ => Ok(found),
        }
    }

    /// The user says that the open page demands an administrator, or that the last one did.
    ///
    /// # Errors
    /// When nobody is signed in or the cache can't be written.
    pub async fn needs_approval(&self) -> Result<(), Failure> {
        if self.inner.lock(&self.inner.leg).give_up_for_approval() {
            return Ok(());
        }
        let account = self.signed_in()?;
        let services = self.services_now(&account).await?;
        let open = [
            (Service::Calendar, services.calendar.state),
            (Service::Contacts, services.contacts.state),
            (Service::Directory, services.directory.state),
        ];
        let open = open.into_iter().filter(|(_, state)| {
            matches!(state, ServiceState::NotConnected | ServiceState::Declined | ServiceState::Error)
        });
        let open: Vec<Service> = open.map(|(service, _)| service).collect();
        self.set_states(&account, &open, |_, _| ServiceState::WaitingForAdmin.into()).await?;
        self.announce();
        Ok(())
    }

    /// A look of our own, where one is due. Never an error: the next one follows.
    pub(crate) async fn recheck_if_due(&self) {
        let Ok(account) = self.signed_in() else { return };
        let looked = async {
            let waiting = self.waiting(&account).await?;
            if waiting.is_empty()
                || account.profile().connected.is_none()
                || !self.looks_now(&account).await?
            {
                return Ok(false);
            }
            self.probe(&account, &waiting).await
        };
        let looked: Result<bool, Failure> = looked.await;
        if let Err(failure) = looked {
            tracing::info!(code = ?failure.code, "not known whether an administrator approved");
        }
    }

    /// Whether a look is due; if so, it counts as done from now on.
    async fn looks_now(&self, account: &Arc<SignedIn>) -> Result<bool, Failure> {
        let (folder, now) = (account.profile().folder(&self.environment().folders.data), self.now());
        blocking(move || {
            let due = last_recheck::is_due(&folder, now);
            if due {
                last_recheck::remember(&folder, now).map_err(|error| failure::of_file(&error))?;
            }
            Ok(due)
        })
        .await
    }

    async fn waiting(&self, account: &Arc<SignedIn>) -> Result<Vec<Service>, Failure> {
        let services = self.services_now(account).await?;
        let all = [
            (Service::Calendar, services.calendar.state),
            (Service::Contacts, services.contacts.state),
            (Service::Directory, services.directory.state),
        ];
        let waiting = all.into_iter().filter(|(_, state)| *state == ServiceState::WaitingForAdmin);
        Ok(waiting.map(|(service, _)| service).collect())
    }

    async fn probe(&self, account: &Arc<SignedIn>, waiting: &[Service]) -> Result<bool, Failure> {
        if waiting.is_empty() {
            return Ok(false);
        }
        let session = self.session(&account.profile())?;
        let mut found = Vec::new();
        for service in waiting {
            if self.is_granted_by_now(&session, *service).await? {
                found.push(*service);
            }
        }
        if found.is_empty() {
            return Ok(false);
        }
        let permissions = self.policy().integration.permissions;
        let scopes = found.iter().filter_map(|service| scope_of(*service, &permissions)).map(str::to_owned);
        let (app, changing, scopes) = (self.clone(), account.clone(), scopes.collect::<Vec<_>>());
        blocking(move || {
            changing.change(app.environment(), |profile| {
                profile.granted.extend(scopes);
                profile.granted.dedup();
            })
        })
        .await?;
        self.set_states(account, &found, |_, _| ServiceState::Connected.into()).await?;
        self.announce();
        Ok(true)
    }

    async fn is_granted_by_now(&self, session: &Session, service: Service) -> Result<bool, Failure> {
        let Some(needed) = scope_of(service, &self.policy().integration.permissions) else {
            return Ok(false);
        };
        match session.probe(&resource(&[needed.to_owned()])).await {
            Ok(granted) => Ok(scope::is_granted(needed, &granted)),
            Err(AuthError::ConsentRequired(_) | AuthError::AdminApproval(_) | AuthError::Declined(_)) => {
                Ok(false)
            }
            Err(error) => Err(failure::of_auth(&error)),
        }
    }
}
