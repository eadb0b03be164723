//! Playing a person in a browser.

use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Refused;
use crate::person::{Browser, VisitError};

/// The browsers of the people who were played, by user name: who signed in once stays so.
#[derive(Debug, Default)]
pub struct Browsers(Mutex<BTreeMap<String, Browser>>);

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Does {
    /// Accepts what is asked.
    Grants,
    /// Refuses consent.
    Cancels,
    /// Closes a page that demands an administrator.
    Closes,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    url: String,
    username: String,
    password: String,
    does: Does,
}

/// `POST visit {url, username, password, does}`: the titles of the pages the person met, and how it ended.
pub async fn visit(
    Extension(browsers): Extension<Arc<Browsers>>,
    Json(visit): Json<Visit>,
) -> Result<Json<Value>, Refused> {
    // A thread of its own: the person waits for pages of this same server.
    let played = tokio::task::spawn_blocking(move || play(&browsers, &visit)).await;
    let failed = |error: String| Refused(StatusCode::BAD_GATEWAY, error);
    played.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string())).map(Json)
}

fn play(browsers: &Browsers, visit: &Visit) -> Result<Value, VisitError> {
    let lock = || browsers.0.lock().unwrap_or_else(PoisonError::into_inner);
    let mut browser = Browser::of(&visit.username, &visit.password);
    if let Some(earlier) = lock().remove(&visit.username) {
        browser = browser.remembering(earlier);
    }
    browser = match visit.does {
        Does::Grants => browser,
        Does::Cancels => browser.refusing(),
        Does::Closes => browser.leaving(),
    };
    let visited = browser.visit(&visit.url);
    lock().insert(visit.username.clone(), browser);
    let visited = visited?;
    Ok(json!({"pages": visited.titles, "end": if visited.closed { "closed" } else { "finished" }}))
}
