//! ID tokens (source: "ID token claims reference"), right ones and wrong ones.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::app;
use super::discovery::issuer;
use super::token::Grant;
use crate::jose;
use crate::state::TenantState;
use crate::tamper::{self, Tamper};

/// An ID token for the grant, wrong in the way `tampering` says.
pub fn issue(state: &TenantState, grant: &Grant, tampering: Option<Tamper>) -> String {
    let user = match tampering {
        Some(Tamper::OtherUser) => (grant.user + 1) % state.world().users.len(),
        _ => grant.user,
    };
    let mut claims = claims(state, grant, user);
    match tampering {
        Some(Tamper::OtherTenant) => move_to_other_tenant(state, &mut claims),
        Some(mode) => tamper::spoil_claims(mode, &mut claims, state.now()),
        None => {}
    }
    let keys = state.entra.keys();
    let Some(key) = keys.last() else {
        return String::new();
    };
    tamper::sign(key, &Value::Object(claims), tampering)
}

fn claims(state: &TenantState, grant: &Grant, user: usize) -> Map<String, Value> {
    let world = state.world();
    let person = &world.users[user];
    let asks = |name: &str| grant.permissions.iter().any(|permission| permission.name == name);
    let now = state.now();
    // Entra dates its tokens five minutes back and lets ID tokens live an hour.
    let issued = now - TimeDelta::minutes(5);
    let mut claims = Map::new();
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("aud", json!(app::CLIENT_ID));
    set("iss", json!(issuer(state, &world.tenant_id)));
    set("iat", json!(issued.timestamp()));
    set("nbf", json!(issued.timestamp()));
    set("exp", json!((issued + TimeDelta::minutes(65)).timestamp()));
    set("sub", json!(pairwise(&person.object_id)));
    set("tid", json!(world.tenant_id));
    set("uti", json!(jose::opaque()));
    set("ver", json!("2.0"));
    if let Some(nonce) = &grant.nonce {
        set("nonce", json!(nonce));
    }
    if asks("profile") {
        set("name", json!(person.display_name));
        set("oid", json!(person.object_id));
        set("preferred_username", json!(person.username));
        set("rh", json!(format!("1.A{}.", jose::opaque())));
    }
    if asks("email")
        && let Some(mail) = &person.mail
    {
        set("email", json!(mail));
    }
    claims
}

/// The subject: pairwise, that is, its own for each app.
fn pairwise(object_id: &str) -> String {
    jose::encode(&Sha256::digest(format!("{object_id} {}", app::CLIENT_ID)))
}

/// The token of another tenant, consistent in itself.
fn move_to_other_tenant(state: &TenantState, claims: &mut Map<String, Value>) {
    let other = "0e5bd5bb-5e1f-4b6c-8b0e-6f1f3a5d9c11";
    claims.insert("iss".to_owned(), json!(issuer(state, other)));
    claims.insert("tid".to_owned(), json!(other));
}
