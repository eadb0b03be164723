use super::{Authority, Issuer, Wire};
use url::Url;

const TID: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const BASE: &str = "https://login.microsoftonline.com";

fn entra(tenant: &str) -> Authority {
    Authority::Entra { base: Url::parse(BASE).unwrap(), tenant: tenant.to_owned() }
}

fn wire(issuer: &str, host: &str) -> Wire {
    Wire {
        issuer: issuer.to_owned(),
        authorization_endpoint: format!("{host}/x/oauth2/v2.0/authorize"),
        token_endpoint: format!("{host}/x/oauth2/v2.0/token"),
        jwks_uri: format!("{host}/x/discovery/v2.0/keys"),
    }
}

fn accepts(authority: &Authority, wire: Wire) -> bool {
    authority.check(&authority.metadata_url().unwrap(), wire).is_ok()
}

#[test]
fn metadata_urls() {
    let url = |authority: Authority| authority.metadata_url().map(String::from).ok();
    assert_eq!(
        url(entra("contoso.com")).unwrap(),
        "https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration"
    );
    assert_eq!(
        url(Authority::OpenId { issuer: "https://id.example/realms/a/".into() }).unwrap(),
        "https://id.example/realms/a/.well-known/openid-configuration"
    );
    for tenant in ["", "..", "a/b", "a?b", "a#b", "a b", "%2e"] {
        assert_eq!(url(entra(tenant)), None, "{tenant:?}");
    }
    assert_eq!(url(Authority::OpenId { issuer: "http://id.example".into() }), None);
    assert_eq!(url(Authority::OpenId { issuer: "not a url".into() }), None);
}

#[test]
fn b28_entra_metadata_must_stay_on_its_host() {
    let good = format!("{BASE}/{TID}/v2.0");
    assert!(accepts(&entra("organizations"), wire(&good, BASE)));
    assert!(accepts(&entra("organizations"), wire(&format!("{BASE}/{{tenantid}}/v2.0"), BASE)));
    for issuer in [
        "https://login.microsoftonline.com.evil.example/{tenantid}/v2.0",
        "https://evil.example/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
        "http://login.microsoftonline.com/{tenantid}/v2.0",
        "https://login.microsoftonline.com/{tenantid}/{tenantid}/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0/",
        "https://login.microsoftonline.com/contoso.com/v2.0",
        "{tenantid}",
        "",
    ] {
        assert!(!accepts(&entra("organizations"), wire(issuer, BASE)), "{issuer}");
    }
    for host in
        ["https://evil.example", "http://login.microsoftonline.com", "https://u@login.microsoftonline.com"]
    {
        assert!(!accepts(&entra("organizations"), wire(&good, host)), "{host}");
    }
}

#[test]
fn b28_provider_metadata_must_name_the_issuer_and_stay_secure() {
    let provider = Authority::OpenId { issuer: "https://id.example".into() };
    assert!(accepts(&provider, wire("https://id.example", "https://id.example")));
    assert!(accepts(&provider, wire("https://id.example", "https://tokens.example")));
    for issuer in ["https://id.example/", "https://ID.example", "https://evil.example"] {
        assert!(!accepts(&provider, wire(issuer, "https://id.example")), "{issuer}");
    }
    for host in ["http://id.example", "http://localhost:8080", "https://localhost", "https://u:p@id.example"]
    {
        assert!(!accepts(&provider, wire("https://id.example", host)), "{host}");
    }
}

#[test]
fn b29_template_takes_the_tid_of_the_token() {
    let rule = Issuer::entra(&Url::parse(BASE).unwrap(), &format!("{BASE}/{{tenantid}}/v2.0")).unwrap();
    assert_eq!(rule.expected(Some(TID)).unwrap(), format!("{BASE}/{TID}/v2.0"));
    for tid in
        [None, Some(""), Some("contoso.com"), Some("../evil"), Some("72f988bf86f141af91ab2d7cd011db47")]
    {
        assert_eq!(rule.expected(tid), None, "{tid:?}");
    }
}

#[test]
fn b08_iss_of_a_redirect() {
    let rule = Issuer::PerTenant(format!("{BASE}/{{tenantid}}/v2.0"));
    assert!(rule.could_be(&format!("{BASE}/{TID}/v2.0")));
    assert!(!rule.could_be("https://evil.example/"));
    assert!(!rule.could_be(&format!("{BASE}/evil/v2.0")));
    assert!(Issuer::Exact("https://id.example".into()).could_be("https://id.example"));
    assert!(!Issuer::Exact("https://id.example".into()).could_be("https://id.example/"));
}
