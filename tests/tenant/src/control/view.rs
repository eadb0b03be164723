//! What `_control` shows: the state, the log of requests, the truth.

use axum::Json;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, user_index};
use crate::state::Shared;
use crate::truth;

/// `GET state`.
pub async fn state(State(shared): State<Shared>) -> Json<Value> {
    let usernames: Vec<String> = shared.world().users.iter().map(|user| user.username.clone()).collect();
    let data = shared.entra.data();
    let grants: serde_json::Map<String, Value> = data
        .user_grants
        .iter()
        .map(|(user, grants)| {
            (usernames[*user].clone(), json!(grants.iter().map(|p| p.name).collect::<Vec<_>>()))
        })
        .collect();
    let requests: Vec<Value> = data
        .approval_requests
        .iter()
        .map(|request| {
            json!({"user": usernames[request.user], "justification": request.justification,
                "scopes": request.permissions.iter().map(|p| p.name).collect::<Vec<_>>()})
        })
        .collect();
    let view = json!({
        "organizationGrants": data.organization_grants.iter().map(|p| p.name).collect::<Vec<_>>(),
        "userGrants": grants,
        "approvalRequests": requests,
        "sessions": data.sessions.len(),
        "accessTokens": data.access_tokens.len(),
        "refreshTokens": data.refresh_tokens.len(),
        "tamper": data.tampering.mode(),
    });
    drop(data);
    Json(json!({
        "now": shared.now(), "scenarios": shared.scenario_names(), "users": usernames,
        "identity": view, "faults": shared.faults.rules(), "requests": shared.log.latest(),
    }))
}

#[derive(Debug, Deserialize)]
pub struct After {
    #[serde(default)]
    after: u64,
}

/// `GET log?after=N`: requests with a greater number, oldest first.
pub async fn log(State(shared): State<Shared>, Query(query): Query<After>) -> Json<Value> {
    Json(json!(shared.log.since(query.after)))
}

/// `GET tokens`: every access and refresh token handed out, to search for them where they must not be.
pub async fn tokens(State(shared): State<Shared>) -> Json<Value> {
    let data = shared.entra.data();
    let all: Vec<&String> = data.access_tokens.keys().chain(data.refresh_tokens.keys()).collect();
    Json(json!(all))
}

#[derive(Debug, Deserialize)]
pub struct Span {
    #[serde(default)]
    user: Option<String>,
    from: NaiveDate,
    to: NaiveDate,
}

/// `GET truth/agenda?from&to&user`: what a client must show for those dates (UTC, both inclusive).
pub async fn agenda(State(shared): State<Shared>, Query(span): Query<Span>) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, span.user.as_deref())?;
    Ok(Json(truth::agenda(&shared.world(), user, span.from, span.to)))
}

#[derive(Debug, Deserialize)]
pub struct Whose {
    #[serde(default)]
    user: Option<String>,
}

/// `GET truth/contacts?user`.
pub async fn contacts(
    State(shared): State<Shared>,
    Query(whose): Query<Whose>,
) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, whose.user.as_deref())?;
    Ok(Json(truth::contacts(&shared.world(), user)))
}
