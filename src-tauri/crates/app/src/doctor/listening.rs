//! A transport that notes what the answers say about the server's clock.

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use convoke_model::clock::Clock;
use convoke_net::{Limits, NetError, Transport};
use http::header::{AGE, DATE};
use http::{HeaderMap, HeaderName, Request, Response};
use std::sync::{Mutex, PoisonError};

/// Passes on, and notes.
pub struct Listening<'a> {
    inner: &'a dyn Transport,
    clock: &'a dyn Clock,
    heard: Mutex<Heard>,
}

/// What was heard so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard {
    /// Whether anything answered.
    pub answered: bool,
    /// By how much this computer's clock is ahead of the server's.
    pub ahead: Option<TimeDelta>,
}

impl<'a> Listening<'a> {
    /// Over `inner`, by the time of `clock`.
    pub fn new(inner: &'a dyn Transport, clock: &'a dyn Clock) -> Self {
        Self { inner, clock, heard: Mutex::default() }
    }

    /// What was heard so far.
    pub fn heard(&self) -> Heard {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Transport for Listening<'_> {
    async fn send(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        let answer = self.inner.send(request, limits).await?;
        let ahead = time_of(answer.headers()).map(|server| self.clock.now() - server);
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Heard { answered: true, ahead };
        Ok(answer)
    }
}

/// When the answer left: `Date`, and how long a cache on the way has kept it (RFC 9110 §6.6.1, RFC 9111 §5.1).
fn time_of(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let date = DateTime::parse_from_rfc2822(text(DATE)?.trim()).ok()?.with_timezone(&Utc);
    let age = text(AGE).and_then(|age| age.trim().parse::<u32>().ok()).unwrap_or_default();
    date.checked_add_signed(TimeDelta::seconds(i64::from(age)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use http::HeaderValue;

    #[test]
    fn the_date_of_a_kept_answer_counts_with_its_age() {
        let mut headers = HeaderMap::new();
        assert_eq!(time_of(&headers), None);
        headers.insert(DATE, HeaderValue::from_static("Wed, 04 Mar 2026 10:02:00 GMT"));
        let at = Utc.with_ymd_and_hms(2026, 3, 4, 10, 2, 0).unwrap();
        assert_eq!(time_of(&headers), Some(at));
        headers.insert(AGE, HeaderValue::from_static("90"));
        assert_eq!(time_of(&headers), Some(at + TimeDelta::seconds(90)));
        headers.insert(AGE, HeaderValue::from_static("old"));
        assert_eq!(time_of(&headers), Some(at));
        headers.insert(DATE, HeaderValue::from_static("soon"));
        assert_eq!(time_of(&headers), None);
    }
}
