//! What the simulated tenant is told: who may consent, and to play a person.

use super::program::User;
use crate::code::{Code, Failure};
use crate::failure;
use bytes::Bytes;
use convoke_auth::browser::{Browser, BrowserError};
use convoke_net::{Limits, Transport};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use url::Url;

/// The tenant's control address.
#[derive(Clone)]
pub(super) struct Control {
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// The address, without trailing slash.
    pub address: String,
}

impl Control {
    /// `POST path`.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.send("POST", path, body).await
    }

    /// Everything as on the first day, under a policy on who may consent.
    pub async fn start_anew(&self, consent: &str) -> Result<(), Failure> {
        self.post("grants", &json!({"action": "withdraw"})).await?;
        self.send("DELETE", "sessions", &Value::Null).await?;
        self.post("consent", &json!({"policy": consent})).await.map(drop)
    }

    async fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, Failure> {
        let unexpected = |detail: String| Failure::new(Code::UnexpectedAnswer).with_detail(detail);
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}/{path}", self.address))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(Bytes::from(body.to_string()))
            .map_err(|error| unexpected(error.to_string()))?;
        let sent = self.transport.send(request, Limits::SMALL).await;
        let answer = sent.map_err(|error| failure::of_net(&error))?;
        if !answer.status().is_success() {
            return Err(unexpected(format!("{path}: {}", String::from_utf8_lossy(answer.body()))));
        }
        serde_json::from_slice(answer.body()).map_err(|error| unexpected(error.to_string()))
    }
}

/// The browser of a person whom the tenant plays.
pub(super) struct PlayedBrowser {
    control: Control,
    user: User,
    does: Mutex<&'static str>,
    runtime: Handle,
    visits: Mutex<Vec<JoinHandle<Result<Value, Failure>>>>,
}

impl PlayedBrowser {
    /// The browser of `user`, who grants what is asked.
    pub fn of(control: Control, user: User) -> Self {
        let does = Mutex::new("grants");
        Self { control, user, does, runtime: Handle::current(), visits: Mutex::default() }
    }

    /// The person.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// What the person does on every page from now on, in the tenant's words.
    pub fn will(&self, does: &'static str) {
        *self.does.lock().unwrap_or_else(PoisonError::into_inner) = does;
    }

    /// The titles of the pages that were met since the last call; waits until the person is done with them.
    pub async fn pages(&self) -> Result<Vec<String>, Failure> {
        let visits = std::mem::take(&mut *self.visits.lock().unwrap_or_else(PoisonError::into_inner));
        let mut pages = Vec::new();
        for visit in visits {
            let answer = visit.await;
            let answer =
                answer.map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))??;
            let titles = answer["pages"].as_array().into_iter().flatten();
            pages.extend(titles.filter_map(Value::as_str).map(str::to_owned));
        }
        Ok(pages)
    }
}

impl Browser for PlayedBrowser {
    /// Returns at once: the person answers while the sign-in waits.
    fn open(&self, url: &Url) -> Result<(), BrowserError> {
        let (control, user) = (self.control.clone(), &self.user);
        let does = *self.does.lock().unwrap_or_else(PoisonError::into_inner);
        let visit = json!({
            "url": url, "username": user.username, "password": user.password, "does": does,
        });
        let visit = self.runtime.spawn(async move { control.post("visit", &visit).await });
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).push(visit);
        Ok(())
    }
}
