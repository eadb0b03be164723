//! Where the mailbox is, found out from what the servers say, and followed when it moves (policy.md,
//! `integration.authorizeWith`: `auto`).

use super::Exchange;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::wire::exchange::{ExchangeFound, ExchangeMethod, ExchangeQuery};
use convoke_model::service::Service;
use convoke_policy::choice::{AuthorizeWith, EwsAuth, Prompt};
use convoke_sync::{RoundKind, SyncReport};
use std::sync::Arc;

/// What a round says about the route.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// It is the right one.
    Stays,
    /// The mailbox is elsewhere, and that way is open: another round gets it.
    Changed,
    /// The mailbox is elsewhere, and a person is needed on that way.
    Needs(Failure),
}

impl App {
    /// Follows the mailbox after a round.
    pub(crate) async fn follow_mailbox(
        &self,
        account: &Arc<SignedIn>,
        report: &SyncReport,
    ) -> Result<Route, Failure> {
        let kinds = report.services.values().flat_map(|service| &service.errors).map(|error| error.kind());
        let kinds: Vec<RoundKind> = kinds.collect();
        let has = |wanted: &[RoundKind]| kinds.iter().any(|kind| wanted.contains(kind));
        let uses_exchange = account.profile().uses_exchange();
        if uses_exchange && has(&[RoundKind::PasswordRequired]) {
            let failure = Failure::new(Code::PasswordRefused);
            self.note_exchange(account, &failure).await?;
            return Ok(Route::Needs(failure));
        }
        if uses_exchange && has(&[RoundKind::OtherSignIn]) {
            return self.agree_anew(account).await;
        }
        if self.policy().integration.authorize_with != AuthorizeWith::Auto {
            return Ok(Route::Stays);
        }
        // One request's "no such mailbox" beside another's answer is a server that stumbles, not a mailbox that left.
        // A round that had nothing to do says nothing.
        let is_gone = !report.services.is_empty()
            && report.services.values().all(|service| {
                let mut kinds = service.errors.iter().map(|error| error.kind());
                kinds.any(|kind| matches!(kind, RoundKind::NoMailbox | RoundKind::RouteChanged))
            });
        if uses_exchange && (is_gone || has(&[RoundKind::Retired])) {
            tracing::info!("the mailbox has left its Exchange server");
            self.forget_exchange(account).await?;
            let open = self.is_connected(Service::Calendar) || self.is_connected(Service::Contacts);
            return Ok(if open { Route::Changed } else { Route::Needs(Failure::new(Code::NotConnected)) });
        }
        if !uses_exchange && has(&[RoundKind::RouteChanged]) {
            return self.find_exchange(account).await;
        }
        if !uses_exchange && kinds.is_empty() && !report.services.is_empty() {
            self.note_in_cloud(account).await?;
        }
        Ok(Route::Stays)
    }

    /// Microsoft 365 has the mailbox after all: what it said before, and the question that followed, are over.
    async fn note_in_cloud(&self, account: &Arc<SignedIn>) -> Result<(), Failure> {
        if !account.profile().exchange.is_some_and(|known| known.not_in_cloud) {
            return Ok(());
        }
        let change = |exchange: &mut Option<Exchange>| {
            if let Some(known) = exchange.as_mut().filter(|known| known.not_in_cloud && !known.in_use) {
                (known.not_in_cloud, known.asks, known.host) = (false, None, None);
            }
        };
        self.change_exchange(account, change).await
    }

    /// The server in use no longer takes the sign-in that it took: it is asked again what it offers. A kept password
    /// goes on in another way that the policy allows; for anything else a person is needed.
    async fn agree_anew(&self, account: &Arc<SignedIn>) -> Result<Route, Failure> {
        let profile = account.profile();
        let server = self.exchange_server(&profile, &ExchangeQuery::default()).await?;
        // What it offers is no other way, or it can't be asked: then the round's own failure says it.
        let Ok(method) = self.exchange_method(&profile, &server).await else { return Ok(Route::Stays) };
        let known = profile.exchange.as_ref();
        if known.and_then(|known| known.method) == Some(method) {
            return Ok(Route::Stays);
        }
        if method != ExchangeMethod::Oauth && known.is_some_and(|known| known.taken.is_some()) {
            tracing::info!(?method, "the Exchange server is signed in at in another way");
            let change = move |exchange: &mut Option<Exchange>| {
                if let Some(known) = exchange {
                    known.method = Some(method);
                }
            };
            self.change_exchange(account, change).await?;
            return Ok(Route::Changed);
        }
        let code =
            if method == ExchangeMethod::Oauth { Code::SignInRequired } else { Code::PasswordRequired };
        let failure = Failure::new(code).with_detail(server.endpoint.host());
        self.note_exchange(account, &failure).await?;
        Ok(Route::Needs(failure))
    }

    /// Brings the Exchange server in line with the policy in force.
    pub(crate) async fn follow_exchange_policy(&self) -> Result<(), Failure> {
        let Some(account) = self.account() else { return Ok(()) };
        let profile = account.profile();
        if self.is_exchange_decided() && !profile.uses_exchange() && !profile.granted.is_empty() {
            // What Microsoft 365 granted is not used any more.
            self.forget_authorization().await?;
            let asks = self.policy().integration.prompt != Prompt::Never;
            let (app, changing) = (self.clone(), account.clone());
            blocking(move || changing.change(app.environment(), |profile| profile.prompt_due = asks)).await?;
        }
        let Some(known) = account.profile().exchange else { return Ok(()) };
        let policy = self.policy();
        let integration = &policy.integration;
        let graph_only = integration.authorize_with == AuthorizeWith::OAuth
            && (policy.is_locked("integration.authorizeWith") || known.found != ExchangeFound::Person);
        // A policy that names no server leaves open which one it is, unless it was the policy that named it; a proposal
        // goes before what was found.
        let named = integration.ews.url.as_ref().map(url::Url::as_str);
        let is_before = known.found == ExchangeFound::Autodiscover || policy.is_locked("integration.ews.url");
        let is_bound = known.found == ExchangeFound::Policy || (named.is_some() && is_before);
        let elsewhere = is_bound && known.url.is_some() && named != known.url.as_deref();
        let forbidden = known.method.is_some_and(|method| !integration.ews.auth.contains(&way(method)));
        if graph_only || elsewhere || forbidden {
            self.forget_exchange(&account).await?;
            self.announce();
        }
        Ok(())
    }
}

fn way(method: ExchangeMethod) -> EwsAuth {
    match method {
        ExchangeMethod::Oauth => EwsAuth::OAuth,
        ExchangeMethod::Ntlm => EwsAuth::Ntlm,
        ExchangeMethod::Basic => EwsAuth::Basic,
    }
}
