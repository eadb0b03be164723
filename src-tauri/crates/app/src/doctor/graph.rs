//! Microsoft Graph: with a token, whether it knows the person and has a mailbox for them; without, whether it answers.

use super::check::Check;
use super::report::CheckId;
use super::{fix, in_time};
use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use convoke_auth::AccessToken;
use convoke_auth::token::scope;
use convoke_graph::operation::{GetMe, ListCalendars};
use convoke_graph::{Endpoint, GraphError, Operation, RefusalKind};
use convoke_model::service::Service;
use convoke_net::{Limits, Transport};
use convoke_policy::choice::AuthorizeWith;
use convoke_policy::scopes::scope_of;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::ExposeSecret;

const ID: CheckId = CheckId::Graph;

/// Asks Graph; with whether it says that the mailbox is elsewhere, where the policy has Convoke follow it there.
pub async fn check(
    app: &App,
    needs: &[&Check],
    consent: &Check,
    token: Option<AccessToken>,
) -> (Check, bool) {
    if let Some(skipped) = Check::unless(ID, needs) {
        return (skipped, false);
    }
    if let Some(detail) = not_asked(app) {
        return (Check::skipped(ID, &detail, fix::NOTHING), false);
    }
    let asked = async {
        let policy = app.policy();
        let endpoints = policy.microsoft365.endpoints.as_ref();
        let endpoint = endpoints
            .and_then(|endpoints| Endpoint::new(endpoints.graph.as_str()).ok())
            .ok_or_else(|| Failure::new(Code::NotConfigured))?;
        let asking = Asking { endpoint, transport: &*app.environment().transport };
        match token {
            None => asking.without_token(consent).await.map(|check| (check, false)),
            Some(token) => {
                let calendar = scope_of(Service::Calendar, &policy.integration.permissions);
                let reads_calendar = calendar.is_some_and(|needed| scope::is_granted(needed, &token.scopes));
                let follows = policy.integration.authorize_with != AuthorizeWith::OAuth;
                asking.with_token(&token, reads_calendar, follows).await
            }
        }
    };
    in_time("Microsoft Graph", asked).await.unwrap_or_else(|failure| (Check::of(ID, &failure), false))
}

/// Why nobody needs Graph here.
fn not_asked(app: &App) -> Option<String> {
    let exchange = app.account().and_then(|account| account.profile().exchange);
    let in_use = exchange.filter(|exchange| exchange.in_use).and_then(|exchange| exchange.url);
    let host = in_use.and_then(|url| Some(url::Url::parse(&url).ok()?.host_str()?.to_owned()));
    let why = if app.is_exchange_decided() { " (integration.authorizeWith is ews)" } else { "" };
    match host {
        Some(host) => {
            Some(format!("Meetings and contacts come from {host}{why}, so Microsoft Graph is not asked."))
        }
        None if app.is_exchange_decided() => {
            Some("Microsoft Graph is not asked: integration.authorizeWith is ews.".to_owned())
        }
        None => None,
    }
}

/// Where and how Graph is asked.
struct Asking<'a> {
    endpoint: Endpoint,
    transport: &'a dyn Transport,
}

impl Asking<'_> {
    async fn send<O: Operation>(
        &self,
        operation: &O,
        token: Option<&AccessToken>,
    ) -> Result<Result<O::Response, GraphError>, Failure> {
        let mut request = operation.request(&self.endpoint).map_err(|error| failure::of_graph(&error))?;
        if let Some(token) = token {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret.expose_secret()))
                .map_err(|_| Failure::new(Code::UnexpectedAnswer))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        let answer = self.transport.send(request, Limits::SMALL).await;
        let answer = answer.map_err(|error| failure::of_net(&error))?;
        Ok(operation.parse(&answer, &self.endpoint))
    }

    /// Graph refuses whoever comes without a token: that is its answer.
    async fn without_token(&self, consent: &Check) -> Result<Check, Failure> {
        let host = self.endpoint.host();
        match self.send(&GetMe, None).await? {
            Err(error) if matches!(error.kind(), Some(RefusalKind::Unauthorized { .. })) => {
                let why = match consent.broken_by() {
                    Some(cause) => format!("{} failed", cause.as_str()),
                    None => "no service is permitted".to_owned(),
                };
                Ok(Check::ok(ID, &format!("{host} answers; it was asked without a token, because {why}.")))
            }
            Err(error) => Err(failure::of_graph(&error)),
            Ok(_) => Err(Failure::new(Code::UnexpectedAnswer)
                .with_detail(format!("{host} answers whoever asks, without a token"))),
        }
    }

    async fn with_token(
        &self,
        token: &AccessToken,
        reads_calendar: bool,
        follows: bool,
    ) -> Result<(Check, bool), Failure> {
        let host = self.endpoint.host();
        let me = self.send(&GetMe, Some(token)).await?.map_err(|error| failure::of_graph(&error))?;
        if !reads_calendar {
            let detail = format!(
                "{host} knows {}; the calendar is not granted, so it was not asked for.",
                me.username
            );
            return Ok((Check::ok(ID, &detail), false));
        }
        match self.send(&ListCalendars::First, Some(token)).await? {
            Ok(_) => {
                let detail = format!("{host} knows {} and gives their calendars.", me.username);
                Ok((Check::ok(ID, &detail), false))
            }
            Err(error) if matches!(error.kind(), Some(RefusalKind::MailboxNotEnabled)) => {
                let detail = format!(
                    "{host} knows {} and has no mailbox for them: it lies on the organization's own Exchange, or has \
                     no licence (MailboxNotEnabledForRESTAPI).",
                    me.username
                );
                if follows {
                    return Ok((Check::ok(ID, &format!("{detail} See ews.")), true));
                }
                let step =
                    "see where the mailbox is, and whether the account has an Exchange Online licence.";
                let mend = fix::by(fix::MAILBOXES, step);
                Ok((Check::fail(ID, Some(Code::MailboxUnavailable), &detail, &mend), false))
            }
            Err(error) => Err(failure::of_graph(&error)),
        }
    }
}
