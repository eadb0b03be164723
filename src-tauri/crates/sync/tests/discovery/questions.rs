//! Foreign hosts are asked about first.

use convoke_sync::discovery::Finding;
use url::Url;

use crate::internet::{Internet, JSON, POX, readdress, redirect, search, search_with_password, v2};

const HOSTED: &str = "https://ews.hoster.example/EWS/Exchange.asmx";

fn asks(host: &str) -> Finding {
    Finding::Question { host: host.to_owned() }
}

#[tokio::test]
async fn a_foreign_host_gets_nothing_before_somebody_agreed() {
    let internet = Internet::of(&[
        (&format!("contoso.example/{JSON}"), redirect(&format!("https://ad.hoster.example/{JSON}"))),
        (&format!("ad.hoster.example/{JSON}"), v2(HOSTED)),
    ]);
    let mut discovery = search(&internet);
    // However often it is run: without an answer it stays at the question.
    for _ in 0..2 {
        assert_eq!(discovery.run().await, asks("ad.hoster.example"));
    }
    assert!(internet.take().iter().all(|(url, _)| !url.contains("hoster")));
    discovery.agree();
    assert_eq!(discovery.run().await, asks("ews.hoster.example"));
    assert_eq!(internet.asked(), [format!("ad.hoster.example/{JSON}")]);
    discovery.agree();
    assert_eq!(discovery.run().await, Finding::Found(Url::parse(HOSTED).unwrap()));
    assert!(internet.take().is_empty());
}

#[tokio::test]
async fn after_a_no_the_search_goes_on_elsewhere_and_does_not_ask_again() {
    let evil = format!("https://evil.example/{JSON}");
    let internet = Internet::of(&[
        (&format!("autodiscover.contoso.example/{JSON}"), redirect(&evil)),
        (&format!("contoso.example/{JSON}"), redirect(&evil)),
        (&format!("contoso.example/{POX}"), readdress("ana@evil.example")),
    ]);
    let mut discovery = search_with_password(&internet);
    assert_eq!(discovery.run().await, asks("evil.example"));
    discovery.decline();
    assert_eq!(discovery.run().await, Finding::Nothing);
    assert!(internet.take().iter().all(|(url, _)| !url.contains("evil")));
    // An answer without a question changes nothing.
    discovery.agree();
    discovery.decline();
    assert_eq!(discovery.run().await, Finding::Nothing);
}

#[tokio::test]
async fn another_domain_of_the_mailbox_is_a_question_too() {
    let internet = Internet::of(&[
        (&format!("contoso.example/{POX}"), readdress("ana@hoster.example")),
        (&format!("autodiscover.hoster.example/{JSON}"), v2(HOSTED)),
    ]);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, asks("hoster.example"));
    internet.take();
    discovery.agree();
    assert_eq!(discovery.run().await, Finding::Found(Url::parse(HOSTED).unwrap()));
    assert_eq!(internet.asked(), [format!("autodiscover.hoster.example/{JSON}")]);
}
