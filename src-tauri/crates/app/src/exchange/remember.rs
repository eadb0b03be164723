//! What the profile remembers of an Exchange server, the password in the keychain and the states with it: taken over,
//! asked for, forgotten.

use super::Exchange;
use super::server::{Server, host_to_trust};
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::wire::exchange::{ExchangeAsk, ExchangeMethod, ExchangeQuery};
use chrono::{DateTime, Utc};
use convoke_model::service::{Service, ServiceState};
use secrecy::SecretString;
use std::sync::Arc;

impl App {
    /// Remembers that a person trusts a host, whatever the search for the server comes to.
    pub(super) async fn remember_trust(
        &self,
        account: &Arc<SignedIn>,
        query: &ExchangeQuery,
    ) -> Result<(), Failure> {
        let Some(host) = query.trust.clone() else { return Ok(()) };
        self.change_exchange(account, move |exchange| {
            let known = exchange.get_or_insert_with(Exchange::sought);
            if !known.trusted.iter().any(|one| one.eq_ignore_ascii_case(&host)) {
                known.trusted.push(host);
            }
        })
        .await
    }

    /// Remembers a server that answered.
    pub(super) async fn remember_server(
        &self,
        account: &Arc<SignedIn>,
        server: &Server,
        method: Option<ExchangeMethod>,
        query: &ExchangeQuery,
    ) -> Result<(), Failure> {
        let user = query.user.clone();
        let named = Exchange::named(Some(server.endpoint.url().to_string()), server.found);
        self.change_exchange(account, move |exchange| {
            let known = exchange.take().unwrap_or_else(|| named.clone());
            let same = known.url == named.url;
            *exchange = Some(if known.in_use {
                known
            } else {
                Exchange {
                    method,
                    user: user.or(known.user),
                    // Until the server takes another one.
                    asks: known.asks.filter(|asks| *asks == ExchangeAsk::Password && same),
                    trusted: known.trusted,
                    not_in_cloud: known.not_in_cloud,
                    ..named
                }
            });
        })
        .await
    }

    /// From here on meetings and contacts come from the Exchange server. Its password is kept with that, or not at all:
    /// who disconnects or signs out while the server is asked is not connected again.
    pub(super) async fn take_exchange(
        &self,
        account: &Arc<SignedIn>,
        server: &Server,
        method: ExchangeMethod,
        shown: Option<Shown>,
    ) -> Result<(), Failure> {
        let named = Exchange::named(Some(server.endpoint.url().to_string()), server.found);
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || {
            changing.try_change(app.environment(), |profile| {
                let known = profile.exchange.take().ok_or_else(|| Failure::new(Code::NotConnected))?;
                if let Some(shown) = &shown {
                    app.keep_exchange_password(profile, &shown.password)?;
                }
                let (user, taken) = shown.map_or((known.user, None), |shown| (Some(shown.user), shown.taken));
                profile.exchange = Some(Exchange {
                    method: Some(method),
                    user,
                    taken,
                    in_use: true,
                    trusted: known.trusted,
                    not_in_cloud: known.not_in_cloud,
                    ..named
                });
                Ok(())
            })
        })
        .await?;
        *self.inner.lock(&self.inner.engine) = None;
        self.set_states(account, &Service::ALL, |_, _| ServiceState::Connected.into()).await
    }

    /// Remembers what a failure asks the person for, and tells it as the state of the services.
    pub(crate) async fn note_exchange(
        &self,
        account: &Arc<SignedIn>,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Some(asks) = asks_of(failure.code) else { return Ok(()) };
        let host = host_to_trust(failure);
        self.change_exchange(account, move |exchange| {
            let known = exchange.get_or_insert_with(Exchange::sought);
            (known.asks, known.host) = (Some(asks), host);
        })
        .await?;
        let uses_exchange = account.profile().exchange.is_some_and(|known| known.in_use);
        if uses_exchange || !self.is_connected(Service::Calendar) {
            let status = failure.clone().as_status(ServiceState::SignInRequired);
            // In use, it serves the directory too.
            let services =
                if uses_exchange { &Service::ALL[..] } else { &[Service::Calendar, Service::Contacts] };
            self.set_states(account, services, move |_, _| status.clone()).await?;
        }
        Ok(())
    }

    /// Forgets server and password.
    pub(super) async fn forget_exchange(&self, account: &Arc<SignedIn>) -> Result<(), Failure> {
        *self.inner.lock(&self.inner.engine) = None;
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || {
            changing.try_change(app.environment(), |profile| {
                app.forget_exchange_password(profile)?;
                profile.exchange = None;
                Ok(())
            })
        })
        .await?;
        self.set_states(account, &Service::ALL, |app, service| {
            let state =
                if app.is_connected(service) { ServiceState::Connected } else { ServiceState::NotConnected };
            state.into()
        })
        .await
    }

    pub(super) async fn change_exchange(
        &self,
        account: &Arc<SignedIn>,
        change: impl FnOnce(&mut Option<Exchange>) + Send + 'static,
    ) -> Result<(), Failure> {
        let (app, account) = (self.clone(), account.clone());
        blocking(move || account.change(app.environment(), |profile| change(&mut profile.exchange))).await
    }
}

/// A password that the server took.
pub(super) struct Shown {
    /// The user name that it was shown under.
    pub user: String,
    /// Its name, see [`super::turns::Turns::taken`].
    pub taken: Option<DateTime<Utc>>,
    /// The password itself.
    pub password: SecretString,
}

/// What a failure asks the person for.
pub(super) fn asks_of(code: Code) -> Option<ExchangeAsk> {
    match code {
        Code::PasswordRequired | Code::PasswordRefused => Some(ExchangeAsk::Password),
        Code::HostNotTrusted => Some(ExchangeAsk::Trust),
        Code::ExchangeNotFound => Some(ExchangeAsk::Server),
        Code::SignInRequired | Code::SignInTimedOut | Code::SignInCancelled => Some(ExchangeAsk::Browser),
        _ => None,
    }
}
