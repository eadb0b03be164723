//! Several requests in one (source: "Combine multiple HTTP requests using JSON batching").

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::too_many;
use super::call::Call;
use super::quirks::Quirk;
use super::reply::{Content, Failure, Reply};
use super::target::{Area, Target};
use super::{Graph, single};

/// Most parts of a batch.
const MOST: usize = 20;
/// Parts for a mailbox that are answered at a time.
const AT_A_TIME: usize = 4;

#[derive(Debug, Deserialize)]
struct Batch {
    requests: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    depends_on: Vec<String>,
}

/// Answers all parts; the last one first, because the order means nothing.
pub async fn answer(graph: &Graph, call: &Call) -> Reply {
    let batch: Batch = match serde_json::from_slice(&call.body) {
        Ok(batch) => batch,
        Err(_) => return bad("Invalid batch payload format."),
    };
    if batch.requests.len() > MOST {
        return bad(&format!("Number of batch request steps exceeds the max value of {MOST}."));
    }
    let mut answered: BTreeMap<&str, u16> = BTreeMap::new();
    let mut responses = Vec::new();
    let mut in_mailbox = 0;
    for part in &batch.requests {
        let reply =
            if part.depends_on.iter().any(|id| answered.get(id.as_str()).is_none_or(|status| *status >= 400))
            {
                Failure::new(424, "FailedDependency", "A part that this one depends on failed.").into_reply()
            } else {
                part_reply(graph, call, part, &mut in_mailbox).await
            };
        answered.insert(&part.id, reply.status);
        responses.push(part_value(&part.id, reply));
    }
    responses.reverse();
    Reply::json(json!({ "responses": responses }))
}

async fn part_reply(graph: &Graph, outer: &Call, part: &Part, in_mailbox: &mut usize) -> Reply {
    let Some(call) = part_call(outer, part) else {
        return bad("Invalid part of a batch.");
    };
    let Some(target) = Target::of(&call) else {
        return bad("Resource not found for the segment.");
    };
    if !matches!(target.area(), Area::Profile | Area::Directory) {
        *in_mailbox += 1;
        if *in_mailbox > AT_A_TIME && graph.shared.has(Quirk::BatchThrottle) {
            return too_many().into_reply();
        }
    }
    single(graph, &call, &target).await.decorated(&call, graph.shared.now())
}

/// The part as a request of its own, with the batch's authorization.
fn part_call(outer: &Call, part: &Part) -> Option<Call> {
    let method = Method::from_bytes(part.method.as_bytes()).ok()?;
    let uri: Uri = format!("/{}", part.url.trim_start_matches('/')).parse().ok()?;
    let mut headers = HeaderMap::new();
    for (name, value) in &part.headers {
        headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?);
    }
    if let Some(authorization) = outer.headers.get("authorization") {
        headers.insert("authorization", authorization.clone());
    }
    let body = if part.body.is_null() { Bytes::new() } else { Bytes::from(part.body.to_string()) };
    Some(Call::new(method, &uri, headers, body))
}

fn part_value(id: &str, reply: Reply) -> Value {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &reply.headers {
        let title: Vec<String> = name.as_str().split('-').map(capitalized).collect();
        headers.insert(title.join("-"), value.to_str().unwrap_or_default().to_owned());
    }
    let (kind, body) = match reply.content {
        Content::Empty => (None, None),
        Content::Json(value) => (Some("application/json"), Some(value)),
        Content::Bytes(kind, bytes) => (Some(kind), Some(STANDARD.encode(bytes).into())),
    };
    if let Some(kind) = kind {
        headers.insert("Content-Type".into(), kind.into());
    }
    let mut value = json!({ "id": id, "status": reply.status, "headers": headers });
    if let Some(body) = body {
        value["body"] = body;
    }
    value
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn bad(message: &str) -> Reply {
    Failure::new(400, "BadRequest", message).into_reply()
}
