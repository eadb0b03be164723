//! Calls to something that may never return, each with an end.
//!
//! One thread does the calls in order. A caller waits for its own answer only so long. A thread that has been
//! stuck for a while is abandoned to its fate, and the next call gets a fresh one; of those there are few, so
//! that a dead daemon can't fill the process with threads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The most threads that are abandoned in the life of a process.
const MOST_ABANDONED: usize = 8;

/// Calls that may wait for the thread.
const QUEUE: usize = 64;

type Job<S> = Box<dyn FnOnce(&mut S) + Send>;

/// No answer in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoAnswer;

/// Runs jobs on a state `S` that lives on a thread of its own.
pub(super) struct Worker<S> {
    make: fn() -> S,
    patience: Duration,
    inner: Mutex<Inner<S>>,
}

struct Inner<S> {
    jobs: Option<SyncSender<Job<S>>>,
    /// Since when the thread owes an answer.
    silent_since: Option<Instant>,
    abandoned: usize,
}

impl<S: 'static> Worker<S> {
    /// `make` makes the state on the thread; a thread that is silent for `patience` is given up.
    pub(super) fn new(make: fn() -> S, patience: Duration) -> Self {
        Self { make, patience, inner: Mutex::new(Inner { jobs: None, silent_since: None, abandoned: 0 }) }
    }

    /// Runs `job` and waits at most `limit` for its result.
    pub(super) fn call<T: Send + 'static>(
        &self,
        limit: Duration,
        job: impl FnOnce(&mut S) -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        let (send, receive) = sync_channel(1);
        let given_up = Arc::new(AtomicBool::new(false));
        let skip = Arc::clone(&given_up);
        let job: Job<S> = Box::new(move |state| {
            // A job whose caller was told "no" must not write later what nobody wants any more.
            if !skip.load(Ordering::Acquire) {
                drop(send.send(job(state)));
            }
        });
        self.submit(job)?;
        match receive.recv_timeout(limit) {
            Ok(answer) => {
                self.lock().silent_since = None;
                Ok(answer)
            }
            Err(RecvTimeoutError::Timeout) => {
                given_up.store(true, Ordering::Release);
                let mut inner = self.lock();
                if inner.silent_since.is_some_and(|since| since.elapsed() >= self.patience) {
                    inner.abandon();
                }
                Err(NoAnswer)
            }
            Err(RecvTimeoutError::Disconnected) => {
                // The job panicked and took its thread along.
                let mut inner = self.lock();
                inner.jobs = None;
                inner.silent_since = None;
                Err(NoAnswer)
            }
        }
    }

    fn submit(&self, job: Job<S>) -> Result<(), NoAnswer> {
        let mut inner = self.lock();
        if inner.jobs.is_none() {
            if inner.abandoned > MOST_ABANDONED {
                return Err(NoAnswer);
            }
            inner.jobs = Some(self.start()?);
        }
        let sent = inner.jobs.as_ref().map_or(Err(NoAnswer), |jobs| match jobs.try_send(job) {
            Ok(()) => Ok(()),
            Err(_) => Err(NoAnswer),
        });
        if sent.is_ok() {
            inner.silent_since.get_or_insert_with(Instant::now);
        }
        sent
    }

    fn start(&self) -> Result<SyncSender<Job<S>>, NoAnswer> {
        let (send, receive) = sync_channel(QUEUE);
        let make = self.make;
        let thread = thread::Builder::new().name("keychain".to_owned());
        thread.spawn(move || run(make, &receive)).map_err(|_| NoAnswer)?;
        Ok(send)
    }

    fn lock(&self) -> MutexGuard<'_, Inner<S>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> Inner<S> {
    fn abandon(&mut self) {
        self.jobs = None;
        self.silent_since = None;
        self.abandoned += 1;
    }
}

fn run<S>(make: fn() -> S, jobs: &Receiver<Job<S>>) {
    let mut state = make();
    while let Ok(job) = jobs.recv() {
        job(&mut state);
    }
}

#[cfg(test)]
mod tests;
