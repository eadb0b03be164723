//! Where a password may go.

use convoke_ews::autodiscover::Search;
use convoke_sync::discovery::{Discovery, Finding};
use std::sync::Arc;
use url::Url;

use crate::internet::{
    ADDRESS, EWS, Internet, JSON, POX, Password, Place, locked, readdress, redirect, search,
    search_with_password, v2,
};

fn found(url: &str) -> Finding {
    Finding::Found(Url::parse(url).unwrap())
}

#[tokio::test]
async fn a_place_that_asks_for_it_gets_it_after_a_try_without() {
    let own = format!("autodiscover.contoso.example/{POX}");
    let internet = Internet::of(&[(&own, locked(EWS))]);
    let url = Url::parse(&format!("https://{own}")).unwrap();
    assert_eq!(search(&internet).run().await, Finding::CredentialsWanted { url });
    internet.take();
    assert_eq!(search_with_password(&internet).run().await, found(EWS));
    assert_eq!(internet.asked()[2..], [own.clone(), format!("{own} +")]);
}

#[tokio::test]
async fn a_refused_password_is_tried_once_in_all() {
    let (first, second) = (format!("autodiscover.contoso.example/{POX}"), format!("contoso.example/{POX}"));
    let internet = Internet::of(&[(&first, locked(EWS)), (&second, locked(EWS))]);
    *internet.wrong.lock().unwrap() = true;
    let url = Url::parse(&format!("https://{first}")).unwrap();
    assert_eq!(search_with_password(&internet).run().await, Finding::CredentialsRefused { url });
    let asked = internet.take();
    assert_eq!(asked.iter().filter(|(_, with)| *with).count(), 1);
    assert_eq!(asked.len(), 5, "the other place is asked without");
}

#[tokio::test]
async fn a_redirect_takes_it_along_to_the_same_host_only() {
    let own = format!("contoso.example/{POX}");
    let to = |url: &str| Place::Locked(Box::new(redirect(url)));
    let internet =
        Internet::of(&[(&own, to("https://contoso.example/x.xml")), ("contoso.example/x.xml", locked(EWS))]);
    assert_eq!(search_with_password(&internet).run().await, found(EWS));
    assert_eq!(
        internet.asked()[3..],
        [&own, &format!("{own} +"), "contoso.example/x.xml", "contoso.example/x.xml +"]
    );
    // Below the own domain: asked, but without. And where a foreign host leads on to itself, it still gets nothing.
    for host in ["ad.contoso.example", "hoster.example", "contoso.example:8443"] {
        let hop = format!("https://{host}/a.xml");
        let internet = Internet::of(&[
            (&own, to(&hop)),
            (&format!("{host}/a.xml"), redirect(&format!("https://{host}/b.xml"))),
            (&format!("{host}/b.xml"), locked(EWS)),
        ]);
        let mut discovery = search_with_password(&internet);
        let mut finding = discovery.run().await;
        while let Finding::Question { .. } = finding {
            discovery.agree();
            finding = discovery.run().await;
        }
        // A password was given: asking for one again would not help.
        assert_eq!(finding, Finding::Nothing);
        let asked = internet.take();
        assert!(asked.contains(&(format!("https://{host}/b.xml"), false)), "{asked:?}");
        assert!(asked.iter().all(|(url, with)| !with || *url == format!("https://{own}")), "{asked:?}");
    }
}

#[tokio::test]
async fn an_own_place_that_a_redirect_led_to_before_gets_it_all_the_same() {
    let (first, own) = (format!("autodiscover.contoso.example/{POX}"), format!("contoso.example/{POX}"));
    let internet = Internet::of(&[(&first, redirect(&format!("https://{own}"))), (&own, locked(EWS))]);
    assert_eq!(search_with_password(&internet).run().await, found(EWS));
    assert_eq!(internet.asked()[2..], [first, own.clone(), format!("{own} +")]);
}

#[tokio::test]
async fn a_foreign_domain_does_not_get_it_even_after_a_yes() {
    let internet = Internet::of(&[
        (&format!("contoso.example/{POX}"), readdress("ana@hoster.example")),
        (&format!("hoster.example/{POX}"), locked(EWS)),
    ]);
    let mut discovery = search_with_password(&internet);
    assert!(matches!(discovery.run().await, Finding::Question { .. }));
    discovery.agree();
    assert_eq!(discovery.run().await, Finding::Nothing);
    let asked = internet.take();
    assert!(asked.contains(&(format!("https://hoster.example/{POX}"), false)));
    assert!(asked.iter().all(|(_, with)| !with));
}

#[tokio::test]
async fn exchange_online_never_gets_it() {
    let cloud = Url::parse("https://outlook.office365.com/").unwrap();
    let internet = Internet::of(&[
        (&format!("outlook.office365.com/{JSON}"), Place::Locked(Box::new(v2(EWS)))),
        (&format!("outlook.office365.com/{POX}"), locked(EWS)),
    ]);
    let password = Arc::new(Password(Arc::clone(&internet)));
    let search = Search::new(ADDRESS, &[cloud]).unwrap();
    let mut discovery = Discovery::new(search, Arc::clone(&internet) as _, Some(password));
    assert_eq!(discovery.run().await, Finding::Nothing);
    let asked = internet.take();
    assert_eq!(asked.iter().filter(|(url, _)| url.contains("office365")).count(), 1);
    assert!(asked.iter().all(|(_, with)| !with));
}
