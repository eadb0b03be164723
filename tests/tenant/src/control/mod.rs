//! `_control`: seeing and changing the tenant while it runs. JSON over HTTP on loopback; not for browsers, so a request
//! that carries an `Origin` is refused.

mod exchange;
mod identity;
mod view;
mod visit;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use chrono::TimeDelta;
use http::header::ORIGIN;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::entra::realm;
use crate::faults::FaultRule;
use crate::mutate;
use crate::scenario::Scenario;
use crate::state::{Shared, TenantState};

/// All paths under `/_control`.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .route("/state", get(view::state))
        .route("/log", get(view::log))
        .route("/truth/agenda", get(view::agenda))
        .route("/truth/contacts", get(view::contacts))
        .route("/scenario", post(scenario))
        .route("/faults", get(faults).post(set_faults).delete(clear_faults))
        .route("/clock", post(clock))
        .route("/mutate", post(mutate_world))
        .route("/mailbox", post(exchange::mailbox))
        .route("/account", post(exchange::account))
        .route("/sync-states", axum::routing::delete(exchange::forget_sync_states))
        .route("/consent", post(identity::consent))
        .route("/grants", post(identity::grants))
        .route("/tamper", post(identity::tamper))
        .route("/tokens", get(view::tokens))
        .route("/tokens/{action}", post(identity::tokens))
        .route("/sessions", axum::routing::delete(identity::end_sessions))
        .route("/keys", post(identity::rotate_key))
        .route("/visit", post(visit::visit))
        .layer(Extension(Arc::new(visit::Browsers::default())))
        .layer(middleware::from_fn(refuse_browsers))
        .with_state(shared)
}

/// Why a control request is refused.
#[derive(Debug)]
pub struct Refused(StatusCode, String);

impl Refused {
    fn bad(text: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, text.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

async fn refuse_browsers(request: Request, next: Next) -> Response {
    if request.headers().contains_key(ORIGIN) {
        return Refused(StatusCode::FORBIDDEN, "not for browsers".to_owned()).into_response();
    }
    next.run(request).await
}

/// The user a request names; the first one if it names none.
fn user_index(state: &TenantState, username: Option<&str>) -> Result<usize, Refused> {
    let Some(name) = username else { return Ok(0) };
    realm::find_user(&state.world(), name).ok_or_else(|| Refused::bad(format!("no user {name:?}")))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetScenario {
    name: String,
    #[serde(default = "yes")]
    on: bool,
}

fn yes() -> bool {
    true
}

async fn scenario(
    State(shared): State<Shared>,
    Json(set): Json<SetScenario>,
) -> Result<Json<Value>, Refused> {
    let found =
        Scenario::parse(&set.name).ok_or_else(|| Refused::bad(format!("no scenario {:?}", set.name)))?;
    shared.set_scenario(found, set.on);
    Ok(Json(json!({"scenarios": shared.scenario_names()})))
}

async fn faults(State(shared): State<Shared>) -> Json<Value> {
    Json(json!({"faults": shared.faults.rules()}))
}

/// One rule is added; a list takes the place of all rules.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum NewFaults {
    All(Vec<FaultRule>),
    One(Box<FaultRule>),
}

async fn set_faults(State(shared): State<Shared>, Json(new): Json<NewFaults>) -> Json<Value> {
    match new {
        NewFaults::One(rule) => shared.faults.add(*rule),
        NewFaults::All(rules) => {
            shared.faults.clear();
            rules.into_iter().for_each(|rule| shared.faults.add(rule));
        }
    }
    Json(json!({"faults": shared.faults.rules()}))
}

async fn clear_faults(State(shared): State<Shared>) -> Json<Value> {
    shared.faults.clear();
    Json(json!({"faults": []}))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

async fn clock(State(shared): State<Shared>, Json(advance): Json<Advance>) -> Result<Json<Value>, Refused> {
    let delta =
        TimeDelta::try_seconds(advance.advance_seconds).ok_or_else(|| Refused::bad("out of range"))?;
    shared.clock.advance(delta);
    Ok(Json(json!({"now": shared.now()})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutate {
    #[serde(default)]
    user: Option<String>,
    n: usize,
    seed: u64,
    /// One kind of change, see [`mutate::NAMES`]; any kind if absent.
    #[serde(default)]
    name: Option<String>,
}

async fn mutate_world(
    State(shared): State<Shared>,
    Json(asked): Json<Mutate>,
) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, asked.user.as_deref())?;
    let mut world = shared.world_mut();
    let done = match &asked.name {
        Some(name) => mutate::repeated(&mut world, user, name, asked.n, asked.seed),
        None => mutate::random(&mut world, user, asked.n, asked.seed),
    };
    Ok(Json(json!({"mutations": done})))
}
