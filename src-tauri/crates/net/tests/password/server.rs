//! A server on this machine that authenticates as IIS does: NTLM belongs to the connection.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONNECTION, HeaderMap, LOCATION, WWW_AUTHENTICATE};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::arithmetic::{Account, Proven, challenge, check, named};

pub const ANN: Account = Account { domain: "CONTOSO", user: "ann", password: "pässword 1!" };

/// What a request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// No credentials.
    Bare,
    First,
    Third,
    Basic,
}

/// How the server behaves beside what the protocol says.
#[derive(Clone)]
pub struct Behaviour {
    pub account: Account,
    pub offers: &'static [&'static str],
    pub time: Option<[u8; 8]>,
    /// The channel bindings that it insists on.
    pub binding: Option<[u8; 16]>,
    /// Whether it says so when they do not fit.
    pub tells: bool,
    /// How many more challenges end their connection.
    pub closes_after_challenge: usize,
    /// Requests on an authenticated connection before it forgets whose that is.
    pub forgets_after: usize,
    /// Whether it ends the connection with each good answer.
    pub closes_after_answer: bool,
    /// Sends this leg elsewhere.
    pub redirects: Option<(Leg, String)>,
    /// Answers this leg with a status and nothing else.
    pub answers: Option<(Leg, StatusCode)>,
    /// Never answers this leg, once.
    pub hangs: Option<Leg>,
    /// Sent in place of a challenge.
    pub challenge: Option<&'static str>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            account: ANN,
            offers: &["Negotiate", "NTLM"],
            time: Some(*b"\x00\x40\x3e\xd5\xde\xb1\x9d\x01"),
            binding: None,
            tells: false,
            closes_after_challenge: 0,
            forgets_after: usize::MAX,
            closes_after_answer: false,
            redirects: None,
            answers: None,
            hangs: None,
            challenge: None,
        }
    }
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub connection: usize,
    pub leg: Leg,
    pub body: Bytes,
    pub headers: HeaderMap,
    pub path: String,
}

/// What the server remembers.
#[derive(Default)]
pub struct Record {
    pub connections: usize,
    pub seen: Vec<Seen>,
    /// Wrong proofs; a directory would lock the account over these.
    pub failures: usize,
    /// Third messages that were right.
    pub proven: Vec<Proven>,
    /// Names in third messages, right or wrong.
    pub names: Vec<(String, String)>,
    pub alpn: Vec<Option<Vec<u8>>>,
}

impl Record {
    pub fn legs(&self) -> Vec<Leg> {
        self.seen.iter().map(|seen| seen.leg).collect()
    }
}

pub struct Server {
    pub port: u16,
    record: Arc<Mutex<Record>>,
    behaviour: Arc<Mutex<Behaviour>>,
}

/// Whose connection it is.
enum Session {
    Nobody,
    Challenged { negotiate: Vec<u8>, challenge: Vec<u8> },
    Authenticated { served: usize },
}

impl Server {
    pub async fn start(behaviour: Behaviour, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let record = Arc::new(Mutex::new(Record::default()));
        let shared = Arc::clone(&record);
        let behaviour = Arc::new(Mutex::new(behaviour));
        let changeable = Arc::clone(&behaviour);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (tls, behaviour, record) = (tls.clone(), Arc::clone(&behaviour), Arc::clone(&shared));
                tokio::spawn(async move {
                    let Some(tls) = tls else {
                        return serve(stream, behaviour, record).await;
                    };
                    if let Ok(stream) = tls.accept(stream).await {
                        let alpn = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
                        record.lock().unwrap().alpn.push(alpn);
                        serve(stream, behaviour, record).await;
                    }
                });
            }
        });
        Self { port, record, behaviour: changeable }
    }

    /// Changes how it behaves from now on.
    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour.lock().unwrap());
    }

    /// What arrived so far. A connection that was left for a newer one must not be used again.
    pub fn record<T>(&self, read: impl FnOnce(&Record) -> T) -> T {
        let record = self.record.lock().unwrap();
        assert!(record.seen.is_sorted_by_key(|seen| seen.connection), "two connections at once");
        read(&record)
    }
}

async fn serve<S>(stream: S, behaviour: Arc<Mutex<Behaviour>>, record: Arc<Mutex<Record>>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = {
        let mut record = record.lock().unwrap();
        record.connections += 1;
        record.connections
    };
    let session = Arc::new(Mutex::new(Session::Nobody));
    let service = service_fn(move |request: Request<Incoming>| {
        let (behaviour, record) = (Arc::clone(&behaviour), Arc::clone(&record));
        let session = Arc::clone(&session);
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let header = parts.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
            let leg = leg(header.as_deref());
            let path = parts.uri.to_string();
            record.lock().unwrap().seen.push(Seen { connection, leg, body, headers: parts.headers, path });
            if behaviour.lock().unwrap().hangs.take_if(|hangs| *hangs == leg).is_some() {
                std::future::pending::<()>().await;
            }
            let mut record = record.lock().unwrap();
            let mut behaviour = behaviour.lock().unwrap();
            let answer = answer(&mut behaviour, &mut record, &mut session.lock().unwrap(), leg, header);
            Ok::<_, Infallible>(answer)
        }
    });
    drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}

fn leg(header: Option<&str>) -> Leg {
    match header.map(|header| header.split_once(' ').unwrap()) {
        None => Leg::Bare,
        Some(("Basic", _)) => Leg::Basic,
        Some(("NTLM", token)) => match STANDARD.decode(token).unwrap()[8] {
            1 => Leg::First,
            3 => Leg::Third,
            other => panic!("message {other}"),
        },
        Some((other, _)) => panic!("{other}"),
    }
}

type Answer = Response<Full<Bytes>>;

fn answer(
    behaviour: &mut Behaviour,
    record: &mut Record,
    session: &mut Session,
    leg: Leg,
    header: Option<String>,
) -> Answer {
    if let Some((at, to)) = &behaviour.redirects
        && *at == leg
    {
        let redirect = Response::builder().status(StatusCode::TEMPORARY_REDIRECT).header(LOCATION, to);
        return redirect.body(Full::default()).unwrap();
    }
    if let Some((at, status)) = behaviour.answers
        && at == leg
    {
        return Response::builder().status(status).body(Full::default()).unwrap();
    }
    let token = header.as_deref().and_then(|header| header.split_once(' ')).map(|(_, token)| token);
    match leg {
        Leg::Bare => bare(behaviour, session),
        Leg::First => first(behaviour, record, session, &STANDARD.decode(token.unwrap()).unwrap()),
        Leg::Third => third(behaviour, record, session, &STANDARD.decode(token.unwrap()).unwrap()),
        Leg::Basic => basic(behaviour, record, token.unwrap()),
    }
}

fn bare(behaviour: &Behaviour, session: &mut Session) -> Answer {
    match session {
        _ if behaviour.offers.is_empty() => served(behaviour),
        Session::Authenticated { served: count } if *count < behaviour.forgets_after => {
            *count += 1;
            served(behaviour)
        }
        _ => {
            *session = Session::Nobody;
            refused(behaviour, "")
        }
    }
}

fn first(behaviour: &mut Behaviour, record: &Record, session: &mut Session, message: &[u8]) -> Answer {
    let nonce = (record.seen.len() as u64 ^ 0x0123_4567_89ab_cdef).to_be_bytes();
    let challenge = challenge(nonce, behaviour.account.domain, behaviour.time);
    let text =
        behaviour.challenge.map_or_else(|| format!("NTLM {}", STANDARD.encode(&challenge)), str::to_owned);
    *session = Session::Challenged { negotiate: message.to_vec(), challenge };
    let mut answer = refused(behaviour, "");
    answer.headers_mut().remove(WWW_AUTHENTICATE);
    answer.headers_mut().append(WWW_AUTHENTICATE, text.parse().unwrap());
    if behaviour.closes_after_challenge > 0 {
        behaviour.closes_after_challenge -= 1;
        answer.headers_mut().insert(CONNECTION, "close".parse().unwrap());
    }
    answer
}

fn third(behaviour: &Behaviour, record: &mut Record, session: &mut Session, message: &[u8]) -> Answer {
    let Session::Challenged { negotiate, challenge } = std::mem::replace(session, Session::Nobody) else {
        panic!("a third message on a connection that has no challenge");
    };
    record.names.push(named(message));
    let Some(proven) = check(&negotiate, &challenge, message, &behaviour.account) else {
        record.failures += 1;
        return refused(behaviour, "401.1");
    };
    if let Some(binding) = behaviour.binding
        && proven.pairs.get(&10).is_none_or(|sent| *sent != binding)
    {
        record.failures += 1;
        return refused(behaviour, if behaviour.tells { "<td>0x80090346</td>" } else { "401.1" });
    }
    record.proven.push(proven);
    *session = Session::Authenticated { served: 0 };
    served(behaviour)
}

fn basic(behaviour: &Behaviour, record: &mut Record, token: &str) -> Answer {
    let Account { domain, user, password } = behaviour.account;
    if token == STANDARD.encode(format!("{domain}\\{user}:{password}")) {
        return served(behaviour);
    }
    record.failures += 1;
    refused(behaviour, "401.1")
}

fn served(behaviour: &Behaviour) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(b"served")));
    if behaviour.closes_after_answer {
        answer.headers_mut().insert(CONNECTION, "close".parse().unwrap());
    }
    answer
}

fn refused(behaviour: &Behaviour, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    for offer in behaviour.offers {
        answer.headers_mut().append(WWW_AUTHENTICATE, offer.parse().unwrap());
    }
    answer
}
