//! One request and the sign-in around it.

use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue};
use http::{Request, Response, StatusCode};

use super::{Identity, Ntlm, Refusal, State, leg};
use crate::cause;
use crate::connection::Asked;
use crate::error::NetError;
use crate::gate::Passage;
use crate::ntlm::{self, Attempt, NtlmError};
use crate::scheme::{Scheme, offered};

/// How often a request may start over: for a forgotten session, a closed connection, and once more.
const ATTEMPTS: usize = 3;

/// A request on its way.
pub(super) struct Exchange<'a> {
    pub(super) identity: &'a Identity,
    pub(super) state: &'a mut State,
    pub(super) request: &'a Request<Bytes>,
    pub(super) max_body_bytes: usize,
}

/// How an attempt ended.
enum Step {
    Done(Response<Bytes>),
    /// Nothing was decided: start over.
    Again,
}

/// The turn at a gate, where there is one.
type Turn = Option<Box<dyn Passage>>;

impl Exchange<'_> {
    pub(super) async fn run(mut self) -> Result<Response<Bytes>, NetError> {
        match &self.state.refused {
            None => {}
            Some(Refusal::Credentials(answer)) => return Ok(answer.clone()),
            Some(Refusal::ExtendedProtection) => return Err(self.extended_protection()),
        }
        for _ in 0..ATTEMPTS {
            if let Step::Done(answer) = self.attempt().await? {
                return Ok(answer);
            }
        }
        Err(self.state.line.not_kept())
    }

    async fn attempt(&mut self) -> Result<Step, NetError> {
        if self.state.ntlm == Ntlm::Begun {
            self.state.line.close();
        }
        if !self.state.line.is_open().await {
            self.state.ntlm = Ntlm::Fresh;
            self.state.line.open().await?;
        }
        if self.state.ntlm == Ntlm::Authenticated {
            return self.plainly().await;
        }
        match self.state.scheme {
            None => self.probe().await,
            Some(Scheme::Ntlm) => self.ntlm().await,
            Some(Scheme::Basic) => self.basic().await,
        }
    }

    /// Asks without body and credentials what the server offers.
    async fn probe(&mut self) -> Result<Step, NetError> {
        match self.ask(leg::without_body(self.request)).await? {
            Asked::NotSent => Ok(Step::Again),
            Asked::Answer(answer) if is_challenge(&answer) => self.choose(answer.headers()),
            Asked::Answer(answer) => self.unasked(answer).await,
        }
    }

    /// The server did not ask who we are: the request itself goes out as it is, unless the answer is final.
    async fn unasked(&mut self, answer: Response<Bytes>) -> Result<Step, NetError> {
        if leg::is_final(&answer) { Ok(Step::Done(answer)) } else { self.plainly().await }
    }

    /// Sends the request without credentials: on an authenticated connection, or where none were asked for.
    async fn plainly(&mut self) -> Result<Step, NetError> {
        match self.ask(self.request.clone()).await? {
            Asked::NotSent => Ok(Step::Again),
            Asked::Answer(answer) if is_challenge(&answer) => {
                // The session was forgotten: everything from the start, on a new connection.
                self.state.line.close();
                self.choose(answer.headers())
            }
            Asked::Answer(answer) => Ok(Step::Done(answer)),
        }
    }

    async fn ntlm(&mut self) -> Result<Step, NetError> {
        self.state.ntlm = Ntlm::Begun;
        let first = leg::ntlm(&ntlm::negotiate()).map_err(|error| self.broken(error))?;
        let challenge = match self.ask(leg::with(leg::without_body(self.request), first)).await? {
            Asked::NotSent => return Ok(Step::Again),
            Asked::Answer(answer) if is_challenge(&answer) => answer,
            Asked::Answer(answer) => return self.unasked(answer).await,
        };
        if Scheme::choose(&[Scheme::Ntlm], challenge.headers()).is_none() {
            return self.choose(challenge.headers());
        }
        let third = self.third(challenge.headers()).map_err(|error| self.broken(error))?;
        let Some(turn) = self.turn().await else { return Ok(self.not_sent()) };
        match self.ask(leg::with(self.request.clone(), third)).await? {
            Asked::NotSent => Ok(Step::Again),
            Asked::Answer(answer) if is_challenge(&answer) => {
                if leg::names_bindings(&answer) {
                    self.not_bound()
                } else {
                    Ok(self.refused(answer, turn).await)
                }
            }
            Asked::Answer(answer) => {
                self.state.ntlm = Ntlm::Authenticated;
                Ok(taken(answer, turn))
            }
        }
    }

    async fn basic(&mut self) -> Result<Step, NetError> {
        let Some(header) = self.identity.credentials.basic() else {
            return Err(self.no_common_scheme(vec![Scheme::Basic.name().to_owned()]));
        };
        let Some(turn) = self.turn().await else { return Ok(self.not_sent()) };
        match self.ask(leg::with(self.request.clone(), header)).await? {
            Asked::NotSent => Ok(Step::Again),
            Asked::Answer(answer) if is_challenge(&answer) => Ok(self.refused(answer, turn).await),
            Asked::Answer(answer) => Ok(taken(answer, turn)),
        }
    }

    async fn ask(&mut self, request: Request<Bytes>) -> Result<Asked, NetError> {
        self.state.line.ask(request, self.max_body_bytes).await
    }

    /// The third message, to the challenge in `headers`.
    fn third(&self, headers: &HeaderMap) -> Result<HeaderValue, NtlmError> {
        let challenge = leg::challenge(headers)?;
        let mut client_challenge = [0; 8];
        self.identity.random.fill(&mut client_challenge).map_err(|_| NtlmError::NoRandomness)?;
        let attempt = Attempt {
            credentials: &self.identity.credentials,
            service: &format!("HTTP/{}", cause::host(&self.identity.server)),
            binding: self.state.line.certificate().and_then(ntlm::tls_server_end_point),
            client_challenge,
            now: self.identity.clock.now(),
        };
        leg::ntlm(&ntlm::authenticate(&challenge, &attempt)?)
    }

    /// Settles on the first allowed scheme that is offered.
    fn choose(&mut self, headers: &HeaderMap) -> Result<Step, NetError> {
        self.state.scheme = Scheme::choose(&self.identity.allowed, headers);
        if self.state.scheme.is_some() {
            return Ok(Step::Again);
        }
        Err(self.no_common_scheme(offered(headers)))
    }

    /// Waits for the turn to send the password; `None` where it must not be sent any more.
    async fn turn(&self) -> Option<Turn> {
        match &self.identity.gate {
            Some(gate) => gate.pass().await.map(Some),
            None => Some(None),
        }
    }

    /// The password was refused elsewhere: what the server would say is known.
    fn not_sent(&mut self) -> Step {
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
        self.remember(answer.clone());
        Step::Done(answer)
    }

    /// The credentials were refused by `answer`: they are not sent again.
    async fn refused(&mut self, answer: Response<Bytes>, turn: Turn) -> Step {
        if let Some(passage) = turn {
            passage.refused().await;
        }
        let (parts, body) = answer.into_parts();
        self.remember(Response::from_parts(parts.clone(), Bytes::new()));
        Step::Done(Response::from_parts(parts, body))
    }

    fn remember(&mut self, refusal: Response<Bytes>) {
        self.state.refused = Some(Refusal::Credentials(refusal));
        self.state.line.close();
    }

    /// The channel bindings were refused. Whatever the password, they would be again.
    fn not_bound(&mut self) -> Result<Step, NetError> {
        self.state.refused = Some(Refusal::ExtendedProtection);
        self.state.line.close();
        Err(self.extended_protection())
    }

    fn extended_protection(&self) -> NetError {
        NetError::ExtendedProtection { host: cause::host(&self.identity.server) }
    }

    fn no_common_scheme(&self, offered: Vec<String>) -> NetError {
        NetError::NoCommonScheme { host: cause::host(&self.identity.server), offered }
    }

    fn broken(&self, source: NtlmError) -> NetError {
        NetError::Ntlm { host: cause::host(&self.identity.server), source }
    }
}

/// The credentials were good enough for `answer`.
fn taken(answer: Response<Bytes>, turn: Turn) -> Step {
    if let Some(passage) = turn {
        passage.taken();
    }
    Step::Done(answer)
}

fn is_challenge(answer: &Response<Bytes>) -> bool {
    answer.status() == StatusCode::UNAUTHORIZED
}
