//! A server that asks to be left alone.

use chrono::Duration;
use convoke_model::service::ServiceState;
use convoke_sync::{RoundError, RoundKind};

use super::answers::{attendees, failure, fault, messages, page_of_iis, probe, refuse, single};
use super::calendar::has;
use super::office::Office;
use crate::script::Answer;

fn details(milliseconds: &str) -> String {
    format!(
        r#"<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:Value Name="BackOffMilliseconds">{milliseconds}</t:Value></t:MessageXml>"#
    )
}

/// As KDE has it from a server: no figure but in words.
const WORDS: &str = r#"<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:Value Name="Policy">MaxConcurrency</t:Value><t:Value Name="MaxConcurrencyLimit">27</t:Value><t:Value Name="ErrorMessage">Suggested backoff time 0 ms</t:Value></t:MessageXml>"#;

async fn check(operation: &str, answer: Answer, expected: Duration) {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12)]);
    let good = probe();
    office
        .server
        .on("GetFolder", if operation == "GetFolder" { vec![answer.clone(), good] } else { vec![good] });
    if operation == "GetItem" {
        office.server.on_with("GetItem", "Id=\"S\"", [answer]);
    }
    let report = office.calendar().await;
    let at = report.retry_at.expect("a pause");
    assert_eq!(at - office.world.now(), expected);
    assert_eq!(report.errors[0].kind(), RoundKind::Busy);
    assert_eq!((report.status.state, office.world.meetings().len()), (ServiceState::Connected, 0));
    // Nothing at all is sent until then, by nobody.
    office.server.take();
    office.world.later(expected - Duration::milliseconds(1));
    for report in [office.calendar().await, office.contacts().await] {
        assert!(report.errors.iter().all(|error| matches!(error, RoundError::RetryAt { .. })), "{report:?}");
    }
    assert!(matches!(office.engine.search_directory("ana", 5).await, Err(RoundError::RetryAt { .. })));
    assert!(matches!(
        office.engine.directory_photo("ana@x.test", None).await,
        Err(RoundError::RetryAt { .. })
    ));
    assert!(office.server.take().is_empty());
    if operation == "GetFolder" {
        office.world.later(Duration::milliseconds(1));
        office.synced().await;
        assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    }
}

#[tokio::test]
async fn f60_busy_in_its_three_forms_and_a_plain_503() {
    let minute = Duration::seconds(60);
    for (answer, expected) in [
        (fault("ErrorServerBusy", &details("297749")), Duration::milliseconds(297_749)),
        (fault("ErrorServerBusy", &details("99999999")), Duration::hours(1)),
        (fault("ErrorServerBusy", &details("0")), minute),
        (fault("ErrorServerBusy", WORDS), minute),
        (refuse("GetFolder", "ErrorServerBusy"), minute),
        (refuse("GetFolder", "ErrorExceededConnectionCount"), minute),
        (page_of_iis(503), minute),
        (page_of_iis(503).with("retry-after", "90"), Duration::seconds(90)),
        (page_of_iis(429).with("retry-after", "7"), Duration::seconds(7)),
        (page_of_iis(502), minute),
    ] {
        check("GetFolder", answer, expected).await;
    }
}

#[tokio::test]
async fn f60_busy_in_the_middle_of_a_batch() {
    let xml = r#"<m:MessageXml><t:Value Name="BackOffMilliseconds">120000</t:Value></m:MessageXml>"#;
    let end = "</m:GetItemResponseMessage>";
    let message = failure("GetItem", "ErrorServerBusy").replace(end, &format!("{xml}{end}"));
    check("GetItem", messages("GetItem", &message), Duration::seconds(120)).await;
}

#[tokio::test]
async fn f50_a_storm_costs_one_request_per_interval() {
    let office = Office::new();
    office.server.on("GetFolder", [fault("ErrorServerBusy", &details("60000"))]);
    for _ in 0..180 {
        office.both().await;
        office.world.later(Duration::seconds(10));
    }
    assert_eq!(office.server.take().len(), 30);
}

#[tokio::test]
async fn f60_busy_while_names_are_resolved_leaves_all_as_it_was() {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12).with(&attendees(&[("Ben", "/o=X/cn=ben")]))]);
    office.server.on("ResolveNames", [fault("ErrorServerBusy", &details("60000"))]);
    let report = office.calendar().await;
    assert!(report.retry_at.is_some());
    assert!(office.world.meetings().is_empty());
}
