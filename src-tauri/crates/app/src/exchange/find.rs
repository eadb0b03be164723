//! The way to the Exchange server, found out because Microsoft 365 said that the mailbox is not there.

use super::Exchange;
use super::follow::Route;
use super::remember::asks_of;
use super::server::host_to_trust;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::profile::Profile;
use crate::tokens::resource;
use crate::wire::exchange::{ExchangeAsk, ExchangeMethod, ExchangeQuery};
use chrono::TimeDelta;
use convoke_auth::AuthError;
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState};
use std::sync::Arc;

/// The least time between two searches that nobody asked for.
const PAUSE: TimeDelta = TimeDelta::minutes(15);

impl App {
    /// Goes to the Exchange server as far as nobody is needed; says on the services what is in the way.
    pub(super) async fn find_exchange(&self, account: &Arc<SignedIn>) -> Result<Route, Failure> {
        let asked = self.asked_already(account);
        let is_new = asked.is_none();
        let found = match asked {
            Some(failure) => Err(failure),
            None => self.search_and_take(account).await,
        };
        let Err(failure) = found else { return Ok(Route::Changed) };
        // A search takes its time, and a person may have connected the server meanwhile.
        if self.is_connected_elsewhere(account).await? {
            return Ok(Route::Changed);
        }
        self.note_search(account, &failure, is_new).await?;
        Ok(Route::Needs(failure))
    }

    async fn search_and_take(&self, account: &Arc<SignedIn>) -> Result<(), Failure> {
        let (server, method) = self.agree_on_exchange(account, &ExchangeQuery::default()).await?;
        if self.is_connected_elsewhere(account).await? {
            return Ok(());
        }
        if method != ExchangeMethod::Oauth {
            return Err(Failure::new(Code::PasswordRequired).with_detail(server.endpoint.host()));
        }
        if !self.has_exchange_token(account, &server.endpoint.scope()).await? {
            return Err(Failure::new(Code::SignInRequired).with_detail(server.endpoint.host()));
        }
        let note = |exchange: &mut Option<Exchange>| {
            if let Some(known) = exchange {
                known.not_in_cloud = true;
            }
        };
        self.change_exchange(account, note).await?;
        self.take_with_token(account, &server).await
    }

    /// Whether a server came into use since, here or in another process.
    async fn is_connected_elsewhere(&self, account: &Arc<SignedIn>) -> Result<bool, Failure> {
        let (app, account) = (self.clone(), account.clone());
        blocking(move || {
            let is_used = |written: &Profile, _: &Profile| written.uses_exchange();
            Ok(account.adopt_written(app.environment(), is_used)? || account.profile().uses_exchange())
        })
        .await
    }

    /// Remembers why the server is asked and what a person is asked for, and tells it as the state of the services that
    /// Microsoft 365 was to serve.
    async fn note_search(
        &self,
        account: &Arc<SignedIn>,
        failure: &Failure,
        is_new: bool,
    ) -> Result<(), Failure> {
        let (asks, host) = (asks_of(failure.code), host_to_trust(failure));
        self.change_exchange(account, move |exchange| {
            let known = exchange.get_or_insert_with(Exchange::sought);
            if known.in_use {
                return;
            }
            known.not_in_cloud = true;
            if is_new && asks.is_some() {
                (known.asks, known.host) = (asks, host);
            }
        })
        .await?;
        let status = failure.clone().as_status(state(failure.code));
        let services = [Service::Calendar, Service::Contacts].into_iter();
        let services: Vec<Service> = services.filter(|service| self.is_connected(*service)).collect();
        self.set_states(account, &services, move |_, _| status.clone()).await
    }

    /// What a person was asked for already, or that the last search is not long ago.
    fn asked_already(&self, account: &SignedIn) -> Option<Failure> {
        let known = account.profile().exchange?;
        let named = self.policy().integration.ews.url.as_ref().map(ToString::to_string);
        if known.asks != Some(ExchangeAsk::Password) && named.is_some() && named != known.url {
            // The policy names a server since.
            return None;
        }
        let code = match known.asks? {
            ExchangeAsk::Password => Code::PasswordRequired,
            ExchangeAsk::Trust => Code::HostNotTrusted,
            ExchangeAsk::Browser => Code::SignInRequired,
            ExchangeAsk::Server => {
                let now = self.now();
                let mut last = self.inner.lock(&self.inner.searched);
                if last.is_none_or(|last| last > now || now - last >= PAUSE) {
                    *last = Some(now);
                    return None;
                }
                Code::ExchangeNotFound
            }
        };
        Some(Failure::new(code))
    }

    /// Whether a token for the server is to be had without a person.
    pub(super) async fn has_exchange_token(
        &self,
        account: &Arc<SignedIn>,
        scope_asked: &str,
    ) -> Result<bool, Failure> {
        let profile = account.profile();
        if profile.connected.is_none() {
            return Ok(false);
        }
        match self.session(&profile)?.probe(&resource(&[scope_asked.to_owned()])).await {
            // Entra may spell the server's name otherwise than it was asked for.
            Ok(granted) => Ok(scope::is_granted(scope_asked, &granted)),
            Err(AuthError::Network(net)) => Err(crate::failure::of_net(&net)),
            Err(AuthError::Transient { .. }) => Err(Failure::new(Code::Throttled)),
            // Whatever else it is, the browser can tell, with a person in front of it.
            Err(_) => Ok(false),
        }
    }
}

/// The state that a failure on the way leaves a service in. Outages change nothing, as in a round: connecting again would
/// not mend them.
fn state(code: Code) -> ServiceState {
    match code {
        Code::Offline | Code::ServerUnreachable | Code::ServerFailing | Code::Throttled => {
            ServiceState::Connected
        }
        _ => ServiceState::Unavailable,
    }
}
