//! Several callers, several processes, and a sign-out in between (F54).

use std::sync::{Arc, Mutex};

use convoke_auth::AuthError;
use convoke_auth::keychain::{MemoryKeychain, SecretStore};
use secrecy::ExposeSecret;

use super::{bench, grant, graph, put, refuse, stored, token};
use crate::authority::Reply;

#[tokio::test]
async fn f54_many_callers_make_one_refresh() {
    let bench = bench(|number, _| grant(number));
    let callers = (0..50).map(|_| {
        let session = Arc::clone(&bench.session);
        tokio::spawn(async move { session.access_token(&graph()).await.unwrap() })
    });
    for caller in callers.collect::<Vec<_>>() {
        assert_eq!(caller.await.unwrap().secret.expose_secret(), "at-1");
    }
    assert_eq!(bench.fake.count("/token"), 1);
}

#[tokio::test]
async fn f54_many_callers_share_one_failure() {
    let bench = bench(|_, _| Reply::Offline);
    let held = bench.fake.delay.acquire_many(1000).await.unwrap();
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let session = Arc::clone(&bench.session);
            tokio::spawn(async move { session.access_token(&graph()).await.map(|_| ()) })
        })
        .collect();
    // All of them wait: one for the server, the others for that one.
    while bench.fake.count("/token") == 0 {
        tokio::task::yield_now().await;
    }
    drop(held);
    for caller in callers {
        assert!(caller.await.unwrap().unwrap_err().is_offline());
    }
    assert_eq!(bench.fake.count("/token"), 1);
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-0"));
}

#[tokio::test]
async fn f54_a_token_that_another_process_replaced_is_found() {
    let keychain = Arc::new(Mutex::new(None::<Arc<MemoryKeychain>>));
    let other = Arc::clone(&keychain);
    let bench = bench(move |number, used| match used {
        "rt-0" => {
            // The other process refreshed in this moment, and the server rotates and revokes.
            put(other.lock().unwrap().as_ref().unwrap(), "rt-theirs");
            refuse("invalid_grant", 70_000)
        }
        "rt-theirs" => grant(number),
        _ => panic!("{used}"),
    });
    *keychain.lock().unwrap() = Some(Arc::clone(&bench.keychain));
    assert_eq!(token(&bench).await.unwrap(), "at-2");
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-2"));
}

#[tokio::test]
async fn f54_an_older_answer_does_not_overwrite_a_newer_token() {
    let keychain = Arc::new(Mutex::new(None::<Arc<MemoryKeychain>>));
    let other = Arc::clone(&keychain);
    let bench = bench(move |number, _| {
        put(other.lock().unwrap().as_ref().unwrap(), "rt-theirs");
        grant(number)
    });
    *keychain.lock().unwrap() = Some(Arc::clone(&bench.keychain));
    assert_eq!(token(&bench).await.unwrap(), "at-1");
    assert_eq!(stored(&bench.keychain).as_deref(), Some("rt-theirs"));
}

#[tokio::test]
async fn a_sign_out_under_way_is_not_undone() {
    let keychain = Arc::new(Mutex::new(None::<Arc<MemoryKeychain>>));
    let other = Arc::clone(&keychain);
    let bench = bench(move |number, _| {
        other.lock().unwrap().as_ref().unwrap().delete("a1/refresh-token").unwrap();
        grant(number)
    });
    *keychain.lock().unwrap() = Some(Arc::clone(&bench.keychain));
    assert!(matches!(token(&bench).await, Err(AuthError::SignedOut)));
    assert!(bench.keychain.names().is_empty());
}
