//! A server that asks for a pause.

use chrono::Duration;
use convoke_model::service::ServiceState;
use convoke_sync::RoundError;

use crate::answers::{last, single};
use crate::script::refuse;
use crate::world::{World, delta_of};

async fn check(answer: crate::script::Answer, expected: Duration) {
    let world = World::new();
    world.server.on(&delta_of("A"), [answer, last(&[single("S", "Lunch", 12)], "me/x?$deltatoken=1")]);
    let report = world.calendar().await;
    let at = report.retry_at.expect("a pause");
    assert_eq!(at - world.now(), expected);
    // Busy is not broken: the service stays connected, and nothing is asked meanwhile.
    assert_eq!(report.status.state, ServiceState::Connected);
    world.server.take_targets();
    world.later(expected - Duration::milliseconds(1));
    for report in [world.calendar().await, world.contacts().await] {
        assert!(matches!(report.errors[0], RoundError::RetryAt { .. }), "{:?}", report.errors);
    }
    assert!(world.server.take_targets().is_empty());
    world.later(Duration::milliseconds(1));
    world.synced().await;
    assert_eq!(world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn f49_the_pause_of_retry_after_is_kept_for_the_whole_mailbox() {
    let busy = || refuse(429, "ApplicationThrottled");
    check(busy().with("retry-after", "2.128"), Duration::milliseconds(2128)).await;
    check(busy().with("retry-after", "30"), Duration::seconds(30)).await;
    check(busy().with("retry-after", "Thu, 12 Mar 2026 09:01:30 GMT"), Duration::seconds(90)).await;
    check(busy().with("retry-after", "99999"), Duration::seconds(3600)).await;
    check(busy().with("retry-after", "-1"), Duration::seconds(60)).await;
    check(busy().with("retry-after", "soon"), Duration::seconds(60)).await;
    check(busy(), Duration::seconds(60)).await;
}

#[tokio::test]
async fn f51_an_outage_without_header_pauses_for_a_minute() {
    for status in [500, 502, 503, 504, 509] {
        check(refuse(status, "ServiceUnavailable"), Duration::seconds(60)).await;
    }
}

#[tokio::test]
async fn f50_a_storm_costs_one_request_per_interval() {
    let world = World::new();
    world.server.on("me/calendars", [refuse(429, "TooManyRequests").with("retry-after", "60")]);
    for _ in 0..180 {
        world.calendar().await;
        world.later(Duration::seconds(10));
    }
    assert_eq!(world.server.take_targets().len(), 30);
}
