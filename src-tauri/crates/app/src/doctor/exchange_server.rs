//! Which Exchange server: the one in use, the policy's, the known one, or the one that Autodiscover finds without
//! credentials. The order is that of connecting (`exchange::server`).

use super::check::Check;
use super::ews::ID;
use super::fix;
use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use crate::wire::exchange::ExchangeFound;
use convoke_ews::Endpoint;
use convoke_ews::autodiscover::{Answer, Nothing, Search};
use convoke_ews::retirement::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};
use convoke_policy::choice::AuthorizeWith;
use convoke_sync::discovery::{Discovery, Finding, Outcome, Visit};
use tokio::time::{Instant, timeout_at};
use url::Url;

/// Places that are named at most.
const MOST_PLACES: usize = 8;

/// A server, and who named it.
pub struct Named {
    /// Where it is asked.
    pub endpoint: Endpoint,
    /// Who named it.
    pub found: ExchangeFound,
}

impl Named {
    pub fn host(&self) -> &str {
        self.endpoint.host()
    }

    /// Who named it, as the beginning of a sentence.
    pub fn in_words(&self) -> String {
        let who = match self.found {
            ExchangeFound::Policy => "The policy names",
            ExchangeFound::Person => "The profile names",
            ExchangeFound::Autodiscover => "Autodiscover names",
        };
        format!("{who} {}", self.endpoint.url())
    }

    pub fn is_exchange_online(&self) -> bool {
        is_exchange_online(self.endpoint.url())
    }

    /// The warning about Exchange Online.
    pub fn online(&self) -> Check {
        let detail = format!("{}, which is {}.", self.in_words(), ending());
        Check::warn(ID, &detail, &self.leave())
    }

    /// The step away from Exchange Online.
    pub fn leave(&self) -> String {
        match self.found {
            ExchangeFound::Policy => fix::by(
                fix::POLICY,
                "take integration.ews.url out and set integration.authorizeWith to auto or oauth: Microsoft Graph \
                 serves the mailboxes of Exchange Online.",
            ),
            _ => fix::by(
                fix::USER,
                "run convokectl disconnect, then convokectl connect: Microsoft Graph has the mailbox.",
            ),
        }
    }
}

/// What becomes of EWS in Exchange Online.
pub fn ending() -> String {
    format!(
        "Exchange Online, where EWS is off by default from {OFF_BY_DEFAULT} and ends for everybody on {SWITCHED_OFF}"
    )
}

/// The server that somebody named or that is remembered.
pub fn known(app: &App, profile: Option<&Profile>) -> Option<Result<Named, Check>> {
    let remembered = profile.and_then(|profile| profile.exchange.as_ref());
    let in_use = remembered.filter(|exchange| exchange.in_use);
    let in_use = in_use.and_then(|exchange| Some((exchange.url.clone()?, exchange.found)));
    let (url, found) = in_use.or_else(|| crate::exchange::named(&app.policy(), remembered, None))?;
    Some(named(&url, found, profile))
}

fn named(url: &str, found: ExchangeFound, profile: Option<&Profile>) -> Result<Named, Check> {
    let endpoint = Endpoint::new(url).map_err(|error| {
        let failure = Failure::new(Code::ExchangeNotFound).with_detail(error.to_string());
        Check::of(ID, &failure).with_fix(&another(found))
    })?;
    let anchor = profile.map(|profile| profile.account.username.as_str());
    Ok(Named { endpoint: anchor.map_or(endpoint.clone(), |anchor| endpoint.with_anchor(anchor)), found })
}

/// Who can name another server.
fn another(found: ExchangeFound) -> String {
    let by_policy =
        fix::by(fix::POLICY, "set integration.ews.url to the server's EWS address, or mend Autodiscover.");
    // What the policy names nobody else can name.
    if found == ExchangeFound::Policy {
        return by_policy;
    }
    format!(
        "{by_policy} {}",
        fix::by(fix::USER, "who knows the address can give it with convokectl connect --ews-url URL.")
    )
}

/// Why the server was not asked, or is none.
pub fn not_asked(named: &Named, failure: &Failure) -> Check {
    let detail = failure.detail.clone().unwrap_or_default();
    let failure = failure.clone().with_detail(format!("{}; {detail}", lower(&named.in_words())));
    let check = Check::of(ID, &failure);
    match failure.code {
        Code::UnexpectedAnswer => check.with_fix(&another(named.found)),
        Code::TlsUntrusted => check.with_fix(&certificate()),
        _ => check,
    }
}

/// Who can mend a certificate.
fn certificate() -> String {
    format!(
        "{} {}",
        fix::by(fix::HELP_DESK, "install the root of the server's certificate on this computer."),
        fix::by(
            fix::EXCHANGE,
            "or give the server a certificate of an authority that computers trust anyway."
        )
    )
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_ascii_lowercase().to_string() + chars.as_str()).unwrap_or_default()
}

/// Searches, with no credentials: places that want them are told.
pub async fn search(app: &App, profile: &Profile, end: Instant) -> Result<Named, Check> {
    let policy = app.policy();
    let microsoft = &policy.microsoft365;
    let endpoints = microsoft.endpoints.as_ref();
    let cloud = endpoints.and_then(|endpoints| endpoints.autodiscover(microsoft.cloud));
    let username = &profile.account.username;
    let mut search = Search::new(username, &cloud.into_iter().collect::<Vec<Url>>()).map_err(|_| {
        let detail = format!("{username} has no mail domain to search in");
        Check::of(ID, &Failure::new(Code::ExchangeNotFound).with_detail(detail))
            .with_fix(&another(ExchangeFound::Autodiscover))
    })?;
    let trusted = profile.exchange.as_ref().map(|known| known.trusted.as_slice()).unwrap_or_default();
    trusted.iter().for_each(|host| search.agree(host));
    let mut discovery = Discovery::new(search, app.environment().transport.clone(), None);
    let found = timeout_at(end, discovery.run()).await;
    let places = places(discovery.visits());
    match found {
        Ok(Finding::Found(url)) => named(url.as_str(), ExchangeFound::Autodiscover, Some(profile)),
        Ok(finding) => {
            let graph_only = policy.integration.authorize_with == AuthorizeWith::Ews;
            Err(told(&finding, &places, discovery.is_offline(), graph_only))
        }
        Err(_) => {
            let detail =
                format!("the search did not end within {} seconds; {places}", super::LIMIT.as_secs());
            Err(Check::of(ID, &Failure::new(Code::ServerUnreachable).with_detail(detail)))
        }
    }
}

/// A search that led to no server.
fn told(finding: &Finding, places: &str, is_offline: bool, decided: bool) -> Check {
    let of = |code: Code, detail: &str| Check::of(ID, &Failure::new(code).with_detail(detail));
    let host = |url: &Url| url.host_str().unwrap_or_default().to_owned();
    match finding {
        Finding::Question { host } => {
            let step = format!(
                "run convokectl connect --exchange --trust-host {host} if you know that the organization uses this \
                 server; ask the help desk otherwise."
            );
            of(Code::HostNotTrusted, host).with_fix(&fix::by(fix::USER, &step))
        }
        Finding::ExchangeOnline => {
            let detail = "Autodiscover says that the mailbox is in Exchange Online";
            let step = if decided {
                fix::by(
                    fix::POLICY,
                    "set integration.authorizeWith to auto or oauth: Microsoft Graph has the mailbox.",
                )
            } else {
                fix::by(
                    fix::MAILBOXES,
                    "see whether the account has an Exchange Online licence: Graph has no mailbox for it.",
                )
            };
            of(Code::ExchangeNotFound, detail).with_fix(&step)
        }
        Finding::CredentialsWanted { url } | Finding::CredentialsRefused { url } => {
            let detail = format!("{} tells the server only after a sign-in; {places}", host(url));
            of(Code::PasswordRequired, &detail).with_fix(&fix::password())
        }
        Finding::Nothing | Finding::Found(_) if is_offline => of(Code::Offline, places),
        Finding::Nothing | Finding::Found(_) => {
            of(Code::ExchangeNotFound, places).with_fix(&another(ExchangeFound::Autodiscover))
        }
    }
}

/// The places that were asked, and what each said.
fn places(visits: &[Visit]) -> String {
    let mut places: Vec<String> = Vec::new();
    for visit in visits {
        let place = format!("{} {}", visit.url.host_str().unwrap_or_default(), heard(&visit.outcome));
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() {
        return "nobody was asked".to_owned();
    }
    let more = places.len().saturating_sub(MOST_PLACES);
    places.truncate(MOST_PLACES);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("asked: {}{more}", places.join(", "))
}

fn heard(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(Answer::Found(_)) => "(names a server)".to_owned(),
        Outcome::Answered(Answer::Redirect(to)) => {
            format!("(sends on to {})", to.host_str().unwrap_or_default())
        }
        Outcome::Answered(Answer::Readdress(_)) => "(names another address)".to_owned(),
        Outcome::Answered(Answer::Unauthorized) => "(wants a sign-in)".to_owned(),
        Outcome::Answered(Answer::Nothing(Nothing::Status(status))) => format!("(HTTP {status})"),
        Outcome::Answered(Answer::Nothing(Nothing::NotAutodiscover)) => "(no Autodiscover)".to_owned(),
        Outcome::Answered(Answer::Nothing(Nothing::Error { code, .. })) => format!("(error {code})"),
        Outcome::Unreachable(error) => format!("({})", failure::of_net(error).code.as_str()),
        Outcome::Refused(_) => "(not asked: not to be trusted)".to_owned(),
    }
}
