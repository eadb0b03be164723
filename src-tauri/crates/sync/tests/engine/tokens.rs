//! Tokens that are refused.

use convoke_model::service::ServiceState;
use convoke_sync::RoundError;

use crate::answers::{last, single};
use crate::script::{ok, refuse};
use crate::world::{World, delta_of};

#[tokio::test]
async fn f52_a_refused_token_is_replaced_once_and_the_request_replayed() {
    let world = World::new();
    let next = "me/x?$skiptoken=1";
    world.server.on(&delta_of("A"), [crate::answers::page(&[single("S", "Lunch", 12)], next)]);
    let rest = last(&[single("T", "Tea", 13)], "me/x?$deltatoken=1");
    world.server.on(next, [refuse(401, "InvalidAuthenticationToken"), rest]);
    world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12", "T Tea 13"]);
    assert_eq!(world.tokens.refusals.lock().unwrap().len(), 1);
    let replay = world.server.asked().last().unwrap().clone();
    assert!(replay.target.ends_with(next) && replay.token == "Bearer token-1", "{replay:?}");
}

#[tokio::test]
async fn f52_a_server_that_refuses_every_token_is_asked_twice_and_no_more() {
    let world = World::new();
    world.server.on("me/calendars", [refuse(401, "InvalidAuthenticationToken")]);
    let report = world.calendar().await;
    assert!(matches!(report.errors[..], [RoundError::Unauthorized]), "{:?}", report.errors);
    assert_eq!(report.status.state, ServiceState::SignInRequired);
    assert_eq!(world.server.take_targets().len(), 2);
    assert_eq!(world.tokens.refusals.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn f52_many_requests_with_one_refused_token_cause_one_refusal() {
    let world = World::new();
    *world.server.refused_token.lock().unwrap() = Some("token-0");
    let report = world.both().await;
    assert!(report.services.values().all(convoke_sync::ServiceReport::is_complete));
    assert_eq!(world.tokens.refusals.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn f53_the_claims_of_a_challenge_reach_the_source_of_tokens() {
    let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ==""#;
    for status in [401, 403] {
        let world = World::new();
        let good = crate::answers::list(&[crate::answers::named("A", "Calendar")]);
        world.server.on(
            "me/calendars",
            [refuse(status, "InvalidAuthenticationToken").with("www-authenticate", challenge), good],
        );
        world.synced().await;
        let expected = Some(r#"{"access_token":{}}"#.to_owned());
        assert_eq!(*world.tokens.refusals.lock().unwrap(), [expected]);
    }
}

#[tokio::test]
async fn b61_a_link_to_another_host_is_not_followed_and_nothing_is_stored() {
    for name in ["nextLink", "deltaLink"] {
        let world = World::new();
        for foreign in
            ["https://evil.test/v1.0/x", "http://graph.test/v1.0/x", "https://graph.test@evil.test/x"]
        {
            let body = format!(r#"{{"value":[{}],"@odata.{name}":"{foreign}"}}"#, single("S", "Lunch", 12));
            world.server.on(&delta_of("A"), [ok(body)]);
            let report = world.calendar().await;
            // The script fails the test when anything but graph.test is asked.
            assert_eq!(report.status.code.as_deref(), Some("foreignLink"));
            assert_eq!(report.status.state, ServiceState::Error);
        }
        assert!(world.meetings().is_empty() && world.link().is_none());
    }
}
