//! A person whose mailbox is on the organization's own Exchange: what they are asked, and what comes of their answers.

use super::control::PlayedBrowser;
use super::person::LEG;
use super::seen::ExchangeSeen;
use crate::app::App;
use crate::code::Failure;
use crate::wire::exchange::{ExchangeAsk, ExchangeQuery};
use convoke_policy::choice::AuthorizeWith;
use secrecy::SecretString;

/// Questions that a person answers at most.
const MOST: usize = 4;

/// Answers what the server asks; `failure` is what connecting, or else the first round, ended with. A person who is not `willing` answers
/// nothing.
pub(super) async fn go_through(
    app: &App,
    browser: &PlayedBrowser,
    willing: bool,
    failure: Option<Failure>,
) -> Option<ExchangeSeen> {
    if app.policy().integration.authorize_with == AuthorizeWith::OAuth {
        return None;
    }
    let mut seen = ExchangeSeen { failure, ..ExchangeSeen::default() };
    for _ in 0..MOST {
        let Some(asks) = app.exchange_view().asks else { break };
        seen.asks.push(asks);
        let Some(answer) = answer(app, browser, asks).filter(|_| willing) else { break };
        let answered = app.connect_exchange(answer, LEG, |_| ()).await;
        seen.failure = match answered {
            Ok(_) => app.sync(false, &[]).await.err(),
            Err(failure) => Some(failure),
        };
        // Asked for the same again: nothing more comes of it.
        if app.exchange_view().asks == Some(asks) {
            break;
        }
    }
    let view = app.exchange_view();
    (seen.in_use, seen.found, seen.method) = (view.in_use, view.found, view.method);
    Some(seen)
}

/// What the person says; nothing where they can't know.
fn answer(app: &App, browser: &PlayedBrowser, asks: ExchangeAsk) -> Option<ExchangeQuery> {
    let user = browser.user();
    match asks {
        ExchangeAsk::Server => None,
        ExchangeAsk::Browser => Some(ExchangeQuery::default()),
        ExchangeAsk::Trust => {
            Some(ExchangeQuery { trust: app.exchange_view().host, ..ExchangeQuery::default() })
        }
        ExchangeAsk::Password => Some(ExchangeQuery {
            user: Some(user.username.clone()),
            password: Some(SecretString::from(user.password.clone())),
            ..ExchangeQuery::default()
        }),
    }
}
