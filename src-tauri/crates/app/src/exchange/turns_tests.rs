use super::*;
use crate::exchange::Exchange;
use crate::wire::exchange::ExchangeFound;
use crate::wire::snapshot::Account;
use chrono::TimeDelta;
use std::pin::pin;
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

async fn passes(turns: &Turns) -> bool {
    turns.pass().await.is_some()
}

#[tokio::test]
async fn the_next_waits_until_the_turn_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let profile = written(folder.path(), 1);
    let (one, other) = (Turns::of_kept(folder.path(), &profile), Turns::of_kept(folder.path(), &profile));
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
    let (one, other) = (Turns::of_kept(folder.path(), &profile), Turns::of_kept(folder.path(), &profile));
    one.pass().await.unwrap().refused().await;
    assert!(!passes(&one).await && !passes(&other).await);
    // Another password is another matter, and so is another start with the same one.
    assert!(!passes(&Turns::of_kept(folder.path(), &profile)).await);
    assert!(passes(&Turns::of_kept(folder.path(), &written(folder.path(), 2))).await);
}

#[tokio::test]
async fn a_password_that_was_replaced_elsewhere_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let old = Turns::of_kept(folder.path(), &written(folder.path(), 1));
    assert!(passes(&old).await);
    written(folder.path(), 2);
    assert!(!passes(&old).await);
    // Nor one of an account that signed out.
    let left = Turns::of_kept(folder.path(), &written(folder.path(), 3));
    Profile::forget(folder.path()).unwrap();
    assert!(!passes(&left).await);
}

#[tokio::test]
async fn what_a_person_enters_is_shown_and_afterwards_is_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let profile = written(folder.path(), 1);
    Turns::of_kept(folder.path(), &profile).pass().await.unwrap().refused().await;
    let entered = Turns::of_entered(folder.path(), &profile, at(2));
    assert!(passes(&entered).await);
    let profile = written(folder.path(), 2);
    entered.keep();
    assert!(passes(&entered).await);
    Turns::of_kept(folder.path(), &profile).pass().await.unwrap().refused().await;
    assert!(!passes(&entered).await);
}
