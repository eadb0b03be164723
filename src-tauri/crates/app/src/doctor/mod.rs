//! `doctor`: looks at everything between this computer and the account's meetings, and says what is true and who can
//! do what about it.
//!
//! Rules: one file per check (`ews` with four beside it); a check changes nothing that lasts, but that a password was
//! refused; what stands on a failed check is skipped and names it; whatever asks the network ends within `LIMIT`; no
//! detail carries a secret.

mod account;
mod authority;
mod cache;
mod check;
mod clock;
mod consent;
mod ews;
mod exchange_mailbox;
mod exchange_offer;
mod exchange_server;
mod fix;
mod graph;
mod keychain;
mod lacking;
mod listening;
mod policy;
mod realm;
mod report;
mod sign_ins;
mod sso;

pub use check::Check;
pub use report::{CheckId, CheckStatus, Report};

use crate::app::App;
use crate::code::{Code, Failure};
use std::time::Duration;

/// The longest that one check waits for the network.
const LIMIT: Duration = Duration::from_secs(10);

/// Entra ID, where its host has been named before.
const MICROSOFT: &str = "the sign-in server";

impl App {
    /// Looks at everything, in the order in which one thing stands on the other. What doesn't work is in the report.
    pub async fn doctor(&self) -> Report {
        let policy = policy::check(&self.policy_for_sign_in());
        let account = account::check(self, &policy).await;
        let authority = authority::look(self, &policy).await;
        let realm = realm::check(self, &[&policy, &authority.network]).await;
        let sso = sso::check(self, &[&policy, &authority.network]).await;
        let keychain = keychain::check(self).await;
        let (cache, found) = cache::check(self, &keychain, &account).await;
        let (consent, token) =
            consent::check(self, &[&policy, &authority.check, &keychain, &account], found.as_ref()).await;
        let (graph, elsewhere) = graph::check(self, &[&policy, &authority.network], &consent, token).await;
        let before = ews::Before { policy: &policy, keychain: &keychain, cache: &cache, account: &account };
        let ews = ews::check(self, &before, elsewhere).await;
        let (tls, clock, authority) = (authority.tls, authority.clock, authority.check);
        Report {
            checks: vec![
                policy, realm, authority, sso, tls, clock, keychain, cache, account, consent, graph, ews,
            ],
        }
    }
}

/// The outcome of `work`, or that `server` did not answer in time.
async fn in_time<T>(server: &str, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let late = |_| {
        Failure::new(Code::ServerUnreachable)
            .with_detail(format!("{server} did not answer within {} seconds", LIMIT.as_secs()))
    };
    tokio::time::timeout(LIMIT, work).await.map_err(late)?
}
