//! A scripted authority: metadata, keys and a token endpoint behind the transport trait.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use convoke_net::{Limits, NetError, Transport};
use http::{Request, Response};
use serde_json::{Value, json};
use url::form_urlencoded;

pub const TENANT: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";
pub const OBJECT: &str = "11111111-2222-3333-4444-555555555555";
pub const BASE: &str = "https://login.example";
pub const CLIENT: &str = "00000000-aaaa-bbbb-cccc-000000000000";

/// Making keys is slow: one pair that is published and one that is not.
pub static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
pub static OTHER_KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// One answer of the scripted authority.
pub enum Reply {
    Json(u16, Value),
    Raw(u16, Vec<(&'static str, String)>, Vec<u8>),
    Offline,
    BreaksOff,
}

type Script = Box<dyn Fn(&HashMap<String, String>) -> Reply + Send + Sync>;

/// The authority: counts what it is asked.
pub struct Fake {
    pub token: Mutex<Script>,
    pub metadata: Mutex<Value>,
    pub keys: Mutex<Value>,
    pub asked: Mutex<Vec<(String, HashMap<String, String>)>>,
    /// Runs between the request and the answer of the token endpoint.
    pub delay: tokio::sync::Semaphore,
}

impl Fake {
    pub fn new(token: impl Fn(&HashMap<String, String>) -> Reply + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            token: Mutex::new(Box::new(token)),
            metadata: Mutex::new(json!({
                "issuer": format!("{BASE}/{{tenantid}}/v2.0"),
                "authorization_endpoint": format!("{BASE}/organizations/oauth2/v2.0/authorize"),
                "token_endpoint": format!("{BASE}/organizations/oauth2/v2.0/token"),
                "jwks_uri": format!("{BASE}/organizations/discovery/v2.0/keys"),
            })),
            keys: Mutex::new(json!({ "keys": [jwk("k1", &KEY)] })),
            asked: Mutex::default(),
            delay: tokio::sync::Semaphore::new(1000),
        })
    }

    pub fn count(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|(asked, _)| asked.contains(path)).count()
    }

    pub fn last_form(&self) -> HashMap<String, String> {
        self.asked.lock().unwrap().iter().rfind(|(path, _)| path.ends_with("/token")).unwrap().1.clone()
    }
}

#[async_trait]
impl Transport for Fake {
    async fn send(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        assert!(!request.headers().contains_key("origin"));
        let path = request.uri().path().to_owned();
        let form: HashMap<_, _> = form_urlencoded::parse(request.body()).into_owned().collect();
        self.asked.lock().unwrap().push((path.clone(), form.clone()));
        let reply = if path.ends_with("openid-configuration") {
            Reply::Json(200, self.metadata.lock().unwrap().clone())
        } else if path.ends_with("/keys") {
            Reply::Json(200, self.keys.lock().unwrap().clone())
        } else {
            drop(self.delay.acquire().await);
            (self.token.lock().unwrap())(&form)
        };
        let host = "login.example".to_owned();
        match reply {
            Reply::Json(status, value) => {
                Ok(Response::builder().status(status).body(Bytes::from(value.to_string())).unwrap())
            }
            Reply::Raw(status, headers, body) => {
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                Ok(response.body(Bytes::from(body)).unwrap())
            }
            Reply::Offline => Err(NetError::Timeout { host, limit: limits.total }),
            Reply::BreaksOff => {
                let source = Box::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
                Err(NetError::Protocol { host, source })
            }
        }
    }
}

pub fn jwk(kid: &str, key: &KeyPair) -> Value {
    let public = key.public_key();
    json!({
        "kty": "RSA", "use": "sig", "kid": kid,
        "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
    })
}

pub fn sign(header: &Value, claims: &Value, key: &KeyPair) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub fn header() -> Value {
    json!({ "typ": "JWT", "alg": "RS256", "kid": "k1" })
}

/// The claims of a good ID token of Entra.
pub fn claims(nonce: &str) -> Value {
    let at = now().timestamp();
    json!({
        "iss": format!("{BASE}/{TENANT}/v2.0"), "aud": CLIENT, "exp": at + 3600, "nbf": at, "iat": at,
        "nonce": nonce, "sub": "pairwise", "tid": TENANT, "oid": OBJECT, "ver": "2.0",
        "preferred_username": "ann@contoso.com", "name": "Ann Ånström",
    })
}

/// A good answer of the token endpoint with `id_token`.
pub fn tokens(id_token: Option<String>) -> Value {
    let mut answer = json!({
        "token_type": "Bearer", "expires_in": "3600", "ext_expires_in": 3600,
        "scope": "https://graph.microsoft.com/Calendars.Read profile openid email",
        "access_token": "at-1", "refresh_token": "rt-1",
    });
    if let Some(id_token) = id_token {
        answer["id_token"] = Value::String(id_token);
    }
    answer
}

/// Long enough for a loaded machine, short enough to notice a hang.
pub const PATIENCE: Duration = Duration::from_secs(60);
