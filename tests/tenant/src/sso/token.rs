//! The provider's token and userinfo endpoints.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use chrono::TimeDelta;
use http::header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{CLIENT_ID, Code};
use crate::jose;
use crate::state::{Shared, TenantState};
use crate::tamper::{self, Tamper};

type Fields = HashMap<String, String>;

/// How long codes work.
const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(1);

/// How long ID and access tokens live, in seconds.
const LIFETIME: i64 = 300;

/// `POST /token`.
pub async fn endpoint(State(shared): State<Shared>, Form(fields): Form<Fields>) -> Response {
    match redeem(&shared, &fields) {
        Ok(code) => answer(&shared, &code),
        Err((error, text)) => {
            (StatusCode::BAD_REQUEST, Json(json!({"error": error, "error_description": text})))
                .into_response()
        }
    }
}

fn redeem(state: &TenantState, fields: &Fields) -> Result<Code, (&'static str, &'static str)> {
    let get = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if get("grant_type") != "authorization_code" {
        return Err(("unsupported_grant_type", "Only authorization_code is supported."));
    }
    if get("client_id") != CLIENT_ID {
        return Err(("invalid_client", "Unknown client."));
    }
    // Taken away at the first try, right or wrong: a code is not guessed at twice.
    let code =
        state.sso.data().codes.remove(get("code")).ok_or(("invalid_grant", "Unknown or used code."))?;
    let fresh = state.now() - code.issued <= CODE_LIFETIME;
    let bound = code.request.redirect_uri == get("redirect_uri");
    let proven = jose::s256(get("code_verifier")) == code.request.challenge;
    if fresh && bound && proven {
        Ok(code)
    } else {
        Err(("invalid_grant", "The code does not fit this request."))
    }
}

fn answer(state: &TenantState, code: &Code) -> Response {
    let access_token = jose::opaque();
    state.sso.data().tokens.insert(access_token.clone(), code.user);
    let mode = state.sso.data().tampering.take();
    if mode == Some(Tamper::Html) {
        return axum::response::Html("<!doctype html><title>Proxy</title><h1>Please sign in</h1>")
            .into_response();
    }
    let mut claims = claims(state, code, &access_token);
    if let Some(mode) = mode {
        tamper::spoil_claims(mode, &mut claims, state.now());
    }
    let id_token = tamper::sign(&state.sso.key, &Value::Object(claims), mode);
    let mut body = json!({"access_token": access_token, "token_type": "Bearer", "expires_in": LIFETIME,
        "scope": code.request.scope, "id_token": id_token});
    if let (Some(Tamper::NoIdToken), Some(body)) = (mode, body.as_object_mut()) {
        body.remove("id_token");
    }
    let mut response = Json(body).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn claims(state: &TenantState, code: &Code, access_token: &str) -> Map<String, Value> {
    let now = state.now().timestamp();
    let mut claims = person(state, code.user);
    claims.insert("iss".into(), json!(state.urls.sso_issuer()));
    claims.insert("aud".into(), json!(CLIENT_ID));
    claims.insert("iat".into(), json!(now));
    claims.insert("auth_time".into(), json!(now));
    claims.insert("exp".into(), json!(now + LIFETIME));
    claims.insert("at_hash".into(), json!(jose::encode(&Sha256::digest(access_token)[..16])));
    if let Some(nonce) = &code.request.nonce {
        claims.insert("nonce".into(), json!(nonce));
    }
    claims
}

/// The claims about a person; the e-mail address is the user name in Entra.
fn person(state: &TenantState, user: usize) -> Map<String, Value> {
    let world = state.world();
    let user = &world.users[user];
    let text = |name: &str, value: &str| (name.to_owned(), json!(value));
    Map::from_iter([
        text("sub", &jose::encode(&Sha256::digest(&user.username)[..15])),
        text("name", &user.display_name),
        text("given_name", &user.given_name),
        text("family_name", &user.surname),
        text("email", &user.username),
        ("email_verified".to_owned(), json!(true)),
        text("preferred_username", &user.username),
    ])
}

/// `GET /userinfo`.
pub async fn userinfo(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    let user = shared.sso.data().tokens.get(token).copied();
    match user {
        Some(user) => Json(person(&shared, user)).into_response(),
        None => {
            (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")]).into_response()
        }
    }
}
