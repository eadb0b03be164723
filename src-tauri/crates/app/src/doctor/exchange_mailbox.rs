//! The mailbox on the Exchange server in use: asked for with the sign-in that is in use.
//!
//! A password that the server refused is not sent again: where it shows here, the profile remembers it. That is the one
//! thing a check changes.

use super::check::Check;
use super::ews::{ID, within};
use super::exchange_server::{Named, ending};
use super::fix;
use super::sign_ins::SignIns;
use crate::account::SignedIn;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::exchange::{ExchangeAsk, ExchangeMethod};
use convoke_ews::operation::{Probe, ServerVersion};
use std::sync::Arc;
use tokio::time::Instant;

/// Asks for the mailbox.
pub async fn check(
    app: &App,
    account: &Arc<SignedIn>,
    named: &Named,
    sign_ins: &SignIns,
    end: Instant,
) -> Check {
    let profile = account.profile();
    let exchange = profile.exchange.as_ref();
    let user =
        exchange.and_then(|known| known.user.clone()).unwrap_or_else(|| profile.account.username.clone());
    if exchange.is_some_and(|known| known.asks == Some(ExchangeAsk::Password)) {
        let detail = format!("{} refused the password of {user} before; it is not sent again", named.host());
        return refused(&Failure::new(Code::PasswordRefused).with_detail(detail), named);
    }
    let method = exchange.and_then(|known| known.method).map_or("no sign-in", word);
    let asked = within(end, named.host(), async {
        let engine = app.engine(&profile, &account.cache()?).await?;
        engine.ask_exchange(Probe).await.map_err(|error| failure::of_round(&error))
    });
    match asked.await {
        Ok(mailbox) => {
            let server = mailbox.server.as_ref().map_or("a server that tells no version".to_owned(), version);
            let detail = format!(
                "{}, {server}, which took {method} of {user} and gives the mailbox. {}",
                named.in_words(),
                sign_ins.in_words()
            );
            if named.is_exchange_online() {
                return Check::warn(ID, &format!("{detail} It is {}.", ending()), &named.leave());
            }
            Check::ok(ID, &detail)
        }
        Err(failure) => {
            if failure.code == Code::PasswordRefused
                && let Err(error) = app.note_exchange(account, &failure).await
            {
                tracing::warn!(code = ?error.code, "a refused password is not remembered");
            }
            refused(&failure, named)
        }
    }
}

/// A failure, with the step that fits a server.
fn refused(failure: &Failure, named: &Named) -> Check {
    let check = Check::of(ID, failure);
    match failure.code {
        Code::PasswordRefused | Code::PasswordRequired => check.with_fix(&fix::password()),
        Code::SignInRequired | Code::AdminApprovalRequired | Code::ConsentDeclined => {
            let step = "run convokectl connect --exchange; an administrator's link (convokectl admin-request) covers \
                        the server too.";
            check.with_fix(&fix::by(fix::USER, step))
        }
        Code::MailboxUnavailable => {
            let moved = "where the policy says auto, run convokectl sync, which follows a mailbox that has moved; where it says ews, \
                 an administrator sets integration.authorizeWith to auto.";
            check.with_fix(&fix::by(fix::USER, moved))
        }
        Code::ExchangeDenied => check.with_fix(&fix::by(
            fix::EXCHANGE,
            "see whether EWS is allowed for this mailbox and for this app.",
        )),
        Code::EwsRetired => check.with_fix(&named.leave()),
        _ => check,
    }
}

fn word(method: ExchangeMethod) -> &'static str {
    match method {
        ExchangeMethod::Oauth => "a token",
        ExchangeMethod::Ntlm => "the password (ntlm)",
        ExchangeMethod::Basic => "the password (basic)",
    }
}

/// The product behind a version (Microsoft: "Exchange Server build numbers and release dates").
fn version(server: &ServerVersion) -> String {
    let number = &server.number;
    let product = match number.splitn(3, '.').take(2).collect::<Vec<_>>().as_slice() {
        ["14", _] => "2010",
        ["15", "0"] => "2013",
        ["15", "1"] => "2016",
        ["15", "2"] => "2019 or Subscription Edition",
        _ => return format!("version {number}"),
    };
    format!("Exchange {product} ({number})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_as_its_product() {
        let of = |number: &str| version(&ServerVersion { number: number.to_owned(), schema: None });
        assert_eq!(of("15.2.1544.4"), "Exchange 2019 or Subscription Edition (15.2.1544.4)");
        assert_eq!(of("15.0.847.32"), "Exchange 2013 (15.0.847.32)");
        assert_eq!(of("16.0.1.1"), "version 16.0.1.1");
    }
}
