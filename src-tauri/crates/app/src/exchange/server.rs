//! Which server: the policy's, the person's, the one that is known, or the one that Autodiscover finds.

use super::Exchange;
use super::login::Offered;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::profile::Profile;
use crate::wire::exchange::{ExchangeFound, ExchangeQuery};
use convoke_ews::Endpoint;
use convoke_ews::autodiscover::Search;
use convoke_model::endpoint::with_ews_path;
use convoke_policy::Effective;
use convoke_policy::choice::AuthorizeWith;
use convoke_sync::discovery::{Discovery, Finding};
use url::Url;

/// A server, and who named it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it is asked.
    pub endpoint: Endpoint,
    /// Who named it.
    pub found: ExchangeFound,
}

/// Questions that are answered at most in one search: every answer goes on, and somebody may build a maze.
const MOST_QUESTIONS: usize = 5;

impl App {
    /// The server of an account.
    ///
    /// # Errors
    /// [`Code::HostNotTrusted`], [`Code::PasswordRequired`] and [`Code::PasswordRefused`] where the search needs a
    /// person; [`Code::ExchangeNotFound`] where there is none, or the mailbox is in the cloud.
    pub(super) async fn exchange_server(
        &self,
        profile: &Profile,
        query: &ExchangeQuery,
    ) -> Result<Server, Failure> {
        let named = named(&self.policy(), profile.exchange.as_ref(), query.url.as_deref());
        let (url, found) = match named {
            Some(named) => named,
            None => (self.discover(profile, query).await?.into(), ExchangeFound::Autodiscover),
        };
        // Where the policy proposes Microsoft 365, only a person goes to a server, whoever names it.
        let is_by_hand = self.policy().integration.authorize_with == AuthorizeWith::OAuth;
        let found = if is_by_hand { ExchangeFound::Person } else { found };
        let endpoint = Endpoint::new(&url)
            .map_err(|error| Failure::new(Code::ExchangeNotFound).with_detail(error.to_string()))?;
        Ok(Server { endpoint: endpoint.with_anchor(&profile.account.username), found })
    }

    async fn discover(&self, profile: &Profile, query: &ExchangeQuery) -> Result<Url, Failure> {
        let not_found = |detail: String| Failure::new(Code::ExchangeNotFound).with_detail(detail);
        let mut search = Search::new(&profile.account.username, &self.cloud_root())
            .map_err(|error| not_found(error.to_string()))?;
        let known = profile.exchange.as_ref().map(|known| known.trusted.as_slice()).unwrap_or_default();
        let trusted: Vec<&String> = known.iter().chain(&query.trust).collect();
        trusted.iter().for_each(|host| search.agree(host));
        let offered = Offered::of(self, profile, query).map(|offered| std::sync::Arc::new(offered) as _);
        let mut discovery = Discovery::new(search, self.environment().transport.clone(), offered);
        for _ in 0..MOST_QUESTIONS {
            match discovery.run().await {
                Finding::Found(url) => return Ok(url),
                Finding::Question { host } if trusted.iter().any(|one| one.eq_ignore_ascii_case(&host)) => {
                    discovery.agree();
                }
                Finding::Question { host } => {
                    return Err(Failure::new(Code::HostNotTrusted).with_detail(host));
                }
                Finding::ExchangeOnline => {
                    return Err(not_found("the mailbox is in Exchange Online".to_owned()));
                }
                Finding::CredentialsWanted { url } => {
                    return Err(Failure::new(Code::PasswordRequired).with_detail(url));
                }
                Finding::CredentialsRefused { url } => {
                    return Err(Failure::new(Code::PasswordRefused).with_detail(url));
                }
                Finding::Nothing if discovery.is_offline() => return Err(Failure::new(Code::Offline)),
                Finding::Nothing => break,
            }
        }
        let asked = discovery.visits().iter().filter_map(|visit| visit.url.host_str());
        let mut asked: Vec<&str> = asked.collect();
        asked.dedup();
        let hint =
            if trusted.is_empty() { "" } else { "; a password goes to places of the mail domain alone" };
        Err(not_found(format!("asked: {}{hint}", asked.join(", "))))
    }

    /// Where the account's cloud answers Autodiscover: it knows which mailboxes are on-premises, and says so without a
    /// sign-in.
    fn cloud_root(&self) -> Vec<Url> {
        let microsoft = &self.policy().microsoft365;
        let root = microsoft.endpoints.as_ref().and_then(|own| own.autodiscover(microsoft.cloud));
        root.into_iter().collect()
    }
}

/// The address that somebody names, and who: the policy where it decides, the person now or before, the policy's
/// proposal, and what was found.
pub(crate) fn named(
    policy: &Effective,
    known: Option<&Exchange>,
    by_person: Option<&str>,
) -> Option<(String, ExchangeFound)> {
    let known = || known.and_then(|known| Some((known.url.clone()?, known.found)));
    let of_policy =
        || policy.integration.ews.url.as_ref().map(|url| (url.to_string(), ExchangeFound::Policy));
    of_policy()
        .filter(|_| policy.is_locked("integration.ews.url"))
        .or_else(|| by_person.map(|url| (complete(url), ExchangeFound::Person)))
        .or_else(|| known().filter(|(_, found)| *found == ExchangeFound::Person))
        .or_else(of_policy)
        .or_else(known)
}

/// The address that a person means: a host alone gets the path at which every server answers EWS.
pub(super) fn complete(typed: &str) -> String {
    let typed = typed.trim();
    Url::parse(typed).map_or_else(|_| typed.to_owned(), |url| with_ews_path(url).into())
}

/// The host that a failure asks the person to trust.
pub(super) fn host_to_trust(failure: &Failure) -> Option<String> {
    failure.detail.clone().filter(|_| failure.code == Code::HostNotTrusted)
}
