//! A server that answers as it is told, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use convoke_net::{Limits, NetError, Transport};
use http::{Request, Response};

pub const HOST: &str = "https://graph.test";

/// One scripted answer.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

pub fn ok(body: impl Into<String>) -> Answer {
    Answer { status: 200, headers: Vec::new(), body: body.into() }
}

pub fn refuse(status: u16, code: &str) -> Answer {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"scripted"}}}}"#);
    Answer { status, headers: Vec::new(), body }
}

impl Answer {
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub target: String,
    pub token: String,
}

#[derive(Default)]
pub struct Script {
    routes: Mutex<HashMap<String, Vec<Answer>>>,
    log: Mutex<Vec<Asked>>,
    in_flight: AtomicUsize,
    pub most_in_flight: AtomicUsize,
    /// This token is refused.
    pub refused_token: Mutex<Option<&'static str>>,
    /// The request of this number (from 0) breaks off.
    pub fail_at: Mutex<Option<usize>>,
}

impl Script {
    /// What is answered below `/v1.0/`, by path with query, or by path alone. Of several answers each is given
    /// once, the last one for ever.
    pub fn on(&self, target: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        self.routes.lock().unwrap().insert(format!("/v1.0/{target}"), answers);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// The targets asked since the last call, below `/v1.0/`.
    pub fn take_targets(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.log.lock().unwrap());
        asked.into_iter().map(|asked| asked.target.trim_start_matches("/v1.0/").to_owned()).collect()
    }

    fn answer(&self, target: &str, path: &str) -> Answer {
        let mut routes = self.routes.lock().unwrap();
        let key = if routes.contains_key(target) { target } else { path };
        match routes.get_mut(key) {
            Some(answers) if answers.len() > 1 => answers.pop().unwrap(),
            Some(answers) => answers[0].clone(),
            None => refuse(404, "ErrorItemNotFound"),
        }
    }
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: Request<Bytes>, _: Limits) -> Result<Response<Bytes>, NetError> {
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_in_flight.fetch_max(now, Ordering::SeqCst);
        // Others get their turn, so that what may run at once does.
        for _ in 0..5 {
            tokio::task::yield_now().await;
        }
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
        assert_eq!(request.uri().host(), Some("graph.test"), "a token left for {}", request.uri());
        let target = request.uri().path_and_query().unwrap().to_string();
        let token = request.headers()["authorization"].to_str().unwrap().to_owned();
        let number = {
            let mut log = self.log.lock().unwrap();
            log.push(Asked { target: target.clone(), token: token.clone() });
            log.len() - 1
        };
        if *self.fail_at.lock().unwrap() == Some(number) {
            let source = Box::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
            return Err(NetError::Protocol { host: "graph.test".to_owned(), source });
        }
        let refused = self.refused_token.lock().unwrap().is_some_and(|refused| token.ends_with(refused));
        let answer = match refused {
            true => refuse(401, "InvalidAuthenticationToken"),
            false => self.answer(&target, request.uri().path()),
        };
        let mut response = Response::builder().status(answer.status);
        for (name, value) in answer.headers {
            response = response.header(name, value);
        }
        Ok(response.body(Bytes::from(answer.body)).unwrap())
    }
}
