//! An Exchange server that answers as it is told, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use convoke_net::{Limits, NetError, Transport};
use http::{HeaderMap, Request, Response};

use super::answers::{self, xml};
use crate::script::Answer;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GetItem`, …; `GetUserPhoto` for the GET of a photo.
    pub operation: String,
    /// The envelope; of a GET the address.
    pub body: String,
    pub headers: HeaderMap,
}

impl Asked {
    /// The ids that are asked for.
    pub fn ids(&self) -> Vec<&str> {
        self.body.split("<t:ItemId Id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// The version that is asked in.
    pub fn is_version(&self, version: &str) -> bool {
        self.body.contains(&format!("RequestServerVersion Version=\"{version}\""))
    }
}

type Answers = Box<dyn FnMut() -> Answer + Send>;

#[derive(Default)]
pub struct Exchange {
    rules: Mutex<HashMap<(String, String), Answers>>,
    items: Mutex<HashMap<String, Vec<String>>>,
    log: Mutex<Vec<Asked>>,
    in_flight: AtomicUsize,
    pub most_in_flight: AtomicUsize,
    /// The request of this number (from 0) breaks off.
    pub fail_at: Mutex<Option<usize>>,
    /// The answer to a request with one of these attributes (ids, dates) is larger than the transport takes.
    pub huge: Mutex<Vec<&'static str>>,
}

impl Exchange {
    /// What an operation is answered. Of several answers each is given once, the last one for ever.
    pub fn on(&self, operation: &str, answers: impl IntoIterator<Item = Answer>) {
        self.on_with(operation, "", answers);
    }

    /// As [`Self::on`], for requests that have `text` in them; the longest one counts.
    pub fn on_with(&self, operation: &str, text: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        let next = move || if answers.len() > 1 { answers.pop().unwrap() } else { answers[0].clone() };
        self.on_each(operation, text, next);
    }

    /// As [`Self::on_with`], with answers without end.
    pub fn on_each(&self, operation: &str, text: &str, next: impl FnMut() -> Answer + Send + 'static) {
        self.rules.lock().unwrap().insert((operation.to_owned(), text.to_owned()), Box::new(next));
    }

    /// The message that `GetItem` gives for an id; of several, as with [`Self::on`]. An id without one is gone.
    pub fn item(&self, id: &str, messages: impl IntoIterator<Item = String>) {
        let mut messages: Vec<String> = messages.into_iter().collect();
        messages.reverse();
        self.items.lock().unwrap().insert(id.to_owned(), messages);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// What was asked since the last call.
    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    /// As [`Self::take`], the operations alone.
    pub fn take_operations(&self) -> Vec<String> {
        self.take().into_iter().map(|asked| asked.operation).collect()
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let mut rules = self.rules.lock().unwrap();
        let fitting = rules
            .keys()
            .filter(|(operation, text)| *operation == asked.operation && asked.body.contains(text.as_str()));
        let rule = fitting.max_by_key(|(_, text)| text.len()).cloned();
        match rule {
            Some(rule) => rules.get_mut(&rule).unwrap()(),
            None if asked.operation == "GetItem" => self.get_item(asked),
            None => panic!("nobody said what to answer to {asked:?}"),
        }
    }

    fn get_item(&self, asked: &Asked) -> Answer {
        let mut items = self.items.lock().unwrap();
        let messages = asked.ids().into_iter().map(|id| match items.get_mut(id) {
            Some(messages) if messages.len() > 1 => messages.pop().unwrap(),
            Some(messages) => messages[0].clone(),
            None => answers::failure("GetItem", "ErrorItemNotFound"),
        });
        answers::messages("GetItem", &messages.collect::<String>())
    }
}

fn asked(request: &Request<Bytes>) -> Asked {
    let headers = request.headers().clone();
    if request.method() == "GET" {
        return Asked { operation: "GetUserPhoto".to_owned(), body: request.uri().to_string(), headers };
    }
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    let (_, operation) = body.split_once("<soap:Body><m:").unwrap();
    let operation = operation.split([' ', '>', '/']).next().unwrap().to_owned();
    Asked { operation, body, headers }
}

#[async_trait]
impl Transport for Exchange {
    async fn send(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_in_flight.fetch_max(now, Ordering::SeqCst);
        // Others get their turn, so that what may run at once does.
        for _ in 0..5 {
            tokio::task::yield_now().await;
        }
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
        assert_eq!(request.uri().host(), Some("mail.test"), "a request left for {}", request.uri());
        let asked = asked(&request);
        let number = {
            let mut log = self.log.lock().unwrap();
            log.push(asked.clone());
            log.len() - 1
        };
        if *self.fail_at.lock().unwrap() == Some(number) {
            let source = Box::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
            return Err(NetError::Protocol { host: "mail.test".to_owned(), source });
        }
        let is_huge = |text: &&str| asked.body.contains(&format!("\"{text}\""));
        if self.huge.lock().unwrap().iter().any(is_huge) {
            return Err(NetError::BodyTooLarge {
                host: "mail.test".to_owned(),
                limit: limits.max_body_bytes,
            });
        }
        let answer = self.answer(&asked);
        let mut response = Response::builder().status(answer.status);
        for (name, value) in answer.headers.iter().chain(&xml(&answer)) {
            response = response.header(*name, value);
        }
        Ok(response.body(Bytes::from(answer.body)).unwrap())
    }
}
