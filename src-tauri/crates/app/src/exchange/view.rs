//! The Exchange server, as the window and scripts see it.

use crate::app::App;
use crate::wire::exchange::{EwsEnd, ExchangeView};
use convoke_ews::retirement::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};
use url::Url;

impl App {
    /// When EWS ends at the server in use, if it is Exchange Online.
    #[must_use]
    pub fn exchange_end(&self) -> Option<EwsEnd> {
        self.exchange_view().ends
    }

    /// What is known of the account's Exchange server, or what the policy names.
    pub(crate) fn exchange_view(&self) -> ExchangeView {
        let known = self.account().and_then(|account| account.profile().exchange);
        let named = super::named(&self.policy(), known.as_ref(), None);
        let (url, found) = named.map_or((None, None), |(url, found)| (Some(url), Some(found)));
        let view = match known {
            Some(known) => ExchangeView {
                in_use: known.in_use,
                found: if known.url.is_some() { Some(known.found) } else { found.or(Some(known.found)) },
                url: known.url.or(url),
                method: known.method,
                user: known.user,
                asks: known.asks,
                host: known.host,
                not_in_cloud: known.not_in_cloud,
                ends: None,
            },
            None => ExchangeView { url, found, ..ExchangeView::default() },
        };
        ExchangeView { ends: view.url.as_deref().and_then(end), ..view }
    }
}

fn end(url: &str) -> Option<EwsEnd> {
    let online = Url::parse(url).is_ok_and(|url| is_exchange_online(&url));
    online.then_some(EwsEnd { off_by_default: OFF_BY_DEFAULT, switched_off: SWITCHED_OFF })
}
