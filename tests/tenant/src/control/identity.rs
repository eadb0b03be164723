//! Control of signing in: consent, grants, tokens, keys, sessions.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, user_index};
use crate::entra::consent_policy::ConsentPolicy;
use crate::entra::scopes::Scopes;
use crate::scenario::Scenario;
use crate::state::Shared;
use crate::tamper::Tamper;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPolicy {
    policy: String,
}

/// `POST consent {policy}`: who may grant permissions.
pub async fn consent(
    State(shared): State<Shared>,
    Json(set): Json<SetPolicy>,
) -> Result<Json<Value>, Refused> {
    let policy = ConsentPolicy::parse(&set.policy)
        .ok_or_else(|| Refused::bad(format!("no consent policy {:?}", set.policy)))?;
    shared.set_scenario(Scenario::Consent(policy), true);
    Ok(Json(json!({"policy": policy.name()})))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum GrantAction {
    /// An administrator grants for the organization.
    GrantForOrganization,
    /// A user grants for himself.
    Grant,
    /// All grants of a user, or of everyone and the organization, are withdrawn.
    Withdraw,
    /// Every waiting request for approval is approved.
    ApproveRequests,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetGrants {
    action: GrantAction,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    scope: String,
}

/// `POST grants {action, user?, scope?}`.
pub async fn grants(
    State(shared): State<Shared>,
    Json(set): Json<SetGrants>,
) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, set.user.as_deref())?;
    let asked = || {
        Scopes::parse(&set.scope, &shared.urls.authority)
            .map(|scopes| scopes.permissions)
            .map_err(|bad| Refused::bad(format!("{bad:?}")))
    };
    match set.action {
        GrantAction::GrantForOrganization => {
            let permissions = asked()?;
            shared.entra.data().grant(None, permissions);
        }
        GrantAction::Grant => {
            let permissions = asked()?;
            shared.entra.data().grant(Some(user), permissions);
        }
        GrantAction::Withdraw => {
            let mut data = shared.entra.data();
            if set.user.is_some() {
                data.user_grants.remove(&user);
            } else {
                data.user_grants.clear();
                data.organization_grants.clear();
            }
        }
        GrantAction::ApproveRequests => {
            let mut data = shared.entra.data();
            let requests = std::mem::take(&mut data.approval_requests);
            data.grant(None, requests.into_iter().flat_map(|request| request.permissions));
        }
    }
    Ok(Json(json!({"done": true})))
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Provider {
    #[default]
    Entra,
    Sso,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTamper {
    tamper: Option<Tamper>,
    #[serde(default)]
    times: Option<u32>,
    #[serde(default)]
    provider: Provider,
}

/// `POST tamper {tamper, times?, provider?}`: what is wrong with the next token answers; null ends it.
pub async fn tamper(State(shared): State<Shared>, Json(set): Json<SetTamper>) -> Json<Value> {
    match set.provider {
        Provider::Entra => shared.entra.data().tampering.set(set.tamper, set.times),
        Provider::Sso => shared.sso.data().tampering.set(set.tamper, set.times),
    }
    Json(json!({"tamper": set.tamper}))
}

/// What happens to tokens.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenAction {
    /// All access tokens expire.
    Expire,
    /// Access tokens are met with a claims challenge; refresh tokens work.
    Challenge,
    /// Refresh tokens are revoked too: only a new sign-in helps.
    Revoke,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    #[serde(default)]
    user: Option<String>,
}

/// `POST tokens/{action} {user?}`.
pub async fn tokens(
    State(shared): State<Shared>,
    Path(action): Path<TokenAction>,
    Json(whose): Json<Whose>,
) -> Result<Json<Value>, Refused> {
    let user = match &whose.user {
        Some(name) => Some(user_index(&shared, Some(name))?),
        None => None,
    };
    let mut data = shared.entra.data();
    match action {
        TokenAction::Expire => data.expire_access_tokens(),
        TokenAction::Challenge => data.challenge(user),
        TokenAction::Revoke => data.revoke(user),
    }
    Ok(Json(json!({"done": true})))
}

/// `DELETE sessions`: signs every browser out, at Entra, the federated provider and the generic one.
pub async fn end_sessions(State(shared): State<Shared>) -> Json<Value> {
    let mut data = shared.entra.data();
    data.sessions.clear();
    data.federated_sessions.clear();
    drop(data);
    shared.sso.end_sessions();
    Json(json!({"done": true}))
}

/// `POST keys`: Entra signs with a new key from now on.
pub async fn rotate_key(State(shared): State<Shared>) -> Result<Json<Value>, Refused> {
    let rotated = shared.entra.rotate_key();
    rotated.map_err(|error| Refused(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Json(json!({"keys": shared.entra.keys().iter().map(|key| key.kid().to_owned()).collect::<Vec<_>>()})))
}
