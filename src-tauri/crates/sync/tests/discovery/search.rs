//! What is found, and in which order.

use std::sync::Arc;

use convoke_ews::autodiscover::{Refused, Search};
use convoke_sync::discovery::{Discovery, Finding, MOST_VISITS, Outcome};
use url::Url;

use crate::internet::{ADDRESS, EWS, Internet, JSON, POX, Place, readdress, redirect, search, v2};

fn found(url: &str) -> Finding {
    Finding::Found(Url::parse(url).unwrap())
}

#[tokio::test]
async fn the_organizations_own_places_are_asked_in_their_order() {
    let internet = Internet::of(&[(&format!("contoso.example/{JSON}"), v2(EWS))]);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, found(EWS));
    assert_eq!(
        internet.asked(),
        [format!("autodiscover.contoso.example/{JSON}"), format!("contoso.example/{JSON}")]
    );
    assert!(discovery.visits()[0].is_offline() && !discovery.is_offline());
}

#[tokio::test]
async fn nothing_anywhere() {
    let internet = Internet::of(&[]);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, Finding::Nothing);
    assert!(discovery.is_offline());
    assert_eq!(internet.take().len(), 4);
    let web = Internet::of(&[
        (&format!("contoso.example/{JSON}"), Place::Status(404)),
        (&format!("contoso.example/{POX}"), Place::Status(503)),
    ]);
    let mut discovery = search(&web);
    assert_eq!(discovery.run().await, Finding::Nothing);
    assert!(!discovery.is_offline() && discovery.visits().len() == 4);
}

#[tokio::test]
async fn the_cloud_knows_the_way_to_the_company_and_what_is_its_own() {
    let cloud = Url::parse("https://outlook.office365.com/").unwrap();
    let there = format!("https://autodiscover.contoso.example/{JSON}?Email=evil@x&RedirectCount=1");
    let internet = Internet::of(&[
        (&format!("outlook.office365.com/{JSON}"), redirect(&there)),
        (&format!("autodiscover.contoso.example/{JSON}"), v2(EWS)),
    ]);
    let from_cloud = |internet: &Arc<Internet>| {
        Discovery::new(
            Search::new(ADDRESS, std::slice::from_ref(&cloud)).unwrap(),
            Arc::clone(internet) as _,
            None,
        )
    };
    assert_eq!(from_cloud(&internet).run().await, found(EWS));
    assert_eq!(internet.take().len(), 2);
    let internet = Internet::of(&[(
        &format!("outlook.office365.com/{JSON}"),
        v2("https://outlook.office365.com/EWS/Exchange.asmx"),
    )]);
    assert_eq!(from_cloud(&internet).run().await, Finding::ExchangeOnline);
}

#[tokio::test]
async fn circles_end() {
    let at = |n: usize| format!("autodiscover.contoso.example/{n}");
    let mut places = vec![(
        format!("autodiscover.contoso.example/{JSON}"),
        redirect("https://autodiscover.contoso.example/0"),
    )];
    places.extend((0..20).map(|n| (at(n), redirect(&format!("https://{}", at(n + 1))))));
    let long: Vec<_> = places.iter().map(|(at, place)| (at.as_str(), place.clone())).collect();
    let internet = Internet::of(&long);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, Finding::Nothing);
    // Ten steps, and the other three places.
    assert_eq!(internet.take().len(), 1 + 10 + 3);
    let refused = |discovery: &Discovery, why| {
        discovery.visits().iter().any(|visit| matches!(visit.outcome, Outcome::Refused(w) if w == why))
    };
    assert!(refused(&discovery, Refused::TooManySteps));

    let back = redirect(&format!("https://autodiscover.contoso.example/{JSON}"));
    let internet = Internet::of(&[
        (&format!("autodiscover.contoso.example/{JSON}"), redirect("https://contoso.example/a")),
        ("contoso.example/a", back),
    ]);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, Finding::Nothing);
    assert!(refused(&discovery, Refused::Again));
    assert_eq!(internet.take().len(), 2 + 3);
}

#[tokio::test]
async fn addresses_that_lead_to_each_other_end() {
    let of = |host: &str, to: &str| (format!("{host}/{POX}"), readdress(to));
    let places = [
        of("contoso.example", "ana@a.contoso.example"),
        of("a.contoso.example", "ana@b.contoso.example"),
        of("b.contoso.example", ADDRESS),
    ];
    let places: Vec<_> = places.iter().map(|(at, place)| (at.as_str(), place.clone())).collect();
    let internet = Internet::of(&places);
    let mut discovery = search(&internet);
    assert_eq!(discovery.run().await, Finding::Nothing);
    assert_eq!(internet.take().len(), 3 * 4);
    // A circle of very many addresses.
    let many: Vec<_> = (0..40)
        .map(|n| {
            let host = if n == 0 { "contoso.example".to_owned() } else { format!("m{n}.contoso.example") };
            of(&host, &format!("ana@m{}.contoso.example", n + 1))
        })
        .collect();
    let many: Vec<_> = many.iter().map(|(at, place)| (at.as_str(), place.clone())).collect();
    let internet = Internet::of(&many);
    assert_eq!(search(&internet).run().await, Finding::Nothing);
    assert!(internet.take().len() <= MOST_VISITS);
}

#[tokio::test]
async fn no_place_is_asked_the_same_twice_and_not_too_many_are() {
    let there = format!("contoso.example/{JSON}");
    let internet = Internet::of(&[
        (&format!("autodiscover.contoso.example/{JSON}"), redirect(&format!("https://{there}"))),
        (&there, Place::Status(404)),
    ]);
    assert_eq!(search(&internet).run().await, Finding::Nothing);
    let asked = internet.asked();
    assert_eq!((asked.len(), asked.iter().filter(|at| **at == there).count()), (4, 1), "{asked:?}");
    let named: Vec<_> = (0..40).map(|n| Url::parse(&format!("https://h{n}.example/")).unwrap()).collect();
    let many = Search::new(ADDRESS, &named).unwrap();
    assert_eq!(Discovery::new(many, Arc::clone(&internet) as _, None).run().await, Finding::Nothing);
    assert_eq!(internet.take().len(), MOST_VISITS);
}

#[tokio::test]
async fn what_is_not_secure_is_not_asked() {
    for to in [
        "http://autodiscover.contoso.example/x",
        "https://ana:pw@autodiscover.contoso.example/x",
        "ftp://contoso.example/",
    ] {
        let internet = Internet::of(&[(&format!("contoso.example/{JSON}"), redirect(to))]);
        let mut discovery = search(&internet);
        assert_eq!(discovery.run().await, Finding::Nothing, "{to}");
        assert_eq!(internet.take().len(), 4);
    }
    let internet =
        Internet::of(&[(&format!("contoso.example/{JSON}"), v2("http://mail.contoso.example/EWS"))]);
    assert_eq!(search(&internet).run().await, Finding::Nothing);
}
