use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use url::Url;

use super::Attempt;
use crate::authority::{Authority, Issuer, Metadata};
use crate::flow::{AuthorizeRequest, Prompt};
use crate::random::SystemRandom;

fn metadata() -> Metadata {
    let url = |path: &str| Url::parse(&format!("https://login.example/t{path}")).unwrap();
    Metadata {
        issuer: Issuer::Exact("https://login.example/t/v2.0".into()),
        authorization_endpoint: url("/authorize?kept=1"),
        token_endpoint: url("/token"),
        jwks_uri: url("/keys"),
    }
}

fn request(authority: Authority) -> AuthorizeRequest {
    AuthorizeRequest {
        login_hint: Some("ann+test@contoso.com".into()),
        domain_hint: Some("contoso.com".into()),
        prompt: Some(Prompt::SelectAccount),
        ..AuthorizeRequest::new(authority, "client", vec!["profile".into(), "Calendars.Read".into()])
    }
}

fn entra() -> Authority {
    Authority::Entra { base: Url::parse("https://login.example").unwrap(), tenant: "contoso.com".into() }
}

fn parameters(request: &AuthorizeRequest) -> (Attempt, HashMap<String, String>) {
    let attempt = Attempt::new(&SystemRandom, "http://localhost:4711".into()).unwrap();
    let url = attempt.url(request, &metadata()).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let map: HashMap<String, String> = pairs.iter().cloned().collect();
    assert_eq!(map.len(), pairs.len(), "a parameter stands twice");
    (attempt, map)
}

#[test]
fn the_page_carries_every_parameter() {
    let (attempt, map) = parameters(&request(entra()));
    let get = |name: &str| map.get(name).map(String::as_str);
    assert_eq!(get("kept"), Some("1"));
    assert_eq!(get("client_id"), Some("client"));
    assert_eq!(get("response_type"), Some("code"));
    assert_eq!(get("response_mode"), Some("query"));
    assert_eq!(get("redirect_uri"), Some("http://localhost:4711"));
    assert_eq!(get("scope"), Some("openid profile Calendars.Read"));
    assert_eq!(get("login_hint"), Some("ann+test@contoso.com"));
    assert_eq!(get("domain_hint"), Some("contoso.com"));
    assert_eq!(get("prompt"), Some("select_account"));
    assert_eq!(get("claims"), Some(r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#));
    assert_eq!(get("state"), Some(attempt.state.expose_secret()));
    assert_eq!(get("nonce"), Some(attempt.nonce.expose_secret()));
    let expected = URL_SAFE_NO_PAD.encode(Sha256::digest(attempt.verifier.expose_secret()));
    assert_eq!(get("code_challenge"), Some(expected.as_str()));
    assert_eq!(get("code_challenge_method"), Some("S256"));
}

#[test]
fn a_provider_gets_no_parameter_of_microsoft() {
    let (_, map) = parameters(&request(Authority::OpenId { issuer: "https://id.example".into() }));
    assert!(!map.contains_key("claims") && !map.contains_key("domain_hint"));
    assert!(map.contains_key("login_hint"));
}

#[test]
fn b06_every_attempt_has_fresh_secrets_of_256_bits() {
    let mut seen = HashSet::new();
    for _ in 0..1000 {
        let (attempt, map) = parameters(&request(entra()));
        for secret in [&attempt.state, &attempt.nonce, &attempt.verifier] {
            assert_eq!(URL_SAFE_NO_PAD.decode(secret.expose_secret()).unwrap().len(), 32);
            assert!(seen.insert(secret.expose_secret().to_owned()));
        }
        assert_eq!(map["code_challenge_method"], "S256");
        assert!(!map.values().any(|value| value == attempt.verifier.expose_secret()));
    }
}
