use super::*;
use crate::exchange::Exchange;
use crate::wire::exchange::ExchangeFound;
use crate::wire::snapshot::Account;
use chrono::TimeDelta;
use std::pin::pin;
use std::sync::atomic::AtomicI64;
use std::task::{Context, Waker};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// The account as it was written, with a password of that minute.
fn written(data: &Path, taken: i64) -> Profile {
    let profile = Profile {
        key: "key".to_owned(),
        account: Account { name: String::new(), username: String::new(), tenant_id: None, object_id: None },
        issuer: String::new(),
        subject: String::new(),
        prompt_due: false,
        choose_account: false,
        permitted: None,
        granted: Vec::new(),
        challenge: None,
        exchange: Some(Exchange {
            taken: Some(at(taken)),
            in_use: true,
            ..Exchange::named(None, ExchangeFound::Policy)
        }),
        connected: None,
    };
    profile.write(data).unwrap();
    profile
}

/// A clock that stands still until it is set.
#[derive(Default)]
struct Minute(AtomicI64);

impl Clock for Minute {
    fn now(&self) -> DateTime<Utc> {
        at(self.0.load(Ordering::Relaxed))
    }
}

fn kept(data: &Path, profile: &Profile) -> Turns {
    let taken = profile.exchange.as_ref().and_then(|exchange| exchange.taken);
    Turns::new(data, Arc::new(Minute::default()), profile, taken)
}

async fn passes(turns: &Turns) -> bool {
    turns.pass().await.is_some()
}

#[tokio::test]
async fn the_next_waits_until_the_turn_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let profile = written(folder.path(), 1);
    let (one, other) = (kept(folder.path(), &profile), kept(folder.path(), &profile));
    let turn = one.pass().await.unwrap();
    let mut waiting = pin!(other.pass());
    assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(turn);
    assert!(waiting.await.is_some());
}

#[tokio::test]
async fn who_waited_while_it_was_refused_does_not_show_it() {
    let folder = tempfile::tempdir().unwrap();
    let profile = written(folder.path(), 1);
    let (one, other) = (kept(folder.path(), &profile), kept(folder.path(), &profile));
    one.pass().await.unwrap().refused().await;
    assert!(!passes(&one).await && !passes(&other).await);
    // Another password is another matter, and so is another start with the same one.
    assert!(!passes(&kept(folder.path(), &profile)).await);
    assert!(passes(&kept(folder.path(), &written(folder.path(), 2))).await);
}

#[tokio::test]
async fn a_password_that_was_replaced_elsewhere_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let old = kept(folder.path(), &written(folder.path(), 1));
    assert!(passes(&old).await);
    written(folder.path(), 2);
    assert!(!passes(&old).await);
    // Nor one of an account that signed out.
    let left = kept(folder.path(), &written(folder.path(), 3));
    Profile::forget(folder.path()).unwrap();
    assert!(!passes(&left).await);
}

#[tokio::test]
async fn what_a_person_enters_is_shown_and_afterwards_is_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let profile = written(folder.path(), 1);
    kept(folder.path(), &profile).pass().await.unwrap().refused().await;
    let entered = Turns::new(folder.path(), Arc::new(Minute::default()), &profile, Some(at(2)));
    entered.is_kept.store(false, Ordering::Relaxed);
    assert!(passes(&entered).await);
    let profile = written(folder.path(), 2);
    entered.keep();
    assert!(passes(&entered).await);
    kept(folder.path(), &profile).pass().await.unwrap().refused().await;
    assert!(!passes(&entered).await);
}

#[tokio::test]
async fn who_was_let_in_a_moment_ago_waits_for_nobody_and_still_hears_of_a_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let (profile, clock) = (written(folder.path(), 1), Arc::new(Minute::default()));
    let busy = Turns::new(folder.path(), clock.clone(), &profile, Some(at(1)));
    busy.pass().await.unwrap().taken();
    let other = kept(folder.path(), &profile);
    let turn = other.pass().await.unwrap();
    assert!(passes(&busy).await);
    clock.0.store(1, Ordering::Relaxed);
    let mut waiting = pin!(busy.pass());
    assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    turn.refused().await;
    assert!(waiting.await.is_none());
    clock.0.store(0, Ordering::Relaxed);
    assert!(!passes(&busy).await);
}
