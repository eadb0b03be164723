//! The tenant's Autodiscover and its challenges, over the real transport.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use convoke_ews::autodiscover::Search;
use convoke_net::{Client, Limits, NetError, Transport};
use convoke_sync::RoundKind;
use convoke_sync::discovery::{Discovery, Finding, challenges};
use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::faults::{BusyForm, FaultKind, FaultRule};
use http::{Request, Response};
use url::Url;

use crate::desk::{Desk, client};

/// The real transport on a machine without a network.
struct Alone(Client);

#[async_trait]
impl Transport for Alone {
    async fn send(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        match request.uri().host() {
            Some("localhost" | "127.0.0.1") => self.0.send(request, limits).await,
            host => Err(NetError::Dns { host: host.unwrap().to_owned(), source: "no network".into() }),
        }
    }
}

/// The address that hybrid people have, and the cloud's Autodiscover, which is the tenant.
fn search(desk: &Desk) -> Discovery {
    let cloud = Url::parse(&desk.tenant.ready.authority).unwrap();
    let search = Search::new("lucia.moreno@contoso.example", &[cloud]).unwrap();
    Discovery::new(search, Arc::new(Alone(client())), None)
}

async fn desk() -> Desk {
    Desk::new(Options { seed: 3, events: 10, contacts: 5, ..Options::default() }).await
}

#[tokio::test]
async fn the_cloud_leads_to_the_companys_server_and_back() {
    let desk = desk().await;
    let mut discovery = search(&desk);
    // The company's own host is another one here, and none of the mail domain.
    assert_eq!(discovery.run().await, Finding::Question { host: "127.0.0.1".to_owned() });
    discovery.agree();
    assert_eq!(discovery.run().await, Finding::Found(Url::parse(&desk.tenant.ready.ews).unwrap()));
    desk.put("cloud").await;
    assert_eq!(search(&desk).run().await, Finding::ExchangeOnline);
    assert!(desk.tenant.shared.log.since(0).iter().all(|record| !record.authorization));
}

#[tokio::test]
async fn who_is_led_astray_is_asked_and_sends_nothing() {
    let desk = desk().await;
    desk.set(Quirk::AutodiscoverForeign, true);
    let mut discovery = search(&desk);
    assert_eq!(discovery.run().await, Finding::Question { host: "autodiscover.attacker.example".to_owned() });
    let asked: Vec<_> = discovery.visits().iter().map(|visit| visit.url.host_str().unwrap()).collect();
    assert_eq!(asked, ["localhost"]);
    desk.set(Quirk::AutodiscoverForeign, false);
    desk.set(Quirk::AutodiscoverLoop, true);
    let mut discovery = search(&desk);
    assert!(matches!(discovery.run().await, Finding::Question { .. }));
    discovery.agree();
    assert!(!matches!(discovery.run().await, Finding::Found(_) | Finding::ExchangeOnline));
}

#[tokio::test]
async fn what_the_server_accepts() {
    let desk = desk().await;
    let endpoint = convoke_ews::Endpoint::new(&desk.tenant.ready.ews).unwrap();
    let offered = challenges(&client(), &endpoint, chrono::Utc::now()).await.unwrap();
    assert!(offered.negotiate && offered.ntlm && offered.basic.is_some() && !offered.takes_tokens());
    desk.set(Quirk::Basic, false);
    desk.set(Quirk::HybridModernAuth, true);
    let offered = challenges(&client(), &endpoint, chrono::Utc::now()).await.unwrap();
    assert!(offered.ntlm && offered.basic.is_none());
    let bearer = offered.bearer.unwrap();
    assert!(bearer.trust.includes(&desk.tenant.ready.tenant_id) && !bearer.trust.includes("another"));
    let rule =
        serde_json::json!({"match": "Exchange.asmx", "kind": FaultKind::EwsBusy, "form": BusyForm::Iis});
    desk.tenant.shared.faults.add(serde_json::from_value::<FaultRule>(rule).unwrap());
    let error = challenges(&client(), &endpoint, chrono::Utc::now()).await.unwrap_err();
    assert_eq!((error.code().as_str(), error.kind()), ("throttled", RoundKind::Busy));
}
