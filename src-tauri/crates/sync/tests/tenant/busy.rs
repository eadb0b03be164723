//! During a back-off nothing is sent: the tenant's log proves it.

use convoke_sync::RoundKind;
use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::faults::{BusyForm, FaultKind, FaultRule};

use crate::desk::{Desk, request, synced};

#[tokio::test]
async fn f60_a_storm_in_each_form_then_the_truth() {
    for (form, back_off) in [
        (BusyForm::Fault, Some(120_000)),
        (BusyForm::FaultWithoutValue, None),
        (BusyForm::Message, Some(45_000)),
        (BusyForm::Message, None),
        (BusyForm::Iis, None),
    ] {
        let desk = Desk::new(Options { seed: 4, events: 80, contacts: 20, ..Options::default() }).await;
        desk.set(Quirk::LegacyAddresses, true);
        let engine = desk.exchange();
        let rule = serde_json::json!({
            "match": "Exchange.asmx", "kind": FaultKind::EwsBusy, "form": form, "backOffMs": back_off, "times": 3,
        });
        let rule: FaultRule = serde_json::from_value(rule).unwrap();
        desk.tenant.shared.faults.add(rule);
        for _ in 0..200 {
            let report = engine.sync(&request(false)).await;
            let busy = report.services.values().flat_map(|service| &service.errors);
            assert!(busy.into_iter().all(|error| error.kind() == RoundKind::Busy), "{form:?} {report:?}");
            desk.tenant.advance(chrono::TimeDelta::seconds(5));
        }
        let log = desk.tenant.shared.log.since(0);
        assert!(log.iter().all(|record| !record.during_back_off), "{form:?}");
        synced(&engine).await;
        desk.is_true(&format!("{form:?}"));
    }
}
