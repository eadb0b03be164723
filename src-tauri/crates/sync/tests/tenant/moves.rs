//! A mailbox that moves between the cloud and the company's server while the cache stays.

use convoke_sync::{Engine, RoundKind};
use convoke_tenant::Options;

use crate::desk::{Desk, request, synced};

/// What a sync fails with.
async fn failed(engine: &Engine) -> Vec<RoundKind> {
    let report = engine.sync(&request(false)).await;
    report.services.values().flat_map(|service| service.errors.iter().map(|error| error.kind())).collect()
}

#[tokio::test]
async fn there_and_back_it_is_the_truth_without_duplicates_or_notes_of_change() {
    let desk = Desk::new(Options { seed: 5, events: 200, contacts: 50, ..Options::default() }).await;
    let (exchange, graph) = (desk.exchange(), desk.graph());
    synced(&exchange).await;
    desk.is_true("on premises");
    for round in 0..2 {
        desk.put("cloud").await;
        let told = failed(&exchange).await;
        assert!(!told.is_empty() && told.iter().all(|kind| *kind == RoundKind::RouteChanged), "{told:?}");
        synced(&graph).await;
        desk.is_true(&format!("in the cloud, {round}"));
        desk.put("onPremises").await;
        let told = failed(&graph).await;
        assert!(!told.is_empty() && told.iter().all(|kind| *kind == RoundKind::RouteChanged), "{told:?}");
        synced(&exchange).await;
        desk.is_true(&format!("back again, {round}"));
    }
    assert!(desk.store.reader().unwrap().changes(None, 100).unwrap().is_empty());
    desk.mutate(4, 99);
    synced(&exchange).await;
    desk.is_true("after changes");
}
