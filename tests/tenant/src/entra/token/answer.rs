//! The answer with tokens.

use axum::Json;
use axum::response::{Html, IntoResponse, Response};
use chrono::TimeDelta;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::Fields;
use super::error::{TokenError, no_store};
use crate::entra::data::{AccessToken, RefreshToken};
use crate::entra::scopes::{BadScope, Permission, Resource, Scopes};
use crate::entra::{consent, deliver, id_token};
use crate::jose;
use crate::scenario::IdentityScenario;
use crate::state::TenantState;
use crate::tamper::Tamper;

/// What is granted to whom.
#[derive(Debug)]
pub struct Grant {
    /// Who signed in.
    pub user: usize,
    /// The permissions of this answer.
    pub permissions: Vec<Permission>,
    /// The permissions of the sign-in; a refresh without scope repeats them.
    pub signed_in_for: Vec<Permission>,
    /// For the ID token.
    pub nonce: Option<String>,
    /// Whether a refresh token was redeemed.
    pub is_refresh: bool,
}

/// The permissions a token request asks for, checked: one API, all consented.
pub fn asked(
    state: &TenantState,
    fields: &Fields,
    user: usize,
    before: &[Permission],
) -> Result<Vec<Permission>, TokenError> {
    let text = fields.get("scope").map(String::as_str).unwrap_or_default();
    let scopes = match Scopes::parse(text, &state.urls.authority) {
        Ok(scopes) => scopes,
        Err(BadScope::Empty) => Scopes { permissions: first_resource(before), defaults: Vec::new() },
        Err(BadScope::Unknown(name)) => {
            let text = format!(
                "The provided value for the input parameter 'scope' is not valid. The scope '{name}' is not valid."
            );
            return Err(TokenError::new("invalid_scope", 70011, text));
        }
    };
    if scopes.resources().len() > 1 {
        let text = "The provided value for the input parameter 'scope' is not valid because it contains more than one resource.";
        return Err(TokenError::new("invalid_scope", 700022, text));
    }
    let all = consent::expand(state, user, &scopes.permissions, &scopes.defaults);
    let data = state.entra.data();
    if all.iter().any(|permission| !data.is_granted(user, *permission)) {
        return Err(
            TokenError::invalid_grant(65001, consent::not_consented()).with_suberror("consent_required")
        );
    }
    Ok(all)
}

/// Without a scope the first API of the sign-in is meant.
fn first_resource(permissions: &[Permission]) -> Vec<Permission> {
    let first = permissions.iter().find(|p| !p.is_openid()).map_or(Resource::Graph, |p| p.resource);
    permissions.iter().filter(|p| p.is_openid() || p.resource == first).copied().collect()
}

/// Makes and remembers the tokens, and answers with them.
pub fn tokens(state: &TenantState, fields: &Fields, grant: &Grant) -> Response {
    let tampering = state.entra.data().tampering.take();
    if tampering == Some(Tamper::Html) {
        return Html("<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>")
            .into_response();
    }
    let mut body = Map::new();
    body.insert("token_type".into(), json!("Bearer"));
    access_token(state, fields, grant, &mut body);
    if grant.signed_in_for.iter().any(|p| p.name == "offline_access") {
        body.insert("refresh_token".into(), json!(refresh_token(state, grant)));
    }
    if grant.permissions.iter().any(|p| p.name == "openid") {
        body.insert("id_token".into(), json!(id_token::issue(state, grant, tampering)));
    }
    if fields.get("client_info").map(String::as_str) == Some("1") {
        let user = state.world().users[grant.user].clone();
        body.insert("client_info".into(), json!(deliver::client_info(state, &user)));
    }
    finish(&tampered(body, tampering), tampering)
}

fn access_token(state: &TenantState, fields: &Fields, grant: &Grant, body: &mut Map<String, Value>) {
    let handles_challenges = fields.get("claims").is_some_and(|claims| claims.contains("cp1"));
    let lifetime = lifetime(state, handles_challenges);
    let now = state.now();
    let api: Vec<Permission> = grant.permissions.iter().filter(|p| !p.is_openid()).copied().collect();
    let resource = api.first().map_or(Resource::Graph, |permission| permission.resource);
    let text = format!("EwB{}{}", jose::opaque(), jose::opaque());
    let mut data = state.entra.data();
    data.answers += 1;
    let answers = data.answers;
    let token = AccessToken {
        user: grant.user,
        resource,
        permissions: api,
        issued: now,
        expires: now + TimeDelta::seconds(lifetime),
        handles_challenges,
        challenged: data.challenged_users.contains(&grant.user),
    };
    data.access_tokens.insert(text.clone(), token);
    data.access_tokens.retain(|_, token| token.expires > now - TimeDelta::days(1));
    drop(data);
    body.insert("scope".into(), json!(scope_text(&grant.permissions, answers, &state.urls.authority)));
    // Numbers and strings are both seen: every other answer has strings.
    let seconds = |n: i64| {
        if answers.is_multiple_of(2) { json!(n.to_string()) } else { json!(n) }
    };
    body.insert("expires_in".into(), seconds(lifetime));
    body.insert("ext_expires_in".into(), seconds(lifetime));
    if handles_challenges {
        // Always a number: MSAL for Python takes nothing else here.
        body.insert("refresh_in".into(), json!(lifetime / 2));
    }
    body.insert("access_token".into(), json!(text));
}

/// 60 to 90 minutes; up to 28 hours for clients that handle claims challenges; ten minutes by policy. In seconds.
fn lifetime(state: &TenantState, handles_challenges: bool) -> i64 {
    if state.signing_in(IdentityScenario::ShortTokens) {
        600
    } else if handles_challenges {
        rand::random_range(24 * 3600..28 * 3600)
    } else {
        rand::random_range(3600..5400)
    }
}

/// Names in an order of the server's own; every other answer spells API permissions as URLs. `offline_access` is
/// never among them.
fn scope_text(permissions: &[Permission], answers: u64, server: &str) -> String {
    let shown = permissions.iter().rev().filter(|p| p.name != "offline_access");
    let words = shown.map(|p| match p.resource {
        _ if p.is_openid() => p.name.to_owned(),
        Resource::Graph if answers % 2 == 1 => p.name.to_owned(),
        Resource::Graph => format!("https://graph.microsoft.com/{}", p.name),
        Resource::Exchange => format!("https://outlook.office365.com/{}", p.name),
        Resource::ExchangeServer => format!("{server}/{}", p.name),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn refresh_token(state: &TenantState, grant: &Grant) -> String {
    // Real ones are one to two kilobytes long, which matters to keychains.
    let text = format!("1.A{}", (0..28).map(|_| jose::opaque()).collect::<String>());
    let token = RefreshToken {
        user: grant.user,
        used: state.now(),
        revoked: false,
        permissions: grant.signed_in_for.clone(),
    };
    state.entra.data().refresh_tokens.insert(text.clone(), token);
    text
}

fn tampered(mut body: Map<String, Value>, tampering: Option<Tamper>) -> Map<String, Value> {
    let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
    match tampering {
        Some(Tamper::ExpiryText) => set("expires_in", json!("soon")),
        Some(Tamper::ExpiryNegative) => set("expires_in", json!(-1)),
        Some(Tamper::ExpiryNull) => set("expires_in", Value::Null),
        Some(Tamper::ExpiryHuge) => set("expires_in", json!(1e99)),
        Some(Tamper::ExpiryMissing) => body.remove("expires_in"),
        Some(Tamper::TokenTypeMac) => set("token_type", json!("mac")),
        Some(Tamper::AccessTokenNumber) => set("access_token", json!(12345)),
        Some(Tamper::NoAccessToken) => body.remove("access_token"),
        Some(Tamper::NoRefreshToken) => body.remove("refresh_token"),
        Some(Tamper::NoIdToken) => body.remove("id_token"),
        Some(Tamper::FewerScopes) => {
            let scope = body.get("scope").and_then(Value::as_str).unwrap_or_default();
            let kept: Vec<&str> = scope.split(' ').filter(|word| !word.contains("Calendars.")).collect();
            let kept = json!(kept.join(" "));
            body.insert("scope".into(), kept)
        }
        _ => None,
    };
    body
}

fn finish(body: &Map<String, Value>, tampering: Option<Tamper>) -> Response {
    let mut response = if tampering == Some(Tamper::DuplicateKeys) {
        let text = json!(body).to_string();
        let doubled = format!("{{\"access_token\":\"evil\",{}", &text[1..]);
        ([(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"))], doubled)
            .into_response()
    } else {
        Json(body).into_response()
    };
    no_store(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(name: &'static str) -> Permission {
        Permission { resource: Resource::Graph, name }
    }

    #[test]
    fn scopes_are_spelled_in_two_ways_and_never_offline() {
        let granted = [permission("openid"), permission("offline_access"), permission("Calendars.Read")];
        assert_eq!(scope_text(&granted, 1, ""), "Calendars.Read openid");
        assert_eq!(scope_text(&granted, 2, ""), "https://graph.microsoft.com/Calendars.Read openid");
    }

    #[test]
    fn a_scope_is_left_out() {
        let mut body = Map::new();
        body.insert("scope".into(), json!("Calendars.Read openid"));
        let body = tampered(body, Some(Tamper::FewerScopes));
        assert_eq!(body["scope"], "openid");
    }
}
