//! Several holders of one password.

use async_trait::async_trait;
use convoke_net::Scheme::{Basic, Ntlm};
use convoke_net::{Gate, Passage, Transport};
use http::StatusCode;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::server::{Behaviour, Leg, Server};
use crate::{LIMITS, options, request, transport_for};

/// One turn at a time, and none after a refusal.
#[derive(Clone, Default)]
struct OneByOne(Arc<Mutex<bool>>);

#[async_trait]
impl Gate for OneByOne {
    async fn pass(&self) -> Option<Box<dyn Passage>> {
        let refused = self.0.clone().lock_owned().await;
        if *refused { None } else { Some(Box::new(Turn(refused))) }
    }
}

struct Turn(OwnedMutexGuard<bool>);

#[async_trait]
impl Passage for Turn {
    fn taken(self: Box<Self>) {}

    async fn refused(mut self: Box<Self>) {
        *self.0 = true;
    }
}

#[tokio::test]
async fn of_many_who_hold_a_wrong_password_one_sends_it() {
    for scheme in [Ntlm, Basic] {
        let offers = &["NTLM", "Basic realm=\"mail\""];
        let server = Server::start(Behaviour { offers, ..Behaviour::default() }, None).await;
        let url = format!("http://127.0.0.1:{}/", server.port);
        let gate = OneByOne::default();
        for _ in 0..3 {
            let holder = transport_for(options(Vec::new()), &url, "CONTOSO\\ann", "wrong", &[scheme]);
            let holder = holder.behind(Arc::new(gate.clone()));
            for _ in 0..2 {
                let answer = holder.send(request(&url, "<one/>"), LIMITS).await.unwrap();
                assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
            }
        }
        let shown = |legs: &[Leg]| legs.iter().filter(|leg| [Leg::Third, Leg::Basic].contains(leg)).count();
        server.record(|record| assert_eq!((record.failures, shown(&record.legs())), (1, 1), "{scheme:?}"));
    }
}
