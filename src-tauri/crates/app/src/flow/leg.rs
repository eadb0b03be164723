//! The browser leg under way: how far it is, its link, and how it is cancelled.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::snapshot::{Purpose, SignIn, SignInPhase};
use convoke_auth::browser::{Browser, NoBrowser};
use convoke_auth::id_token::KeyCache;
use convoke_auth::loopback::ListenerLimits;
use convoke_auth::random::SystemRandom;
use convoke_auth::{AuthError, FlowDeps, FlowEvent};
use convoke_model::service::Service;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

/// How a leg runs.
#[derive(Clone, Copy, Debug)]
pub struct LegOptions {
    /// Open the system browser; otherwise somebody opens the address by hand.
    pub open_browser: bool,
    /// How long to wait for the browser.
    pub timeout: Duration,
}

impl Default for LegOptions {
    fn default() -> Self {
        Self { open_browser: true, timeout: convoke_auth::flow::DEFAULT_TIMEOUT }
    }
}

/// The leg under way, or how the last one ended.
pub struct Leg {
    phase: SignInPhase,
    purpose: Purpose,
    pub(super) services: Vec<Service>,
    failure: Option<Failure>,
    url: Option<Url>,
    cancel: Option<watch::Sender<bool>>,
    /// Whether the person says that the open page demands an administrator.
    needs_approval: Arc<AtomicBool>,
    number: u64,
}

impl Default for Leg {
    fn default() -> Self {
        Self {
            phase: SignInPhase::Idle,
            purpose: Purpose::SignIn,
            services: Vec::new(),
            failure: None,
            url: None,
            cancel: None,
            needs_approval: Arc::default(),
            number: 0,
        }
    }
}

impl Leg {
    /// The leg as the window sees it.
    pub fn view(&self) -> SignIn {
        SignIn {
            phase: self.phase,
            purpose: self.purpose,
            services: self.services.clone(),
            failure: self.failure.clone(),
        }
    }

    /// The page to open while the browser is waited for.
    pub fn url(&self) -> Option<Url> {
        self.url.clone()
    }

    /// Begins a leg; the one under way is cancelled.
    fn begin(&mut self, purpose: Purpose) -> Running {
        self.stop();
        let (sender, receiver) = watch::channel(false);
        *self = Self {
            phase: SignInPhase::Browser,
            purpose,
            cancel: Some(sender),
            number: self.number + 1,
            ..Self::default()
        };
        Running { number: self.number, cancel: receiver, needs_approval: self.needs_approval.clone() }
    }

    /// Ends the wait for a page that demands an administrator. Whether one was waited for.
    pub fn give_up_for_approval(&mut self) -> bool {
        self.needs_approval.store(true, Ordering::Release);
        let waited = self.cancel.is_some();
        self.stop();
        waited
    }

    /// Cancels the leg under way.
    pub fn stop(&mut self) {
        if let Some(cancel) = self.cancel.take() {
            let _ = cancel.send(true);
        }
    }
}

/// One leg's number and the means to run it.
pub(super) struct Running {
    number: u64,
    cancel: watch::Receiver<bool>,
    needs_approval: Arc<AtomicBool>,
}

impl Running {
    /// Whether the person said that the open page demands an administrator.
    pub(super) fn needs_approval(&self) -> bool {
        self.needs_approval.load(Ordering::Acquire)
    }
}

impl App {
    /// Begins a leg and tells the window.
    pub(super) fn begin_leg(&self, purpose: Purpose) -> Running {
        let running = self.inner.lock(&self.inner.leg).begin(purpose);
        self.announce();
        running
    }

    /// Ends a leg: idle, or failed. A leg that was replaced says nothing any more.
    pub(super) fn end_leg(&self, running: &Running, result: Result<(), &Failure>) {
        let mut leg = self.inner.lock(&self.inner.leg);
        if leg.number != running.number {
            return;
        }
        leg.cancel = None;
        leg.url = None;
        // Who cancels knows it: no failure is shown for that.
        leg.failure = result.err().filter(|failure| failure.code != Code::SignInCancelled).cloned();
        leg.phase = if leg.failure.is_some() { SignInPhase::Failed } else { SignInPhase::Idle };
        drop(leg);
        self.announce();
    }

    /// What a leg works with.
    pub(super) fn flow_deps<'a>(
        &'a self,
        running: &Running,
        options: LegOptions,
        keys: &'a KeyCache,
    ) -> FlowDeps<'a> {
        let environment = self.environment();
        let browser: Arc<dyn Browser> =
            if options.open_browser { environment.browser.clone() } else { Arc::new(NoBrowser) };
        FlowDeps {
            transport: &*environment.transport,
            clock: &*environment.clock,
            random: &SystemRandom,
            keys,
            browser,
            cancel: running.cancel.clone(),
            timeout: options.timeout,
            listener: ListenerLimits::default(),
        }
    }

    /// Takes note of what happens on the way; `on_browser` hears the page's address.
    pub(super) fn on_the_way(
        &self,
        running: &Running,
        event: FlowEvent,
        on_browser: &mut (dyn FnMut(&str) + Send),
    ) {
        match event {
            FlowEvent::Browser { url } => {
                on_browser(url.as_str());
                self.update_leg(running, |leg| leg.url = Some(url));
            }
            FlowEvent::Continues { url } => self.update_leg(running, |leg| {
                leg.url = Some(url);
                leg.phase = SignInPhase::Browser;
            }),
            FlowEvent::BrowserNotOpened { error } => {
                let failure = failure::of_browser(&error);
                self.update_leg(running, |leg| leg.failure = Some(failure));
            }
            FlowEvent::Answered => self.update_leg(running, |leg| {
                leg.phase = SignInPhase::Finishing;
                leg.failure = None;
            }),
            FlowEvent::BrowserSpeaksTls | FlowEvent::Ignored { .. } => {
                tracing::info!(?event, "a request at the loopback port was refused");
            }
        }
    }

    pub(super) fn update_leg(&self, running: &Running, update: impl FnOnce(&mut Leg)) {
        let mut leg = self.inner.lock(&self.inner.leg);
        if leg.number == running.number {
            update(&mut leg);
            drop(leg);
            self.announce();
        }
    }

    /// Cancels the leg under way, and says so as a failure.
    #[must_use]
    pub fn cancelled(&self) -> Failure {
        self.inner.lock(&self.inner.leg).stop();
        failure::of_auth(&AuthError::Cancelled)
    }
}
