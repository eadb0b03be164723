//! The browser leg for an Exchange server with hybrid modern authentication: one permission, for the server's own host.

use super::ask::{Connecting, Refused, WHO};
use super::leg::LegOptions;
use super::outcome;
use super::refusal;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::Failure;
use crate::failure;
use crate::tokens::resource;
use crate::wire::snapshot::{Purpose, Services};
use convoke_auth::Grant;
use convoke_auth::id_token::KeyCache;
use convoke_auth::token::scope;
use std::sync::Arc;

impl App {
    /// Asks for tokens of `permission` in the browser, and keeps them.
    pub(crate) async fn authorize_exchange(
        &self,
        account: &Arc<SignedIn>,
        permission: &str,
        options: LegOptions,
        mut on_browser: impl FnMut(&str) + Send,
    ) -> Result<(), Failure> {
        let choose_account = account.profile().choose_account;
        let running = self.begin_leg(Purpose::Connect);
        let keys = KeyCache::default();
        let deps = self.flow_deps(&running, options, &keys);
        let mut connecting = Connecting::new(account, &running, deps, &mut on_browser, choose_account);
        let may_consent = self.policy().integration.user_consent;
        let mut asked = vec![permission.to_owned(), scope::OFFLINE.to_owned()];
        asked.extend(WHO.map(str::to_owned));
        let result = match self.ask_as(&mut connecting, asked, may_consent).await {
            Ok(grant) => self.take_exchange_grant(account, grant, permission).await,
            Err(Refused::ByUs(failure)) => Err(failure),
            Err(Refused::ByServer(error)) => Err(match crate::tokens::microsoft(&self.policy()) {
                Ok(authority) => refusal::of_sign_in(&error, &authority, may_consent, &running),
                Err(_) => failure::of_auth(&error),
            }),
        };
        let page = outcome::last_page(&result.clone().map(|()| Services::default()), &[]);
        connecting.visit.end(page).await;
        self.remember_mismatch(account, result.as_ref().err()).await;
        self.end_leg(&running, result.as_ref().copied());
        result
    }

    async fn take_exchange_grant(
        &self,
        account: &Arc<SignedIn>,
        grant: Grant,
        permission: &str,
    ) -> Result<(), Failure> {
        let connected = self.matching(&account.profile(), &grant.identity)?;
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || {
            changing.change(app.environment(), |profile| {
                if profile.connected.as_ref() != Some(&connected) {
                    profile.granted.clear();
                }
                profile.connected = Some(connected);
                profile.challenge = None;
            })
        })
        .await?;
        self.inner.sessions.forget();
        let session = self.session(&account.profile())?;
        let stored = session.store(&resource(&[permission.to_owned()]), grant.tokens).await;
        stored.map_err(|error| failure::of_auth(&error))
    }
}
