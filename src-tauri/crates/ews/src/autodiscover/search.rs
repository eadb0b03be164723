//! Where to go and where not.

use std::collections::HashSet;

use convoke_model::endpoint::{is_allowed, same_host};
use url::{Host, Url};

use super::candidate::{Candidate, Service};
use crate::error::EwsError;
use crate::retirement::is_exchange_online;

/// Steps away from a place that a search makes at most (`RedirectUrl`: "after 10 redirects").
const MOST_STEPS: u8 = 10;

/// A search for the EWS of a mail address.
#[derive(Clone, Debug)]
pub struct Search {
    address: String,
    /// The mail domain, and those that answers led to; the last one is the address's.
    domains: Vec<String>,
    named: Vec<Url>,
    agreed: HashSet<String>,
    asked: HashSet<(String, Candidate)>,
    addresses: HashSet<String>,
    steps: u8,
}

/// The ruling on a step away from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask there.
    Ask {
        /// The place.
        candidate: Candidate,
        /// Whether credentials may go along: only to the same scheme, host and port.
        credentials: bool,
    },
    /// The address changed: ask all of [`Search::candidates`] anew.
    Restart,
    /// The user or the policy must agree to this host before anything goes there; then [`Search::agree`], and
    /// rule on the step again.
    Confirm {
        /// The host.
        host: String,
    },
    /// Go no further this way.
    Refuse(Refused),
}

/// The ruling on an EWS address that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It may be used.
    Usable(Url),
    /// As [`Step::Confirm`].
    Confirm {
        /// The host.
        host: String,
    },
    /// The mailbox is in the cloud, where EWS ends: Graph is its protocol.
    ExchangeOnline,
    /// It may not be used.
    Refuse(Refused),
}

/// Why a way is not gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not https, or with a user name or fragment in it.
    NotSecure,
    /// Ten steps were made.
    TooManySteps,
    /// It was asked before.
    Again,
    /// The address that it leads to is no mail address.
    BadAddress,
}

impl Search {
    /// A search for an address. `named` are the roots of servers that the policy names
    /// (`https://mail.contoso.com`), which are asked first.
    ///
    /// # Errors
    /// [`EwsError::Argument`] where it is no mail address of a domain with a dot.
    pub fn new(address: &str, named: &[Url]) -> Result<Self, EwsError> {
        let (address, domain) = parts(address).ok_or(EwsError::Argument { field: "mail address" })?;
        Ok(Self {
            addresses: HashSet::from([address.to_lowercase()]),
            address,
            domains: vec![domain],
            named: named.iter().filter(|url| is_allowed(url)).cloned().collect(),
            agreed: HashSet::new(),
            asked: HashSet::new(),
            steps: 0,
        })
    }

    /// The address to ask about; changes with [`Search::readdress`].
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The places to ask, in their order: what the policy names, then the domain's own hosts; first all that
    /// take the question without credentials. They are the organization's own: the others may be given
    /// credentials where they ask for them ([`Answer::Unauthorized`](super::Answer::Unauthorized)).
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate> {
        let own = self
            .domains
            .last()
            .into_iter()
            .flat_map(|domain| [format!("https://autodiscover.{domain}/"), format!("https://{domain}/")]);
        let own = own.filter_map(|root| Url::parse(&root).ok());
        let roots: Vec<Url> = self.named.iter().cloned().chain(own).collect();
        let at = |service: Service, path: &'static str| {
            let places =
                roots.iter().filter_map(move |root| Some(Candidate { url: root.join(path).ok()?, service }));
            places.collect::<Vec<_>>()
        };
        let mut all = at(Service::Json, "/autodiscover/autodiscover.json");
        all.extend(at(Service::Pox, "/autodiscover/autodiscover.xml"));
        let mut seen = HashSet::new();
        all.retain(|candidate| seen.insert(candidate.clone()));
        all
    }

    /// The user or the policy agreed to a host of [`Step::Confirm`].
    pub fn agree(&mut self, host: &str) {
        self.agreed.insert(host.to_ascii_lowercase());
    }

    /// Rules on the redirect of `from` to another place.
    pub fn follow(&mut self, from: &Candidate, to: &Url) -> Step {
        if !is_allowed(to) || to.fragment().is_some() {
            return Step::Refuse(Refused::NotSecure);
        }
        if let Some(host) = self.foreign(to) {
            return Step::Confirm { host };
        }
        let candidate = Candidate { url: to.clone(), service: from.service };
        self.asked.insert((self.address.to_lowercase(), from.clone()));
        if !self.asked.insert((self.address.to_lowercase(), candidate.clone())) {
            return Step::Refuse(Refused::Again);
        }
        if !self.step() {
            return Step::Refuse(Refused::TooManySteps);
        }
        Step::Ask { credentials: same_host(&from.url, to), candidate }
    }

    /// Rules on the answer that another address is to be asked about. One of a foreign domain needs
    /// agreement, since that domain's hosts would be asked next.
    pub fn readdress(&mut self, address: &str) -> Step {
        let Some((address, domain)) = parts(address) else {
            return Step::Refuse(Refused::BadAddress);
        };
        if !self.is_home(&domain) && !self.agreed.contains(&domain) {
            return Step::Confirm { host: domain };
        }
        if !self.addresses.insert(address.to_lowercase()) {
            return Step::Refuse(Refused::Again);
        }
        if !self.step() {
            return Step::Refuse(Refused::TooManySteps);
        }
        self.address = address;
        self.domains.push(domain);
        Step::Restart
    }

    /// Rules on an EWS address that was found.
    #[must_use]
    pub fn arrive(&self, ews: &Url) -> Place {
        if !is_allowed(ews) || ews.query().is_some() || ews.fragment().is_some() {
            return Place::Refuse(Refused::NotSecure);
        }
        if is_exchange_online(ews) {
            return Place::ExchangeOnline;
        }
        match self.foreign(ews) {
            Some(host) => Place::Confirm { host },
            None => Place::Usable(ews.clone()),
        }
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MOST_STEPS
    }

    /// The host, if nobody has vouched for it.
    fn foreign(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
        let named = || self.named.iter().any(|root| root.host() == url.host());
        (!self.is_home(&host) && !self.agreed.contains(&host) && !named()).then_some(host)
    }

    /// Whether a host is a mail domain or below it.
    fn is_home(&self, host: &str) -> bool {
        let is_under = |domain: &String| {
            host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.domains.iter().any(is_under)
    }
}

/// The address and its domain in the form that hosts have (lower case, punycode).
fn parts(address: &str) -> Option<(String, String)> {
    let address = address.trim();
    let (user, domain) = address.rsplit_once('@')?;
    let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace()) && address.len() <= 320;
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
    let domain = domain.trim_end_matches('.').to_owned();
    (is_plain && !user.is_empty() && domain.contains('.')).then(|| (address.to_owned(), domain))
}
