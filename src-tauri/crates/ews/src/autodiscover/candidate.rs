//! A place to ask.

use bytes::Bytes;
use http::header::LOCATION;
use http::{Request, Response};
use url::Url;

use super::{json, pox};
use crate::error::EwsError;
use crate::refusal::is_html;

/// A place to ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// Its address.
    pub url: Url,
    /// What it is asked.
    pub service: Service,
}

/// The two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Autodiscover v2: JSON, and asked without credentials.
    Json,
    /// "Plain old XML", for which most servers want credentials.
    Pox,
}

/// What a place answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Addresses of EWS, the one for use from anywhere first. To be ruled on by
    /// [`Search::arrive`](super::Search::arrive).
    Found(Vec<Url>),
    /// Ask there instead. To be ruled on by [`Search::follow`](super::Search::follow).
    Redirect(Url),
    /// Ask about this address instead. To be ruled on by [`Search::readdress`](super::Search::readdress).
    Readdress(String),
    /// It wants credentials, or not these. Says nothing of other places.
    Unauthorized,
    /// Nothing; the next place may know.
    Nothing(Nothing),
}

/// Why a place had nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// The HTTP status says so.
    Status(u16),
    /// It is no Autodiscover: a web site, or something that can't be read.
    NotAutodiscover,
    /// It says that it has none.
    Error {
        /// Its code.
        code: String,
        /// Its text, cropped.
        message: String,
    },
}

impl Candidate {
    /// The question about a mail address. Whether credentials may go along is the search's to say.
    ///
    /// # Errors
    /// [`EwsError`] where it could not be built.
    pub fn request(&self, address: &str) -> Result<Request<Bytes>, EwsError> {
        match self.service {
            Service::Json => json::request(&self.url, address),
            Service::Pox => pox::request(&self.url, address),
        }
    }

    /// What the answer means. There are no errors: what can't be read is nothing, and the next place is
    /// asked.
    #[must_use]
    pub fn parse(&self, response: &Response<Bytes>) -> Answer {
        let status = response.status();
        if status.is_redirection() {
            return self
                .redirect(response)
                .map_or(Answer::Nothing(Nothing::Status(status.as_u16())), Answer::Redirect);
        }
        match status.as_u16() {
            401 => Answer::Unauthorized,
            200 if is_html(response.headers()) => Answer::Nothing(Nothing::NotAutodiscover),
            200 => self.read(response.body()),
            // v2 explains its refusals.
            400..=499 if self.service == Service::Json => match json::error(response.body()) {
                Some(error) => Answer::Nothing(error),
                None => Answer::Nothing(Nothing::Status(status.as_u16())),
            },
            status => Answer::Nothing(Nothing::Status(status)),
        }
    }

    fn read(&self, body: &Bytes) -> Answer {
        let answer = match self.service {
            Service::Json => json::answer(body),
            Service::Pox => pox::answer(body),
        };
        answer.unwrap_or(Answer::Nothing(Nothing::NotAutodiscover))
    }

    fn redirect(&self, response: &Response<Bytes>) -> Option<Url> {
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        self.url.join(location).ok()
    }
}
