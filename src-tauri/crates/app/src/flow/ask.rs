//! One question of a visit to the browser: asked with pages about permissions, or without any.

use super::leg::Running;
use super::outcome;
use crate::account::SignedIn;
use crate::app::App;
use crate::code::Failure;
use crate::tokens::{client_id, microsoft};
use convoke_auth::flow::{Prompt, Visit};
use convoke_auth::{AuthError, AuthorizeRequest, FlowDeps, Grant};
use convoke_model::service::Service;
use std::sync::Arc;

/// Scopes of a question that only makes sure that the browser is signed in.
pub(crate) const WHO: [&str; 2] = ["openid", "profile"];

/// What a connection works with from its first question to its last.
pub(super) struct Connecting<'a> {
    pub(super) account: &'a Arc<SignedIn>,
    pub(super) running: &'a Running,
    pub(super) deps: FlowDeps<'a>,
    pub(super) on_browser: &'a mut (dyn FnMut(&str) + Send),
    pub(super) visit: Visit,
    /// Whether the browser was asked to sign in without any permission.
    pub(super) asked_who: bool,
    /// Whether another account answered last time: the person is shown which there are.
    pub(super) choose_account: bool,
    /// What the last answer granted, which may be more than was asked.
    pub(super) granted: Vec<String>,
    /// The services that are asked for.
    pub(super) wanted: Vec<Service>,
}

impl<'a> Connecting<'a> {
    /// A visit that has asked nothing yet.
    pub(super) fn new(
        account: &'a Arc<SignedIn>,
        running: &'a Running,
        deps: FlowDeps<'a>,
        on_browser: &'a mut (dyn FnMut(&str) + Send),
        choose_account: bool,
    ) -> Self {
        Self {
            account,
            running,
            deps,
            on_browser,
            visit: Visit::default(),
            asked_who: false,
            choose_account,
            granted: Vec::new(),
            wanted: Vec::new(),
        }
    }
}

/// Why a question brought nothing.
pub(super) enum Refused {
    /// The server, the browser or the person.
    ByServer(AuthError),
    /// Ourselves: another account, or something of this computer.
    ByUs(Failure),
}

impl App {
    /// Asks with pages about permissions, or without any.
    pub(super) async fn ask_as(
        &self,
        connecting: &mut Connecting<'_>,
        asked: Vec<String>,
        shows_pages: bool,
    ) -> Result<Grant, Refused> {
        let prompt = (!shows_pages).then_some(Prompt::None);
        let answer = self.ask(connecting, asked.clone(), prompt).await;
        // Nobody is signed in to Microsoft in this browser yet. To sign in, no permission is needed.
        if let Err(Refused::ByServer(error)) = &answer
            && prompt.is_some()
            && !connecting.asked_who
            && outcome::is_signed_out(error)
        {
            connecting.asked_who = true;
            self.ask(connecting, WHO.map(str::to_owned).to_vec(), None).await?;
            return self.ask(connecting, asked, prompt).await;
        }
        answer
    }

    async fn ask(
        &self,
        connecting: &mut Connecting<'_>,
        scopes: Vec<String>,
        prompt: Option<Prompt>,
    ) -> Result<Grant, Refused> {
        let policy = self.policy();
        let authority = microsoft(&policy).map_err(Refused::ByUs)?;
        let client_id = client_id(&policy).map_err(Refused::ByUs)?;
        let mut request = AuthorizeRequest::new(authority, client_id, scopes);
        let profile = connecting.account.profile();
        // A hint and a choice contradict each other.
        request.login_hint = (!connecting.choose_account).then_some(profile.account.username);
        request.claims = profile.challenge;
        request.domain_hint = policy.sso.domain.clone();
        let choose = std::mem::take(&mut connecting.choose_account).then_some(Prompt::SelectAccount);
        request.prompt = prompt.or(choose);
        let Connecting { running, on_browser, visit, deps, .. } = connecting;
        let mut on_event = |event| self.on_the_way(running, event, *on_browser);
        visit.authorize(&request, deps, &mut on_event).await.map_err(Refused::ByServer)
    }
}
