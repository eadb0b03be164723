//! Waiting for the browser's answer, with everything that may come in between.

use std::future::Future;
use std::io;
use std::sync::Arc;

use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::{FlowDeps, FlowEvent};
use crate::error::AuthError;
use crate::loopback::delivery::Delivery;
use crate::loopback::page::Page;
use crate::loopback::{Incoming, Reply, Server};

/// The browser's answer, and the listener that still owes the browser a page.
pub(super) struct Answer {
    pub(super) delivery: Delivery,
    server: Server,
    show: oneshot::Sender<Reply>,
}

impl Answer {
    /// Shows `page` in the browser and closes the port.
    pub(super) async fn show(self, page: Page) {
        // An error means that the browser has gone; there is nobody to tell.
        _ = self.show.send(Reply::Page(page));
        self.server.finish().await;
    }

    /// Sends the browser on to `url` in the same tab. Whether it is still there to follow.
    async fn go_on(self, url: Url) -> bool {
        let sent = self.show.send(Reply::Continue(url)).is_ok();
        self.server.finish().await;
        sent
    }
}

/// Brings the browser to `url` and waits: in the tab that still waits for a page, else in a new one.
pub(super) async fn answer(
    mut server: Server,
    url: Url,
    tab: Option<Answer>,
    deps: &FlowDeps<'_>,
    on_event: &mut (dyn FnMut(FlowEvent) + Send),
) -> Result<Answer, AuthError> {
    let deadline = Instant::now() + deps.timeout;
    let follows = match tab {
        Some(tab) => tab.go_on(url.clone()).await,
        None => false,
    };
    on_event(if follows {
        FlowEvent::Continues { url: url.clone() }
    } else {
        FlowEvent::Browser { url: url.clone() }
    });
    let browser = Arc::clone(&deps.browser);
    let mut opening = tokio::task::spawn_blocking(move || if follows { Ok(()) } else { browser.open(&url) });
    let mut opened_yet = false;
    let waiting = async {
        loop {
            tokio::select! {
                opened = &mut opening, if !opened_yet => {
                    opened_yet = true;
                    if let Ok(Err(error)) = opened {
                        on_event(FlowEvent::BrowserNotOpened { error });
                    }
                }
                incoming = server.next() => match incoming {
                    Some(Incoming::Answer(delivery, show)) => {
                        on_event(FlowEvent::Answered);
                        return Ok((delivery, show));
                    }
                    Some(Incoming::Refused(refusal)) => {
                        tracing::info!(?refusal, "a request to the sign-in listener was refused");
                        on_event(FlowEvent::Ignored { refusal });
                    }
                    Some(Incoming::Tls) => on_event(FlowEvent::BrowserSpeaksTls),
                    None => {
                        let gone = io::Error::from(io::ErrorKind::NotConnected);
                        return Err(AuthError::LoopbackUnavailable(Arc::new(gone)));
                    }
                },
            }
        }
    };
    let outcome = until_cancelled(&deps.cancel, timeout_at(deadline, waiting)).await;
    match outcome {
        Ok(Ok(Ok((delivery, show)))) => Ok(Answer { delivery, server, show }),
        Ok(Ok(Err(error))) => Err(error),
        Ok(Err(_)) => Err(AuthError::Timeout(deps.timeout)),
        Err(cancelled) => Err(cancelled),
    }
}

/// Runs `work` unless the flow is cancelled first.
pub(super) async fn until_cancelled<T>(
    cancel: &watch::Receiver<bool>,
    work: impl Future<Output = T>,
) -> Result<T, AuthError> {
    let mut cancel = cancel.clone();
    let cancelled = async {
        if cancel.wait_for(|cancelled| *cancelled).await.is_err() {
            // Nobody is left who could cancel.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        biased;
        () = cancelled => Err(AuthError::Cancelled),
        done = work => Ok(done),
    }
}
