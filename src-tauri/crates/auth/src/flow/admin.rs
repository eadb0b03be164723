//! The page on which an administrator consents for the whole organization (protocols §1.8).

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::wait;
use super::{FlowDeps, FlowEvent, Visit};
use crate::authority::Authority;
use crate::error::AuthError;
use crate::loopback::delivery::Delivery;
use crate::loopback::gate::Gate;
use crate::loopback::page::Page;
use crate::loopback::{Loopback, Server};
use crate::random;

/// What the administrator is asked for.
#[derive(Clone, Debug)]
pub struct AdminConsentRequest {
    /// Entra ID and the tenant.
    pub authority: Authority,
    /// As what we ask.
    pub client_id: String,
    /// The scopes, written as URLs of their resource where it is not Graph.
    pub scopes: Vec<String>,
}

/// What came back. No proof of who consented: a normal sign-in has to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminConsent {
    /// The tenant that the answer names.
    pub tenant: Option<String>,
}

impl AdminConsentRequest {
    /// A link for another person: an administrator opens it on any machine. Its answer can't reach us.
    ///
    /// # Errors
    /// [`AuthError::Settings`] where the authority has no such page.
    pub fn link(&self) -> Result<Url, AuthError> {
        self.url("http://localhost", None)
    }

    fn url(&self, redirect_uri: &str, state: Option<&SecretString>) -> Result<Url, AuthError> {
        let mut url = self.authority.admin_consent_url()?;
        let mut query = url.query_pairs_mut();
        query
            .append_pair("client_id", &self.client_id)
            .append_pair("scope", &self.scopes.join(" "))
            .append_pair("redirect_uri", redirect_uri);
        if let Some(state) = state {
            query.append_pair("state", state.expose_secret());
        }
        drop(query);
        Ok(url)
    }
}

impl Visit {
    /// Shows the administrator's page and takes its answer. A question may follow in the same tab.
    ///
    /// # Errors
    /// [`AuthError`] says what happened; [`AuthError::Timeout`] is also what a person without the right sees,
    /// because Entra then leads nowhere.
    pub async fn admin_consent(
        &mut self,
        request: &AdminConsentRequest,
        deps: &FlowDeps<'_>,
        on_event: &mut (dyn FnMut(FlowEvent) + Send),
    ) -> Result<AdminConsent, AuthError> {
        let metadata =
            wait::until_cancelled(&deps.cancel, request.authority.discover(deps.transport)).await??;
        let loopback =
            Loopback::bind().await.map_err(|error| AuthError::LoopbackUnavailable(Arc::new(error)))?;
        let state = random::token(deps.random)?;
        let url = request.url(&loopback.redirect_uri(), Some(&state))?;
        let gate = Gate { port: loopback.port, state, issuer: metadata.issuer };
        let server = Server::start(loopback, gate, deps.listener);
        let answer = wait::answer(server, url.clone(), self.tab.take(), deps, on_event).await?;
        let delivery = answer.delivery.clone();
        self.tab = Some(answer);
        match delivery {
            Delivery::AdminConsent { tenant } => Ok(AdminConsent { tenant }),
            Delivery::Refused(error) => Err(error.classify(None)),
            Delivery::Code(_) => Err(AuthError::unexpected(&url, "another kind of answer")),
        }
    }
}

/// Shows the administrator's page, waits for its answer, and says how it ended.
///
/// # Errors
/// As [`Visit::admin_consent`].
pub async fn admin_consent(
    request: AdminConsentRequest,
    deps: FlowDeps<'_>,
    mut on_event: impl FnMut(FlowEvent) + Send,
) -> Result<AdminConsent, AuthError> {
    let mut visit = Visit::default();
    let consent = visit.admin_consent(&request, &deps, &mut on_event).await;
    visit.end(consent.as_ref().map_or_else(Page::of, |_| Page::Approved)).await;
    consent
}
