//! The legs as the window starts them: in the background, with their course told by events.

use super::leg::LegOptions;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::last_recheck;
use crate::profile::Profile;
use crate::prompt_history;
use crate::wire::query::{ConnectQuery, SignInQuery, SignOutQuery};
use crate::wire::row::Changed;
use convoke_model::service::{Service, ServiceState};
use convoke_store::Store;

impl App {
    /// Starts a sign-in; its course comes as events.
    pub fn start_sign_in(&self, query: SignInQuery) {
        let app = self.clone();
        tokio::spawn(async move {
            // The failure is part of the state that the window gets.
            let _ = app.sign_in(query.email, LegOptions::default(), |_| ()).await;
        });
    }

    /// Starts a connection; its course comes as events, and a sync follows.
    pub fn start_connect(&self, query: ConnectQuery) {
        let app = self.clone();
        tokio::spawn(async move {
            // Failures are part of the state that the window gets. What is connected on the way is read also then.
            let _ = app.connect(&query.services, query.as_administrator, LegOptions::default(), |_| ()).await;
            if Service::ALL.into_iter().any(|service| app.is_connected(service)) {
                let _ = app.sync(false, &[]).await;
            }
        });
    }

    /// Starts a round; its course comes as events.
    pub fn start_sync(&self) {
        let app = self.clone();
        tokio::spawn(async move {
            // The failure is part of the state that the window gets.
            let _ = app.sync(false, &[]).await;
        });
    }

    /// Cancels the leg under way.
    pub fn cancel_leg(&self) {
        let _ = self.cancelled();
    }

    /// Opens the page of the leg under way once more.
    ///
    /// # Errors
    /// When none is under way, or no browser opens.
    pub async fn reopen_browser(&self) -> Result<(), Failure> {
        let url = self.inner.lock(&self.inner.leg).url().ok_or_else(|| Failure::new(Code::NotFound))?;
        let browser = self.environment().browser.clone();
        blocking(move || browser.open(&url).map_err(|error| failure::of_browser(&error))).await
    }

    /// The address of the page of the leg under way, for copying.
    ///
    /// # Errors
    /// When none is under way.
    pub fn leg_link(&self) -> Result<String, Failure> {
        let url = self.inner.lock(&self.inner.leg).url().ok_or_else(|| Failure::new(Code::NotFound))?;
        Ok(url.into())
    }

    /// The user answered the prompt with "not now".
    ///
    /// # Errors
    /// When nobody is signed in or the file can't be written.
    pub async fn dismiss_connect(&self) -> Result<(), Failure> {
        let (app, account) = (self.clone(), self.signed_in()?);
        blocking(move || account.change(app.environment(), |profile| profile.prompt_due = false)).await?;
        self.announce();
        Ok(())
    }

    /// Disconnects: forgets the tokens and what was granted, and destroys the cache with its key. Who is signed in
    /// stays signed in.
    ///
    /// # Errors
    /// When the keychain or the disk refuses.
    pub async fn disconnect(&self) -> Result<(), Failure> {
        self.forget_authorization().await?;
        let account = self.signed_in()?;
        // A round that runs fails soon, for want of a token; the cache is nobody's by then.
        let _round = self.inner.round.lock().await;
        *self.inner.lock(&self.inner.engine) = None;
        let environment = self.environment().clone();
        blocking(move || account.erase(&environment)).await?;
        for what in [Changed::Calendars, Changed::Meetings, Changed::Contacts] {
            self.announce_rows(what);
        }
        self.announce();
        Ok(())
    }

    /// Forgets the tokens and what was granted. The cache stays.
    ///
    /// # Errors
    /// When the keychain or the disk refuses.
    pub(crate) async fn forget_authorization(&self) -> Result<(), Failure> {
        let account = self.signed_in()?;
        let profile = account.profile();
        if profile.connected.is_some() {
            self.session(&profile)?.sign_out().await.map_err(|error| failure::of_auth(&error))?;
        }
        self.inner.sessions.forget();
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || {
            changing.try_change(app.environment(), |profile| {
                app.forget_exchange_password(profile)?;
                profile.granted.clear();
                profile.connected = None;
                profile.exchange = None;
                Ok(())
            })?;
            let cache = changing.cache()?;
            let mut writer = cache.writer().map_err(|error| failure::of_store(&error))?;
            for service in Service::ALL {
                let status = ServiceState::NotConnected.into();
                writer.set_service_status(service, &status).map_err(|error| failure::of_store(&error))?;
            }
            Ok(())
        })
        .await?;
        self.announce();
        Ok(())
    }

    /// Signs out: forgets the tokens and who was signed in. `purge` destroys the cache and its key too.
    ///
    /// # Errors
    /// When the keychain or the disk refuses.
    pub async fn sign_out(&self, query: SignOutQuery) -> Result<(), Failure> {
        // Also who is not permitted any more may leave.
        let account = self.known_account().ok_or_else(|| Failure::new(Code::SignInRequired))?;
        let profile = account.profile();
        drop(account);
        let app = self.clone();
        blocking(move || {
            let environment = app.environment();
            // Until all is gone, nobody takes what is still written for an account to be opened.
            let _lock = Profile::lock(&environment.folders.data).map_err(|error| failure::of_file(&error))?;
            app.set_account(None);
            app.inner.sessions.forget();
            let keychain = &*environment.keychain;
            let of_keychain = |error| failure::of_keychain(&error);
            keychain.delete(&profile.refresh_token_entry()).map_err(of_keychain)?;
            app.forget_exchange_password(&profile)?;
            if query.purge {
                // The key first: without it the file is noise, whatever happens next.
                keychain.delete(&profile.cache_key_entry()).map_err(of_keychain)?;
                let folder = profile.folder(&environment.folders.data);
                Store::destroy(&folder).map_err(|error| failure::of_store(&error))?;
                prompt_history::forget(&folder).map_err(|error| failure::of_file(&error))?;
                crate::exchange::forget(&folder, app.now()).map_err(|error| failure::of_file(&error))?;
                last_recheck::forget(&folder).map_err(|error| failure::of_file(&error))?;
            }
            Profile::forget(&environment.folders.data).map_err(|error| failure::of_file(&error))
        })
        .await?;
        self.announce();
        Ok(())
    }
}
