//! The way from place to place.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use convoke_ews::autodiscover::{Answer, Candidate, Place, Refused, Search, Service, Step};
use convoke_ews::is_exchange_online;
use convoke_net::{Limits, NetError, Transport};
use url::Url;

use super::finding::{Finding, Outcome, Visit};

/// Places that are asked at most, with and without credentials: four for the address and for each that answers lead to,
/// and ten redirects.
pub const MOST_VISITS: usize = 50;

/// Gives transports that authenticate.
pub trait ServerCredentials: Send + Sync {
    /// A transport that authenticates at the scheme, host and port of `server`, and sends credentials nowhere else;
    /// `None` where there are none for it.
    fn transport(&self, server: &Url) -> Option<Arc<dyn Transport>>;
}

/// A search for the Exchange server of a mail address. [`Discovery::run`] it; answer its questions, and run it again.
pub struct Discovery {
    transport: Arc<dyn Transport>,
    credentials: Option<Arc<dyn ServerCredentials>>,
    search: Search,
    /// The domain of the address that the search began with.
    home: String,
    /// What is to be done; what is next comes last.
    tasks: Vec<Task>,
    /// For which address which place was asked, and whether it asked for credentials that it did not get.
    asked: HashMap<(String, Candidate), bool>,
    question: Option<String>,
    declined: HashSet<String>,
    /// The first place that asked for credentials and got none, and that which refused them.
    wanted: Option<Url>,
    refused: Option<Url>,
    visits: Vec<Visit>,
}

/// A step. `may_sign_in`: the place that it starts from may have credentials.
#[derive(Clone, Debug)]
enum Task {
    Ask { candidate: Candidate, may_sign_in: bool },
    Follow { from: Candidate, to: Url, may_sign_in: bool },
    Readdress(String),
    Arrive(Url),
}

impl Discovery {
    /// A search that has asked nobody yet. Without `credentials`, places that ask for them have none.
    #[must_use]
    pub fn new(
        search: Search,
        transport: Arc<dyn Transport>,
        credentials: Option<Arc<dyn ServerCredentials>>,
    ) -> Self {
        let (tasks, home) = (all_of(&search, true), domain(search.address()));
        Self {
            transport,
            credentials,
            search,
            home,
            tasks,
            asked: HashMap::new(),
            question: None,
            declined: HashSet::new(),
            wanted: None,
            refused: None,
            visits: Vec::new(),
        }
    }

    /// Goes on until something is found, nothing is left, or a person must be asked.
    pub async fn run(&mut self) -> Finding {
        while let Some(task) = self.tasks.pop() {
            if let Some(finding) = self.take(task).await {
                return finding;
            }
        }
        match (&self.refused, &self.wanted) {
            (Some(url), _) => Finding::CredentialsRefused { url: url.clone() },
            (None, Some(url)) => Finding::CredentialsWanted { url: url.clone() },
            (None, None) => Finding::Nothing,
        }
    }

    /// Yes to the last [`Finding::Question`].
    pub fn agree(&mut self) {
        if let Some(host) = self.question.take() {
            self.search.agree(&host);
        }
    }

    /// No to the last [`Finding::Question`]: this host is neither asked nor asked about again.
    pub fn decline(&mut self) {
        if let Some(host) = self.question.take() {
            self.declined.insert(host);
        }
    }

    /// What was asked and heard so far, in its order.
    #[must_use]
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// Whether every place seemed unreachable: mostly the machine is offline.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        !self.visits.is_empty() && self.visits.iter().all(Visit::is_offline)
    }

    async fn take(&mut self, task: Task) -> Option<Finding> {
        match task.clone() {
            Task::Ask { candidate, may_sign_in } => {
                self.ask(candidate, may_sign_in).await;
                None
            }
            Task::Follow { from, to, may_sign_in } => match self.search.follow(&from, &to) {
                Step::Ask { candidate, credentials } => {
                    let may_sign_in = may_sign_in && credentials;
                    self.tasks.push(Task::Ask { candidate, may_sign_in });
                    None
                }
                Step::Restart => None,
                Step::Confirm { host } => self.question(task, host),
                Step::Refuse(why) => self.note_refused(to, Some(from.service), why),
            },
            Task::Readdress(address) => match self.search.readdress(&address) {
                Step::Restart => {
                    // Who agreed that a foreign domain is asked has not agreed that it gets a password.
                    let is_home = domain(self.search.address()) == self.home;
                    self.tasks = all_of(&self.search, is_home);
                    None
                }
                Step::Confirm { host } => self.question(task, host),
                Step::Ask { .. } | Step::Refuse(_) => None,
            },
            Task::Arrive(url) => match self.search.arrive(&url) {
                Place::Usable(url) => Some(Finding::Found(url)),
                Place::ExchangeOnline => Some(Finding::ExchangeOnline),
                Place::Confirm { host } => self.question(task, host),
                Place::Refuse(why) => self.note_refused(url, None, why),
            },
        }
    }

    /// Keeps the step until the question is answered.
    fn question(&mut self, task: Task, host: String) -> Option<Finding> {
        if self.declined.contains(&host) {
            return None;
        }
        self.tasks.push(task);
        self.question = Some(host.clone());
        Some(Finding::Question { host })
    }

    fn note_refused(&mut self, url: Url, service: Option<Service>, why: Refused) -> Option<Finding> {
        self.visits.push(Visit { url, service, with_credentials: false, outcome: Outcome::Refused(why) });
        None
    }

    async fn ask(&mut self, candidate: Candidate, may_sign_in: bool) {
        let may_sign_in = may_sign_in && !is_exchange_online(&candidate.url);
        let key = (self.search.address().to_lowercase(), candidate.clone());
        let transport = Arc::clone(&self.transport);
        let answer = match self.asked.get(&key) {
            None => self.send(&*transport, &candidate, false).await,
            // What a redirect led to without credentials may still be one of the organization's own places.
            Some(true) if may_sign_in => Some(Answer::Unauthorized),
            Some(_) => return,
        };
        self.asked.insert(key, answer == Some(Answer::Unauthorized) && !may_sign_in);
        match answer {
            Some(Answer::Unauthorized) if may_sign_in => self.sign_in(&candidate).await,
            Some(answer) => self.heard(&candidate, answer, may_sign_in),
            None => {}
        }
    }

    /// Asks once more, with credentials.
    async fn sign_in(&mut self, candidate: &Candidate) {
        let given = self.credentials.as_ref().filter(|_| self.refused.is_none());
        let Some(transport) = given.and_then(|given| given.transport(&candidate.url)) else {
            self.wanted.get_or_insert_with(|| candidate.url.clone());
            return;
        };
        match self.send(&*transport, candidate, true).await {
            Some(Answer::Unauthorized) => self.refused = Some(candidate.url.clone()),
            Some(answer) => self.heard(candidate, answer, true),
            None => {
                let last = self.visits.last().map(|visit| &visit.outcome);
                // What does not pass by itself may be a refusal, and is taken for one.
                if matches!(last, Some(Outcome::Unreachable(error)) if !error.is_transient()) {
                    self.refused = Some(candidate.url.clone());
                }
            }
        }
    }

    async fn send(
        &mut self,
        transport: &dyn Transport,
        candidate: &Candidate,
        with_credentials: bool,
    ) -> Option<Answer> {
        if self.visits.len() >= MOST_VISITS {
            return None;
        }
        let request = candidate.request(self.search.address()).ok()?;
        let answer: Result<Answer, NetError> = match transport.send(request, Limits::SMALL).await {
            Ok(response) => Ok(candidate.parse(&response)),
            Err(error) => Err(error),
        };
        let heard = answer.as_ref().ok().cloned();
        let outcome = answer.map_or_else(Outcome::Unreachable, Outcome::Answered);
        let (url, service) = (candidate.url.clone(), Some(candidate.service));
        self.visits.push(Visit { url, service, with_credentials, outcome });
        heard
    }

    /// Notes what an answer leads to, to be done next.
    fn heard(&mut self, candidate: &Candidate, answer: Answer, may_sign_in: bool) {
        match answer {
            Answer::Found(urls) => self.tasks.extend(urls.into_iter().rev().map(Task::Arrive)),
            Answer::Redirect(to) => {
                self.tasks.push(Task::Follow { from: candidate.clone(), to, may_sign_in })
            }
            Answer::Readdress(address) => self.tasks.push(Task::Readdress(address)),
            Answer::Unauthorized | Answer::Nothing(_) => {}
        }
    }
}

/// All places that the search names, the first one last. Exchange Online has nothing to say in XML to somebody without
/// credentials, and gets none.
fn all_of(search: &Search, may_sign_in: bool) -> Vec<Task> {
    let all = search.candidates().into_iter().rev();
    let all = all.filter(|place| place.service == Service::Json || !is_exchange_online(&place.url));
    all.map(|candidate| Task::Ask { candidate, may_sign_in }).collect()
}

fn domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or_default().to_lowercase()
}
