//! The Exchange server of an on-premises mailbox: which it is and who named it, whether it offers a sign-in that the
//! policy allows, and, where it is in use, whether it gives the mailbox.

use super::check::Check;
use super::exchange_server::{self, Named};
use super::report::CheckId;
use super::sign_ins::{self, SignIns};
use super::{exchange_mailbox, exchange_offer, fix};
use crate::account::SignedIn;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::profile::Profile;
use convoke_policy::choice::AuthorizeWith;
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

pub(super) const ID: CheckId = CheckId::Ews;

/// The checks that this one stands on, as far as it needs them.
pub struct Before<'a> {
    /// Without a policy nobody knows which server.
    pub policy: &'a Check,
    /// The password lies there.
    pub keychain: &'a Check,
    /// The engine works on it.
    pub cache: &'a Check,
    /// Autodiscover goes by the user name.
    pub account: &'a Check,
}

/// Why somebody wants to know of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Meetings and contacts come from it.
    InUse,
    /// They should, and do not yet.
    Wanted,
    /// The policy names it, and this mailbox is in Microsoft 365: it is looked at, and nothing hangs on it.
    OnlyNamed,
}

/// Looks at the server. `elsewhere`: whether Microsoft Graph says that it does not have the mailbox.
pub async fn check(app: &App, before: &Before<'_>, elsewhere: bool) -> Check {
    if let Some(skipped) = Check::unless(ID, &[before.policy]) {
        return skipped;
    }
    let account = app.account();
    let profile = account.as_ref().map(|account| account.profile());
    let Some(asked) = asked(app, profile.as_ref(), elsewhere) else { return not_asked_for(app) };
    let end = Instant::now() + super::LIMIT;
    let named = match exchange_server::known(app, profile.as_ref()) {
        Some(named) => named,
        None => match &profile {
            None => return Check::unless(ID, &[before.account]).unwrap_or_else(|| not_asked_for(app)),
            Some(profile) => exchange_server::search(app, profile, end).await,
        },
    };
    let check = match named {
        Err(check) => check,
        Ok(named) => {
            let look = Look { app, named, profile, end };
            look.check(asked, account.as_ref(), before).await
        }
    };
    if asked == Asked::OnlyNamed { check.into_warning() } else { check }
}

fn asked(app: &App, profile: Option<&Profile>, elsewhere: bool) -> Option<Asked> {
    let integration = &app.policy().integration;
    let exchange = profile.and_then(|profile| profile.exchange.as_ref());
    if exchange.is_some_and(|exchange| exchange.in_use) {
        return Some(Asked::InUse);
    }
    if exchange.is_some() || integration.authorize_with == AuthorizeWith::Ews {
        return Some(Asked::Wanted);
    }
    if integration.authorize_with == AuthorizeWith::OAuth {
        return None;
    }
    if elsewhere {
        return Some(Asked::Wanted);
    }
    integration.ews.url.as_ref().map(|_| Asked::OnlyNamed)
}

fn not_asked_for(app: &App) -> Check {
    let detail = match app.policy().integration.authorize_with {
        AuthorizeWith::OAuth => {
            "The policy has meetings and contacts come from Microsoft Graph (integration.authorizeWith is oauth), and \
             nobody connected an Exchange server by hand."
        }
        _ => {
            "Meetings and contacts come from Microsoft Graph: it has not said that the mailbox is elsewhere, and neither \
             policy nor profile names an Exchange server."
        }
    };
    Check::skipped(ID, detail, fix::NOTHING)
}

/// One look at a server that is known.
struct Look<'a> {
    app: &'a App,
    named: Named,
    profile: Option<Profile>,
    end: Instant,
}

impl Look<'_> {
    async fn check(&self, asked: Asked, account: Option<&Arc<SignedIn>>, before: &Before<'_>) -> Check {
        // Nothing is asked of a server whose end is known, unless it is in use.
        if self.named.is_exchange_online() && asked != Asked::InUse {
            return self.named.online();
        }
        let sign_ins = match self.sign_ins().await {
            Ok(sign_ins) => sign_ins,
            Err(failure) => return exchange_server::not_asked(&self.named, &failure),
        };
        let Some(way) = sign_ins.common() else { return sign_ins.nothing_in_common(&self.named) };
        match (asked, account) {
            (Asked::InUse, Some(account)) => {
                if let Some(skipped) = Check::unless(ID, &[before.keychain, before.cache]) {
                    return skipped;
                }
                exchange_mailbox::check(self.app, account, &self.named, &sign_ins, self.end).await
            }
            (Asked::Wanted, Some(_)) => sign_ins.to_be_used(&self.named, way),
            _ => Check::ok(ID, &format!("{}. {}", self.named.in_words(), sign_ins.in_words())),
        }
    }

    /// What the server offers. No credentials are sent.
    async fn sign_ins(&self) -> Result<SignIns, Failure> {
        if let Some(profile) = &self.profile {
            self.app.respect_exchange_pause(profile, self.named.endpoint.url()).await?;
        }
        let tenant = self.profile.as_ref().and_then(Profile::microsoft_tenant);
        let offered = within(
            self.end,
            self.named.host(),
            exchange_offer::ask(self.app, self.profile.as_ref(), &self.named.endpoint),
        );
        let allowed = &self.app.policy().integration.ews.auth;
        Ok(sign_ins::compare(allowed, &offered.await?, tenant))
    }
}

/// The outcome of `work`, or that `server` did not answer before the check's end.
pub(super) async fn within<T>(
    end: Instant,
    server: &str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let late = |_| {
        let seconds = super::LIMIT.as_secs();
        Failure::new(Code::ServerUnreachable)
            .with_detail(format!("{server} did not answer within {seconds} seconds"))
    };
    timeout_at(end, work).await.map_err(late)?
}
