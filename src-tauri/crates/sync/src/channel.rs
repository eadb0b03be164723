//! The line to one server: how many may ask at once, with which token, and whether anybody may ask at all.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use convoke_model::clock::Clock;
use convoke_net::{Limits, Transport};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, Response};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::RoundError;
use crate::meter::Meter;
use crate::pause::Pause;
use crate::token::{Secret, TokenSource};

/// The pause where the server names none (MSAL waits as long).
pub(crate) const DEFAULT_PAUSE: Duration = Duration::seconds(60);

/// The status of a pause that others were told: it is not kept.
const SHARED: u16 = 503;

/// The claims that an answer asks for when it refuses a token; mostly none.
pub(crate) type Claims = Option<String>;

/// `Some` where an answer refuses the credentials.
pub(crate) type Refused = fn(&Response<Bytes>) -> Option<Claims>;

/// What a line is made of.
pub(crate) struct ChannelParts {
    pub transport: Arc<dyn Transport>,
    /// `None`: the transport itself authenticates.
    pub tokens: Option<Arc<dyn TokenSource>>,
    pub clock: Arc<dyn Clock>,
    /// Requests that may be in flight at once.
    pub most: usize,
    /// What others were told of a pause, and are to be told.
    pub pause: Option<Arc<dyn Pause>>,
    /// What it means that an answer refuses a fresh token too.
    pub refusal: fn(&Response<Bytes>) -> RoundError,
}

/// One server with the pause that it asked for, shared by all rounds of all services.
pub(crate) struct Channel {
    transport: Arc<dyn Transport>,
    tokens: Option<Arc<dyn TokenSource>>,
    clock: Arc<dyn Clock>,
    in_flight: Semaphore,
    /// Before this instant the server wants to hear nothing, and the status that said so.
    pause: Mutex<Option<(DateTime<Utc>, u16)>>,
    shared_pause: Option<Arc<dyn Pause>>,
    refusal: fn(&Response<Bytes>) -> RoundError,
    /// The token that was refused last, so that two requests with it cause one refresh.
    refused: tokio::sync::Mutex<Option<Secret>>,
    /// The transport's credentials were refused.
    shut: AtomicBool,
}

/// The right to ask now. What the answer says is to be told before it is given back.
pub(crate) struct Turn<'a> {
    channel: &'a Channel,
    _permit: SemaphorePermit<'a>,
}

impl Channel {
    pub(crate) fn new(parts: ChannelParts) -> Self {
        Self {
            transport: parts.transport,
            tokens: parts.tokens,
            clock: parts.clock,
            in_flight: Semaphore::new(parts.most),
            pause: Mutex::default(),
            shared_pause: parts.pause,
            refusal: parts.refusal,
            refused: tokio::sync::Mutex::default(),
            shut: AtomicBool::default(),
        }
    }

    pub(crate) async fn turn(&self) -> Result<Turn<'_>, RoundError> {
        let permit = self.in_flight.acquire().await.map_err(|_| RoundError::Interrupted)?;
        Ok(Turn { channel: self, _permit: permit })
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    async fn exchange(&self, request: Request<Bytes>, meter: &Meter) -> Result<Response<Bytes>, RoundError> {
        self.check_pause()?;
        meter.request();
        let response = self.transport.send(request, Limits::PAGE).await?;
        meter.received(response.body().len());
        Ok(response)
    }

    fn check_pause(&self) -> Result<(), RoundError> {
        if let Some(at) = self.shared_pause.as_ref().and_then(|shared| shared.until()) {
            return Err(RoundError::RetryAt { at, status: SHARED });
        }
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        match *pause {
            Some((at, status)) if self.clock.now() < at => Err(RoundError::RetryAt { at, status }),
            _ => {
                *pause = None;
                Ok(())
            }
        }
    }

    /// Tells the source once that `token` is refused, however many requests found out.
    async fn reject(&self, tokens: &dyn TokenSource, token: Secret, claims: Claims) {
        let mut refused = self.refused.lock().await;
        if refused.as_ref() != Some(&token) {
            tokens.rejected(claims).await;
            *refused = Some(token);
        }
    }
}

impl Turn<'_> {
    /// Sends a request with credentials. A refused token is replaced once and the request sent again; the
    /// transport's own credentials are never tried twice, since every try counts towards locking the account.
    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
        meter: &Meter,
        refused: Refused,
    ) -> Result<Response<Bytes>, RoundError> {
        match &self.channel.tokens {
            Some(tokens) => self.send_with_token(&**tokens, request, meter, refused).await,
            None => self.send_as_it_is(request, meter, refused).await,
        }
    }

    async fn send_with_token(
        &self,
        tokens: &dyn TokenSource,
        request: Request<Bytes>,
        meter: &Meter,
        refused: Refused,
    ) -> Result<Response<Bytes>, RoundError> {
        // No token is asked for during a pause either.
        self.channel.check_pause()?;
        let token = tokens.token().await?;
        let response = self.channel.exchange(bearing(request.clone(), &token)?, meter).await?;
        let Some(claims) = refused(&response) else {
            return Ok(response);
        };
        self.channel.reject(tokens, token, claims).await;
        let token = tokens.token().await?;
        let response = self.channel.exchange(bearing(request, &token)?, meter).await?;
        match refused(&response) {
            Some(_) => Err((self.channel.refusal)(&response)),
            None => Ok(response),
        }
    }

    async fn send_as_it_is(
        &self,
        request: Request<Bytes>,
        meter: &Meter,
        refused: Refused,
    ) -> Result<Response<Bytes>, RoundError> {
        if self.channel.shut.load(Ordering::Relaxed) {
            return Err(RoundError::CredentialsRefused);
        }
        let response = self.channel.exchange(request, meter).await?;
        if refused(&response).is_none() {
            return Ok(response);
        }
        self.channel.shut.store(true, Ordering::Relaxed);
        Err(RoundError::CredentialsRefused)
    }

    /// Notes that the server asked for a pause: of that length, or of the default one. An earlier, longer pause
    /// holds on.
    pub(crate) fn pause(&self, wait: Option<std::time::Duration>, status: u16) -> RoundError {
        let wait = wait.and_then(|wait| Duration::from_std(wait).ok()).unwrap_or(DEFAULT_PAUSE);
        let at = self.now() + wait;
        let mut pause = self.channel.pause.lock().unwrap_or_else(PoisonError::into_inner);
        let at = pause.map_or(at, |(earlier, _)| at.max(earlier));
        *pause = Some((at, status));
        if let Some(shared) = &self.channel.shared_pause {
            shared.keep(at);
        }
        RoundError::RetryAt { at, status }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.channel.now()
    }
}

fn bearing(mut request: Request<Bytes>, token: &Secret) -> Result<Request<Bytes>, RoundError> {
    let mut value =
        HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| RoundError::Unauthorized)?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use convoke_net::NetError;

    struct Nobody;

    #[async_trait]
    impl Transport for Nobody {
        async fn send(&self, _: Request<Bytes>, _: Limits) -> Result<Response<Bytes>, NetError> {
            Err(NetError::NotAllowed { url: String::new() })
        }
    }

    #[derive(Default)]
    struct Shared(Mutex<Option<DateTime<Utc>>>);

    impl Pause for Shared {
        fn until(&self) -> Option<DateTime<Utc>> {
            *self.0.lock().unwrap()
        }

        fn keep(&self, until: DateTime<Utc>) {
            *self.0.lock().unwrap() = Some(until);
        }
    }

    fn channel(shared: &Arc<Shared>) -> Channel {
        let pause: Arc<dyn Pause> = shared.clone();
        let clock = Arc::new(|| DateTime::UNIX_EPOCH);
        Channel::new(ChannelParts {
            transport: Arc::new(Nobody),
            tokens: None,
            clock,
            most: 1,
            pause: Some(pause),
            refusal: |_| RoundError::Unauthorized,
        })
    }

    #[tokio::test]
    async fn a_pause_that_one_is_told_of_holds_for_all_at_their_next_request() {
        let shared = Arc::new(Shared::default());
        let (told, other) = (channel(&shared), channel(&shared));
        assert!(other.check_pause().is_ok());
        let pause = told.turn().await.unwrap().pause(Some(std::time::Duration::from_secs(7)), 503);
        assert!(matches!(pause, RoundError::RetryAt { .. }));
        let at = DateTime::UNIX_EPOCH + Duration::seconds(7);
        assert!(matches!(other.check_pause(), Err(RoundError::RetryAt { at: until, .. }) if until == at));
    }
}
