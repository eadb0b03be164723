//! The Exchange server, as the window and scripts see it.

use crate::app::App;
use crate::wire::exchange::{EwsEnd, ExchangeFound, ExchangeView};
use convoke_ews::retirement::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};
use url::Url;

impl App {
    /// What is known of the account's Exchange server, or what the policy names.
    pub(crate) fn exchange_view(&self) -> ExchangeView {
        let known = self.account().and_then(|account| account.profile().exchange);
        let of_policy = self.policy().integration.ews.url.as_ref().map(ToString::to_string);
        let view = match known {
            Some(known) => ExchangeView {
                in_use: known.in_use,
                url: known.url,
                found: Some(known.found),
                method: known.method,
                user: known.user,
                asks: known.asks,
                host: known.host,
                not_in_cloud: known.not_in_cloud,
                ends: None,
            },
            None => ExchangeView {
                found: of_policy.as_ref().map(|_| ExchangeFound::Policy),
                url: of_policy,
                ..ExchangeView::default()
            },
        };
        ExchangeView { ends: view.url.as_deref().and_then(end), ..view }
    }
}

fn end(url: &str) -> Option<EwsEnd> {
    let online = Url::parse(url).is_ok_and(|url| is_exchange_online(&url));
    online.then_some(EwsEnd { off_by_default: OFF_BY_DEFAULT, switched_off: SWITCHED_OFF })
}
