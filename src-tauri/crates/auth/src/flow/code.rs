//! The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636, RFC 8252).

use std::sync::Arc;

use secrecy::ExposeSecret;

use super::attempt::{self, Attempt};
use super::wait::{self, Answer, until_cancelled};
use super::{AuthorizeRequest, FlowDeps, FlowEvent, Grant};
use crate::authority::Metadata;
use crate::claims;
use crate::error::AuthError;
use crate::id_token::{self, Check, Expected, Identity};
use crate::loopback::delivery::Delivery;
use crate::loopback::gate::Gate;
use crate::loopback::page::Page;
use crate::loopback::{Loopback, Server};
use crate::token::{self, Credential, TokenRequest};

/// One visit to the browser, in which one question may follow another in the same tab: each with a listener, a
/// state and a verifier of its own. The tab shows nothing of ours until [`Visit::end`].
#[derive(Default)]
pub struct Visit {
    /// The tab that waits for a page.
    pub(super) tab: Option<Answer>,
}

impl Visit {
    /// Asks, and takes the answer. The first question opens the browser.
    ///
    /// # Errors
    /// [`AuthError`] says what happened. Another question may follow all the same.
    pub async fn authorize(
        &mut self,
        request: &AuthorizeRequest,
        deps: &FlowDeps<'_>,
        on_event: &mut (dyn FnMut(FlowEvent) + Send),
    ) -> Result<Grant, AuthError> {
        let metadata = until_cancelled(&deps.cancel, request.authority.discover(deps.transport)).await??;
        let loopback =
            Loopback::bind().await.map_err(|error| AuthError::LoopbackUnavailable(Arc::new(error)))?;
        let attempt = Attempt::new(deps.random, loopback.redirect_uri())?;
        let url = attempt.url(request, &metadata)?;
        let gate =
            Gate { port: loopback.port, state: attempt.state.clone(), issuer: metadata.issuer.clone() };
        let server = Server::start(loopback, gate, deps.listener);
        let answer = wait::answer(server, url, self.tab.take(), deps, on_event).await?;
        let delivery = answer.delivery.clone();
        self.tab = Some(answer);
        until_cancelled(&deps.cancel, grant(request, &metadata, &attempt, delivery, deps)).await?
    }

    /// Shows the last page, where the browser still waits for one.
    pub async fn end(self, page: Page) {
        if let Some(tab) = self.tab {
            tab.show(page).await;
        }
    }
}

/// Signs in, or authorizes, in the browser, with one question.
///
/// # Errors
/// [`AuthError`] says what happened. A failed attempt leaves nothing behind; another may start at once.
pub async fn authorize(
    request: AuthorizeRequest,
    deps: FlowDeps<'_>,
    mut on_event: impl FnMut(FlowEvent) + Send,
) -> Result<Grant, AuthError> {
    let mut visit = Visit::default();
    let grant = visit.authorize(&request, &deps, &mut on_event).await;
    visit.end(grant.as_ref().map_or_else(Page::of, |_| Page::SignedIn)).await;
    grant
}

async fn grant(
    request: &AuthorizeRequest,
    metadata: &Metadata,
    attempt: &Attempt,
    delivery: Delivery,
    deps: &FlowDeps<'_>,
) -> Result<Grant, AuthError> {
    let code = match delivery {
        Delivery::Code(code) => code,
        Delivery::Refused(error) => return Err(error.classify(None)),
        Delivery::AdminConsent { .. } => {
            return Err(AuthError::unexpected(&metadata.authorization_endpoint, "another kind of answer"));
        }
    };
    let scopes = attempt::scopes(request);
    let entra = request.authority.is_entra();
    let claims = if entra { Some(claims::parameter(request.claims.as_deref())?) } else { None };
    let token_request = TokenRequest {
        endpoint: &metadata.token_endpoint,
        client_id: &request.client_id,
        credential: Credential::Code {
            code: code.expose_secret(),
            verifier: attempt.verifier.expose_secret(),
            redirect_uri: &attempt.redirect_uri,
        },
        scopes: &scopes,
        claims: claims.as_deref(),
    };
    let (answer, server_time) = token::redeem(&token_request, deps.transport, deps.clock).await?;
    let now = deps.clock.now();
    let expected = Expected {
        metadata,
        client_id: &request.client_id,
        nonce: Some(attempt.nonce.expose_secret()),
        // The server's own clock, so that a wrong one of this machine keeps nobody out (F45).
        now: server_time.unwrap_or(now),
    };
    let id_token = answer.id_token.as_ref().ok_or(Check::Form)?;
    let identity =
        id_token::verify(id_token.expose_secret(), &expected, deps.keys, deps.transport, deps.clock).await?;
    check_account(request.account.as_ref(), &identity)?;
    Ok(Grant { tokens: answer.into_tokens(now, &request.scopes), identity })
}

fn check_account(wanted: Option<&Identity>, identity: &Identity) -> Result<(), AuthError> {
    match wanted {
        Some(wanted) if !wanted.is_same(identity) => Err(AuthError::AccountMismatch),
        _ => Ok(()),
    }
}
