//! ID tokens, good and bad, through the whole flow.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use convoke_auth::flow::authorize;
use convoke_auth::id_token::Check;
use convoke_auth::{AuthError, Authority, AuthorizeRequest, Identity};
use serde_json::{Value, json};

use crate::authority::{BASE, CLIENT, Fake, KEY, OTHER_KEY, Reply, claims, header, jwk, now, sign, tokens};
use crate::browser::{Bench, Opened};
use crate::flow::request;

type MakeToken = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Signs in with the token that `make` makes for the nonce, with `date` as the server's clock.
async fn sign_in_at(
    request: AuthorizeRequest,
    date: Option<String>,
    make: Box<MakeToken>,
    prepare: impl FnOnce(&Fake),
) -> (Result<Identity, AuthError>, Arc<Fake>) {
    let nonce = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&nonce);
    let fake = Fake::new(move |_| {
        let body = tokens(make(&seen.lock().unwrap())).to_string().into_bytes();
        Reply::Raw(200, date.iter().map(|date| ("date", date.clone())).collect(), body)
    });
    prepare(&fake);
    let mut bench = Bench::new(Arc::clone(&fake));
    let (deps, pages) = bench.split();
    let browser = async {
        let opened = Opened::read(&pages.recv().await.unwrap());
        nonce.lock().unwrap().clone_from(&opened.parameters["nonce"]);
        opened.answer().await
    };
    let (grant, _) = tokio::join!(authorize(request, deps, |_| {}), browser);
    (grant.map(|grant| grant.identity), fake)
}

async fn sign_in(
    make: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Result<Identity, AuthError> {
    sign_in_at(request(), None, Box::new(make), |_| {}).await.0
}

/// Changes one claim of a good token; `Null` removes it.
async fn with_claim(name: &'static str, value: Value) -> Option<Check> {
    let result = sign_in(move |nonce| {
        let mut claims = claims(nonce);
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
        Some(sign(&header(), &claims, &KEY))
    })
    .await;
    check_of(result)
}

fn check_of(result: Result<Identity, AuthError>) -> Option<Check> {
    match result {
        Ok(_) => None,
        Err(AuthError::IdTokenRefused { check }) => Some(check),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn b30_audience() {
    for (value, expected) in [
        (json!(CLIENT), None),
        (json!([CLIENT]), None),
        (json!("11111111-0000-0000-0000-000000000000"), Some(Check::Audience)),
        (json!([CLIENT, "unknown"]), Some(Check::Audience)),
        (json!([]), Some(Check::Audience)),
        (Value::Null, Some(Check::Audience)),
    ] {
        assert_eq!(with_claim("aud", value.clone()).await, expected, "{value}");
    }
}

#[tokio::test]
async fn b31_b29_issuer() {
    for issuer in [
        json!("https://login.example.evil/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"),
        json!(format!("{BASE}/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0/")),
        json!(format!("{BASE}/00000000-0000-0000-0000-000000000000/v2.0")),
        json!(format!("{BASE}/{{tenantid}}/v2.0")),
        Value::Null,
    ] {
        assert_eq!(with_claim("iss", issuer.clone()).await, Some(Check::Issuer), "{issuer}");
    }
    for tid in [json!("contoso.com"), json!(""), Value::Null] {
        assert_eq!(with_claim("tid", tid.clone()).await, Some(Check::Issuer), "{tid}");
    }
}

#[tokio::test]
async fn b32_times() {
    let at = now().timestamp();
    for (name, value, expected) in [
        ("exp", json!(at - 3600), Some(Check::Expired)),
        ("exp", json!(at - 60), None),
        ("exp", json!(253_402_300_799_i64), Some(Check::Expired)),
        ("exp", json!(1e300), Some(Check::Expired)),
        ("exp", json!(-5), Some(Check::Expired)),
        ("exp", Value::Null, Some(Check::Expired)),
        ("exp", json!((at + 3600).to_string()), Some(Check::Form)),
        ("nbf", json!(at + 3600), Some(Check::NotYetValid)),
        ("nbf", json!(at + 60), None),
        ("iat", json!(at + 3600), Some(Check::NotYetValid)),
        ("nbf", Value::Null, None),
    ] {
        assert_eq!(with_claim(name, value.clone()).await, expected, "{name} {value}");
    }
}

#[tokio::test]
async fn b33_nonce() {
    for nonce in [json!("another"), json!(""), Value::Null] {
        assert_eq!(with_claim("nonce", nonce.clone()).await, Some(Check::Nonce), "{nonce}");
    }
}

#[tokio::test]
async fn a_token_that_names_nobody_is_refused() {
    assert_eq!(with_claim("sub", json!("")).await, Some(Check::Subject));
    assert_eq!(with_claim("oid", Value::Null).await, None);
}

#[tokio::test]
async fn b34_algorithm_and_signature() {
    let token = |header: Value, other_key: bool| {
        move |nonce: &str| Some(sign(&header, &claims(nonce), if other_key { &OTHER_KEY } else { &KEY }))
    };
    let flipped = |nonce: &str| {
        let good = sign(&header(), &claims(nonce), &KEY);
        let (message, signature) = good.rsplit_once('.').unwrap();
        let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
        bytes[10] ^= 1;
        Some(format!("{message}.{}", URL_SAFE_NO_PAD.encode(bytes)))
    };
    let unsigned = |nonce: &str| {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        Some(format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims(nonce))))
    };
    let bare = |nonce: &str| Some(format!("a.{}.c", URL_SAFE_NO_PAD.encode(claims(nonce).to_string())));
    assert_eq!(check_of(sign_in(flipped).await), Some(Check::Signature));
    assert_eq!(check_of(sign_in(unsigned).await), Some(Check::Algorithm));
    assert_eq!(check_of(sign_in(bare).await), Some(Check::Algorithm));
    assert_eq!(check_of(sign_in(|_| None).await), Some(Check::Form));
    assert_eq!(check_of(sign_in(token(header(), true)).await), Some(Check::Signature));
    let without_kid = json!({"alg": "RS256"});
    assert_eq!(check_of(sign_in(token(without_kid, false)).await), Some(Check::Key));
    for alg in ["HS256", "PS256", "ES256", "RS512"] {
        let other = json!({"alg": alg, "kid": "k1"});
        assert_eq!(check_of(sign_in(token(other, false)).await), Some(Check::Algorithm), "{alg}");
    }
}

#[tokio::test]
async fn b34_keys_named_by_the_token_itself_are_ignored() {
    for (name, value) in [
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/cert")),
        ("jwk", jwk("k1", &OTHER_KEY)),
    ] {
        let mut header = header();
        header[name] = value;
        let (result, fake) = sign_in_at(
            request(),
            None,
            Box::new(move |nonce| Some(sign(&header, &claims(nonce), &OTHER_KEY))),
            |_| {},
        )
        .await;
        assert!(check_of(result).is_some(), "{name}");
        assert_eq!(fake.count("evil"), 0);
    }
}

#[tokio::test]
async fn b34_an_unknown_key_is_looked_for_once_more() {
    let unknown = json!({"alg": "RS256", "kid": "k9"});
    let make = move |nonce: &str| Some(sign(&unknown, &claims(nonce), &KEY));
    let (result, fake) = sign_in_at(request(), None, Box::new(make), |_| {}).await;
    assert_eq!(check_of(result), Some(Check::Key));
    assert_eq!(fake.count("/keys"), 2);
}

#[tokio::test]
async fn keys_of_unknown_kinds_spoil_nothing() {
    let make = |nonce: &str| Some(sign(&header(), &claims(nonce), &KEY));
    let (result, _) = sign_in_at(request(), None, Box::new(make), |fake| {
        let odd = [json!({"kty": "PQ", "kid": "p"}), json!(5), json!({"kty": "RSA", "kid": "k0"})];
        let keys: Vec<Value> = odd.into_iter().chain([jwk("k1", &KEY)]).collect();
        *fake.keys.lock().unwrap() = json!({ "keys": keys });
    })
    .await;
    assert_eq!(check_of(result), None);
}

#[tokio::test]
async fn f45_a_wrong_clock_of_this_machine_keeps_nobody_out() {
    let shift = 10 * 365 * 86_400;
    let make = move |nonce: &str| {
        let mut claims = claims(nonce);
        for name in ["exp", "nbf", "iat"] {
            claims[name] = json!(claims[name].as_i64().unwrap() + shift);
        }
        Some(sign(&header(), &claims, &KEY))
    };
    let date = (now() + chrono::TimeDelta::seconds(shift)).to_rfc2822();
    assert_eq!(check_of(sign_in_at(request(), Some(date), Box::new(make), |_| {}).await.0), None);
    assert_eq!(check_of(sign_in_at(request(), None, Box::new(make), |_| {}).await.0), Some(Check::Expired));
}

#[tokio::test]
async fn a_provider_signs_in_without_claims_of_microsoft() {
    let provider = AuthorizeRequest::new(
        Authority::OpenId { issuer: "https://id.example".into() },
        CLIENT,
        vec!["openid".into(), "email".into()],
    );
    let make = |issuer: &'static str| {
        Box::new(move |nonce: &str| {
            let at = now().timestamp();
            let claims = json!({"iss": issuer, "aud": CLIENT, "exp": at + 60, "nonce": nonce, "sub": "u1", "email": "ann@contoso.com"});
            Some(sign(&header(), &claims, &KEY))
        })
    };
    let metadata = |fake: &Fake| {
        *fake.metadata.lock().unwrap() = json!({
            "issuer": "https://id.example",
            "authorization_endpoint": "https://id.example/authorize",
            "token_endpoint": "https://id.example/token",
            "jwks_uri": "https://id.example/keys",
        });
    };
    let (identity, _) = sign_in_at(provider.clone(), None, make("https://id.example"), metadata).await;
    let identity = identity.unwrap();
    assert_eq!((identity.subject.as_str(), identity.username.as_deref()), ("u1", Some("ann@contoso.com")));
    assert_eq!((identity.tenant_id, identity.issuer.as_str()), (None, "https://id.example"));
    let (other, _) = sign_in_at(provider, None, make("https://id.example/"), metadata).await;
    assert_eq!(check_of(other), Some(Check::Issuer));
}
