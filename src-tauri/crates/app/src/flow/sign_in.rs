//! Sign-in: SSO through Entra ID or the organization's own OpenID provider.

use super::leg::LegOptions;
use super::refusal;
use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::policy_source::sign_in_refused;
use crate::profile::{Connected, Profile};
use crate::prompt_history;
use crate::tokens::{client_id, microsoft};
use crate::wire::snapshot::{Account, Purpose};
use convoke_auth::flow::Visit;
use convoke_auth::id_token::KeyCache;
use convoke_auth::loopback::page::Page;
use convoke_auth::{AuthError, Authority, AuthorizeRequest, Identity};
use convoke_policy::choice::Choice;
use convoke_policy::prompt;
use convoke_policy::scopes::permitted;
use std::sync::Arc;

/// Scopes of the SSO leg: an ID token with name and address, and no token to keep.
pub(crate) const SIGN_IN: [&str; 3] = ["openid", "profile", "email"];

/// Who signed in, and whether policy asks to integrate now.
#[derive(Clone, Debug)]
pub struct SignedInAs {
    /// The person.
    pub account: Account,
    /// Whether to ask to integrate now.
    pub prompt: bool,
}

impl App {
    /// Signs in through the browser. `on_browser` hears the page's address before the browser opens.
    ///
    /// # Errors
    /// Says why not; whoever was signed in before still is.
    pub async fn sign_in(
        &self,
        email: Option<String>,
        options: LegOptions,
        mut on_browser: impl FnMut(&str) + Send,
    ) -> Result<SignedInAs, Failure> {
        let running = self.begin_leg(Purpose::SignIn);
        let mut visit = Visit::default();
        let result = async {
            let request = self.sign_in_request(email)?;
            let keys = KeyCache::default();
            let deps = self.flow_deps(&running, options, &keys);
            let mut on_event = |event| self.on_the_way(&running, event, &mut on_browser);
            let grant = visit.authorize(&request, &deps, &mut on_event).await;
            let may_consent = self.policy().integration.user_consent;
            let refused =
                |error: AuthError| refusal::of_sign_in(&error, &request.authority, may_consent, &running);
            let grant = grant.map_err(refused)?;
            self.become_account(grant.identity).await
        }
        .await;
        visit.end(result.as_ref().map_or_else(refusal::page, |_| Page::SignedIn)).await;
        self.end_leg(&running, result.as_ref().map(|_| ()));
        result
    }

    fn sign_in_request(&self, email: Option<String>) -> Result<AuthorizeRequest, Failure> {
        let policy = self.policy();
        if let Some(refused) = sign_in_refused(&self.policy_for_sign_in()) {
            return Err(refused);
        }
        let scopes = SIGN_IN.map(str::to_owned).to_vec();
        let mut request = match (&policy.sso.issuer, &policy.sso.client_id) {
            (Some(issuer), Some(client_id)) => {
                let issuer = issuer.as_str().trim_end_matches('/').to_owned();
                AuthorizeRequest::new(Authority::OpenId { issuer }, client_id.clone(), scopes)
            }
            _ => AuthorizeRequest::new(microsoft(&policy)?, client_id(&policy)?, scopes),
        };
        request.domain_hint = policy.sso.domain.clone();
        request.login_hint = email.filter(|email| email.contains('@'));
        Ok(request)
    }

    /// Makes the identity the account in use.
    async fn become_account(&self, identity: Identity) -> Result<SignedInAs, Failure> {
        let app = self.clone();
        let signed_in = blocking(move || {
            let mut profile = app.profile_of(&identity)?;
            let environment = app.environment();
            app.forget_tokens_of_another(&profile)?;
            // The sign-in is not lost over a cache that can't be opened: that is shown, and tried again.
            let account = Arc::new(SignedIn::open(environment, profile.clone()));
            let folder = profile.folder(&environment.folders.data);
            profile.prompt_due = prompt::decide(
                app.policy().integration.prompt,
                prompt_history::read(&folder),
                &app.states_of(&account),
            );
            if profile.prompt_due {
                prompt_history::remember(&folder).map_err(|error| failure::of_file(&error))?;
            }
            let data = &environment.folders.data;
            let _lock = Profile::lock(data).map_err(|error| failure::of_file(&error))?;
            profile.write(data).map_err(|error| failure::of_file(&error))?;
            account.adopt(profile.clone());
            app.inner.sessions.forget();
            app.set_account(Some(account));
            Ok(SignedInAs { account: profile.account, prompt: profile.prompt_due })
        })
        .await?;
        Ok(signed_in)
    }

    fn profile_of(&self, identity: &Identity) -> Result<Profile, Failure> {
        let username = identity.username.clone().unwrap_or_else(|| identity.subject.clone());
        if !self.policy().accounts.permit_sign_in(identity.tenant_id.as_deref(), &username) {
            return Err(Failure::new(Code::AccountNotAllowed).with_detail(username));
        }
        let key = self.account_key(identity);
        let known = self.known_account().map(|account| account.profile()).filter(|known| known.key == key);
        Ok(Profile {
            key,
            account: Account {
                name: identity.name.clone().unwrap_or_else(|| username.clone()),
                username,
                tenant_id: identity.tenant_id.clone(),
                object_id: identity.object_id.clone(),
            },
            issuer: identity.issuer.clone(),
            subject: identity.subject.clone(),
            prompt_due: false,
            choose_account: known.as_ref().is_some_and(|profile| profile.choose_account),
            permitted: Some(permitted(&self.policy().integration.permissions)),
            challenge: known.as_ref().and_then(|profile| profile.challenge.clone()),
            granted: known.as_ref().map(|profile| profile.granted.clone()).unwrap_or_default(),
            exchange: known.as_ref().and_then(|profile| profile.exchange.clone()),
            connected: known.and_then(|profile| profile.connected),
        })
    }

    fn account_key(&self, identity: &Identity) -> String {
        match (&identity.tenant_id, &identity.object_id) {
            (Some(tenant), Some(object)) => {
                let cloud = self.policy().microsoft365.cloud.word();
                Profile::key_of(&[cloud, &tenant.to_lowercase(), &object.to_lowercase()])
            }
            _ => Profile::key_of(&[&identity.issuer, &identity.subject]),
        }
    }

    /// Whether the connection belongs to the identity that came back; what to remember of it.
    pub(super) fn matching(&self, profile: &Profile, identity: &Identity) -> Result<Connected, Failure> {
        let mismatch = || Failure::new(Code::AccountMismatch);
        let same = match (&profile.account.tenant_id, &profile.account.object_id) {
            (Some(_), Some(_)) => self.account_key(identity) == profile.key,
            _ => identity
                .username
                .as_deref()
                .is_some_and(|username| username.eq_ignore_ascii_case(&profile.account.username)),
        };
        if !same {
            return Err(mismatch());
        }
        let username = identity.username.as_deref().unwrap_or(&profile.account.username);
        if !self.policy().accounts.permit(identity.tenant_id.as_deref(), username) {
            return Err(Failure::new(Code::AccountNotAllowed).with_detail(username));
        }
        Ok(Connected::from(identity))
    }
}
