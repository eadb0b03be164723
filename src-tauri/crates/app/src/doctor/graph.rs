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
use convoke_policy::scopes::scope_of;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::ExposeSecret;

const ID: CheckId = CheckId::Graph;

/// Asks Graph.
pub async fn check(app: &App, needs: &[&Check], consent: &Check, token: Option<AccessToken>) -> Check {
    if let Some(skipped) = Check::unless(ID, needs) {
        return skipped;
    }
    let asked = async {
        let policy = app.policy();
        let endpoints = policy.microsoft365.endpoints.as_ref();
        let endpoint = endpoints
            .and_then(|endpoints| Endpoint::new(endpoints.graph.as_str()).ok())
            .ok_or_else(|| Failure::new(Code::NotConfigured))?;
        let asking = Asking { endpoint, transport: &*app.environment().transport };
        match token {
            None => asking.without_token(consent).await,
            Some(token) => {
                let calendar = scope_of(Service::Calendar, &policy.integration.permissions);
                let reads_calendar = calendar.is_some_and(|needed| scope::is_granted(needed, &token.scopes));
                asking.with_token(&token, reads_calendar).await
            }
        }
    };
    in_time("Microsoft Graph", asked).await.unwrap_or_else(|failure| Check::of(ID, &failure))
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

    async fn with_token(&self, token: &AccessToken, reads_calendar: bool) -> Result<Check, Failure> {
        let host = self.endpoint.host();
        let me = self.send(&GetMe, Some(token)).await?.map_err(|error| failure::of_graph(&error))?;
        if !reads_calendar {
            let detail = format!(
                "{host} knows {}; the calendar is not granted, so it was not asked for.",
                me.username
            );
            return Ok(Check::ok(ID, &detail));
        }
        match self.send(&ListCalendars::First, Some(token)).await? {
            Ok(_) => Ok(Check::ok(ID, &format!("{host} knows {} and gives their calendars.", me.username))),
            Err(error) if matches!(error.kind(), Some(RefusalKind::MailboxNotEnabled)) => {
                let detail = format!(
                    "{host} knows {} and has no mailbox for them: it lies on the organization's own Exchange, or has \
                     no licence (MailboxNotEnabledForRESTAPI).",
                    me.username
                );
                let step =
                    "see where the mailbox is, and whether the account has an Exchange Online licence.";
                let mend = fix::by(fix::MAILBOXES, step);
                Ok(Check::fail(ID, Some(Code::MailboxUnavailable), &detail, &mend))
            }
            Err(error) => Err(failure::of_graph(&error)),
        }
    }
}
