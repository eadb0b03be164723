use bytes::Bytes;
use http::Response;
use proptest::prelude::{any, prop, proptest};
use url::Url;

use super::{Answer, Candidate, Nothing, Place, Refused, Search, Service, Step};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn search() -> Search {
    Search::new("Ana.Gil@Contoso.example", &[]).unwrap()
}

fn place(text: &str, service: Service) -> Candidate {
    Candidate { url: url(text), service }
}

fn pox() -> Candidate {
    place("https://autodiscover.contoso.example/autodiscover/autodiscover.xml", Service::Pox)
}

fn json() -> Candidate {
    place("https://autodiscover.contoso.example/autodiscover/autodiscover.json", Service::Json)
}

fn answer(candidate: &Candidate, status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    candidate.parse(&response.body(Bytes::from(body.to_owned())).unwrap())
}

#[test]
fn places_in_their_order() {
    let urls = |search: &Search| search.candidates().iter().map(|c| c.url.to_string()).collect::<Vec<_>>();
    assert_eq!(
        urls(&search()),
        [
            "https://autodiscover.contoso.example/autodiscover/autodiscover.json",
            "https://contoso.example/autodiscover/autodiscover.json",
            "https://autodiscover.contoso.example/autodiscover/autodiscover.xml",
            "https://contoso.example/autodiscover/autodiscover.xml",
        ]
    );
    let named = [
        url("https://mail.hoster.example"),
        url("http://mail.hoster.example"),
        url("https://contoso.example/x"),
    ];
    let search = Search::new("ana@contoso.example", &named).unwrap();
    assert_eq!(
        urls(&search)[..3],
        [
            "https://mail.hoster.example/autodiscover/autodiscover.json",
            "https://contoso.example/autodiscover/autodiscover.json",
            "https://autodiscover.contoso.example/autodiscover/autodiscover.json",
        ]
    );
    assert_eq!(urls(&search).len(), 6);
    let punycode = Search::new("ana@müller.example", &[]).unwrap();
    assert!(urls(&punycode)[1].starts_with("https://xn--mller-kva.example/"));
    for bad in [
        "",
        "ana",
        "@contoso.example",
        "ana@",
        "ana@localhost",
        "ana@127.0.0.1",
        "ana@[::1]",
        "a b@contoso.example",
        "ana@contoso.example/x",
    ] {
        assert!(Search::new(bad, &[]).is_err(), "{bad:?}");
    }
}

#[test]
fn the_two_questions() {
    let request = json().request("ana+x@contoso.example").unwrap();
    assert_eq!(
        request.uri(),
        "https://autodiscover.contoso.example/autodiscover/autodiscover.json?Email=ana%2Bx%40contoso.example&Protocol=Ews"
    );
    // What another place put into the query is not repeated.
    let led = place(
        "https://mail.contoso.example/autodiscover/autodiscover.json?Email=evil&RedirectCount=1",
        Service::Json,
    );
    assert!(
        led.request("ana@contoso.example")
            .unwrap()
            .uri()
            .to_string()
            .ends_with("?Email=ana%40contoso.example&Protocol=Ews")
    );
    let request = pox().request("a&b@contoso.example").unwrap();
    assert_eq!(
        (request.method().as_str(), request.headers()["content-type"].to_str().unwrap()),
        ("POST", "text/xml; charset=utf-8")
    );
    assert_eq!(
        request.body(),
        r#"<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>a&amp;b@contoso.example</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>"#
    );
}

#[test]
fn answers_of_v2() {
    let found = answer(
        &json(),
        200,
        &[("content-type", "application/json")],
        r#"{"Protocol":"Ews","Url":"https://mail.contoso.example/EWS/Exchange.asmx"}"#,
    );
    assert_eq!(found, Answer::Found(vec![url("https://mail.contoso.example/EWS/Exchange.asmx")]));
    let refused = answer(
        &json(),
        404,
        &[],
        r#"{"ErrorCode":"UserNotFound","ErrorMessage":"The given user is not found"}"#,
    );
    assert!(
        matches!(refused, Answer::Nothing(Nothing::Error { ref code, .. }) if code == "UserNotFound"),
        "{refused:?}"
    );
    let redirect = answer(
        &json(),
        302,
        &[(
            "location",
            "https://autodiscover.contoso.example/autodiscover/autodiscover.json?Email=a&Protocol=Ews&RedirectCount=1",
        )],
        "",
    );
    assert!(
        matches!(redirect, Answer::Redirect(to) if to.host_str() == Some("autodiscover.contoso.example"))
    );
    let relative = answer(&json(), 301, &[("location", "/x")], "");
    assert_eq!(relative, Answer::Redirect(url("https://autodiscover.contoso.example/x")));
    for body in ["", "[]", "{}", r#"{"Url":"soon"}"#, "<html/>"] {
        assert_eq!(answer(&json(), 200, &[], body), Answer::Nothing(Nothing::NotAutodiscover), "{body}");
    }
    assert_eq!(answer(&json(), 302, &[], ""), Answer::Nothing(Nothing::Status(302)));
    assert_eq!(answer(&json(), 404, &[], "no"), Answer::Nothing(Nothing::Status(404)));
    assert_eq!(answer(&json(), 503, &[], ""), Answer::Nothing(Nothing::Status(503)));
}

fn outlook(response: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">{response}</Response></Autodiscover>"#
    )
}

#[test]
fn answers_in_xml() {
    let read = |body: &str| answer(&pox(), 200, &[("content-type", "text/xml")], body);
    let settings = outlook(
        "<User><DisplayName>Ana</DisplayName></User><Account><AccountType>email</AccountType><Action>settings</Action>
        <Protocol><Type>EXCH</Type><ASUrl>https://ex01.internal.contoso.example/EWS/Exchange.asmx</ASUrl><EwsUrl>https://ex02.internal.contoso.example/EWS/Exchange.asmx</EwsUrl></Protocol>
        <Protocol><Type>EXPR</Type><ASUrl> https://mail.contoso.example/EWS/Exchange.asmx </ASUrl></Protocol>
        <Protocol><Type>WEB</Type><ASUrl>https://web.contoso.example/</ASUrl></Protocol></Account>",
    );
    let urls = [
        "https://mail.contoso.example/EWS/Exchange.asmx",
        "https://ex02.internal.contoso.example/EWS/Exchange.asmx",
    ];
    assert_eq!(read(&settings), Answer::Found(urls.map(url).to_vec()));
    let address = outlook(
        "<Account><Action>redirectAddr</Action><RedirectAddr>elvin@mail.contoso.example</RedirectAddr></Account>",
    );
    assert_eq!(read(&address), Answer::Readdress("elvin@mail.contoso.example".to_owned()));
    let elsewhere = outlook(
        "<Account><Action>redirectUrl</Action><RedirectUrl>https://evil.example/autodiscover.xml</RedirectUrl></Account>",
    );
    assert_eq!(read(&elsewhere), Answer::Redirect(url("https://evil.example/autodiscover.xml")));
    let error = r#"<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response><Error Time="12:00:00" Id="1"><ErrorCode>500</ErrorCode><Message>The e-mail address cannot be found.</Message><DebugData/></Error></Response></Autodiscover>"#;
    assert!(matches!(read(error), Answer::Nothing(Nothing::Error { ref code, .. }) if code == "500"));
    let without =
        outlook("<Account><Action>settings</Action><Protocol><Type>EXPR</Type></Protocol></Account>");
    assert!(matches!(read(&without), Answer::Nothing(Nothing::Error { .. })));
    for body in [
        "",
        "<Autodiscover/>",
        &outlook(""),
        &outlook("<Account/>"),
        &outlook("<Account><Action>x</Action></Account>"),
        &settings[..settings.len() - 1],
        "<!DOCTYPE html><html/>",
    ] {
        assert_eq!(read(body), Answer::Nothing(Nothing::NotAutodiscover), "{body}");
    }
    assert_eq!(answer(&pox(), 401, &[("www-authenticate", "NTLM")], ""), Answer::Unauthorized);
    assert_eq!(
        answer(&pox(), 200, &[("content-type", "text/html")], &settings),
        Answer::Nothing(Nothing::NotAutodiscover)
    );
}

#[test]
fn b62_redirects_are_ruled_on() {
    let mut search = search();
    let mut follow = |to: &str| search.follow(&pox(), &url(to));
    for insecure in [
        "http://autodiscover.contoso.example/x",
        "https://me@contoso.example/x",
        "https://contoso.example/x#y",
        "ftp://contoso.example/",
        "data:text/xml,x",
    ] {
        assert_eq!(follow(insecure), Step::Refuse(Refused::NotSecure), "{insecure}");
    }
    for foreign in [
        "evil.example",
        "contoso.example.evil.example",
        "evilcontoso.example",
        "outlook.office365.com",
        "127.0.0.1",
    ] {
        assert_eq!(follow(&format!("https://{foreign}/x")), Step::Confirm { host: foreign.to_owned() });
    }
    let ask = |to: &str, credentials: bool| Step::Ask { candidate: place(to, Service::Pox), credentials };
    let near = "https://autodiscover.contoso.example/other.xml";
    assert_eq!(follow(near), ask(near, true));
    // Another host or port of the same domain is asked, but gets no credentials.
    for other in ["https://mail.contoso.example/x", "https://autodiscover.contoso.example:8443/x"] {
        assert_eq!(follow(other), ask(other, false));
    }
    assert_eq!(follow(near), Step::Refuse(Refused::Again));
    assert_eq!(follow(pox().url.as_str()), Step::Refuse(Refused::Again));
}

#[test]
fn b62_nobody_is_asked_without_agreement_and_nobody_twenty_times() {
    let mut search = search();
    let evil = url("https://EVIL.example/autodiscover.xml");
    let Step::Confirm { host } = search.follow(&pox(), &evil) else { panic!("confirm") };
    assert_eq!(search.readdress("ana@evil.example"), Step::Confirm { host: "evil.example".to_owned() });
    search.agree(&host);
    let agreed = search.follow(&pox(), &evil);
    assert!(matches!(agreed, Step::Ask { credentials: false, .. }), "{agreed:?}");
    let rulings: Vec<_> =
        (0..20).map(|hop| search.follow(&pox(), &url(&format!("https://contoso.example/{hop}")))).collect();
    assert!(rulings[..9].iter().all(|step| matches!(step, Step::Ask { .. })));
    assert!(rulings[9..].iter().all(|step| *step == Step::Refuse(Refused::TooManySteps)));
}

#[test]
fn another_address_starts_anew() {
    let mut search = search();
    assert_eq!(search.readdress("elvin@mail.contoso.example"), Step::Restart);
    assert_eq!(search.address(), "elvin@mail.contoso.example");
    assert!(search.candidates()[0].url.as_str().starts_with("https://autodiscover.mail.contoso.example/"));
    for again in ["Elvin@mail.contoso.example", "elvin@mail.contoso.example"] {
        assert_eq!(search.readdress(again), Step::Refuse(Refused::Again));
    }
    for bad in ["", "nobody", "x@y"] {
        assert_eq!(search.readdress(bad), Step::Refuse(Refused::BadAddress), "{bad}");
    }
    // The domain it began with stays home.
    assert_eq!(search.readdress("x@contoso.example"), Step::Restart);
}

#[test]
fn addresses_that_were_found_are_ruled_on() {
    let mut search = Search::new("ana@contoso.example", &[url("https://mail.hoster.example")]).unwrap();
    for good in
        ["https://mail.contoso.example/EWS/Exchange.asmx", "https://mail.hoster.example/EWS/Exchange.asmx"]
    {
        assert_eq!(search.arrive(&url(good)), Place::Usable(url(good)));
    }
    assert_eq!(search.arrive(&url("https://outlook.office365.com/EWS/Exchange.asmx")), Place::ExchangeOnline);
    assert_eq!(
        search.arrive(&url("http://mail.contoso.example/EWS/Exchange.asmx")),
        Place::Refuse(Refused::NotSecure)
    );
    assert_eq!(search.arrive(&url("https://mail.contoso.example/?x")), Place::Refuse(Refused::NotSecure));
    let other = url("https://other.example/EWS/Exchange.asmx");
    assert_eq!(search.arrive(&other), Place::Confirm { host: "other.example".to_owned() });
    search.agree("Other.example");
    assert_eq!(search.arrive(&other), Place::Usable(other));
}

proptest! {
    #[test]
    fn any_answer_is_read(bytes in prop::collection::vec(any::<u8>(), 0..500), status in 200_u16..600) {
        for candidate in [pox(), json()] {
            let _ = candidate.parse(&Response::builder().status(status).body(Bytes::from(bytes.clone())).unwrap());
        }
    }
}
