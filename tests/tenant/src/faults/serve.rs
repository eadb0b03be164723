//! Making the faulty answers.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::{FaultKind, FaultRule};
use crate::log::{Cut, Served};

const PORTAL: &str = "<!doctype html><html lang=\"en\"><title>Welcome</title><h1>Guest network</h1>\
    <p>Accept the terms to use this network.</p><form><button>Accept</button></form></html>";

/// The answer to a request that `rule` meets.
pub async fn answer(rule: &FaultRule, request: Request, next: Next) -> Response {
    let mut response = match rule.kind {
        FaultKind::Status => fixed(rule, 503, &graph_error(rule.status.unwrap_or(503))),
        FaultKind::Body => fixed(rule, 200, "{}"),
        FaultKind::EwsBusy => {
            let page = FaultRule { content_type: Some("text/html".into()), ..rule.clone() };
            fixed(&page, 503, "<html><body><h1>503</h1>The service is unavailable.</body></html>")
        }
        // Served by the on-premises server itself.
        FaultKind::EwsError | FaultKind::EwsFault | FaultKind::EwsPadded => next.run(request).await,
        FaultKind::Html => {
            let page = FaultRule { content_type: Some("text/html; charset=utf-8".into()), ..rule.clone() };
            fixed(&page, 200, PORTAL)
        }
        FaultKind::Redirect => redirect(rule),
        FaultKind::Large => large(rule.bytes.unwrap_or(256 << 20)),
        FaultKind::Reset => cut(),
        FaultKind::Hang => std::future::pending().await,
        FaultKind::Delay => {
            tokio::time::sleep(Duration::from_millis(rule.delay_ms.unwrap_or(1000))).await;
            next.run(request).await
        }
        FaultKind::Truncate => truncated(next.run(request).await, rule.bytes).await,
        FaultKind::Slow => slow(next.run(request).await, rule).await,
        FaultKind::NextLinkHost => {
            let origin = rule.url.clone().unwrap_or_else(|| "https://graph.evil.example".into());
            edited(next.run(request).await, |text| foreign_links(text, &origin)).await
        }
        FaultKind::Replace => {
            let (from, to) =
                (rule.from.as_deref().unwrap_or_default(), rule.to.as_deref().unwrap_or_default());
            edited(next.run(request).await, |text| {
                if from.is_empty() { text.into() } else { text.replace(from, to) }
            })
            .await
        }
    };
    add_headers(rule, &mut response);
    response.extensions_mut().insert(Served(rule.kind.name()));
    response
}

fn fixed(rule: &FaultRule, status: u16, body: &str) -> Response {
    let mut response = Response::new(Body::from(rule.body.clone().unwrap_or_else(|| body.to_owned())));
    *response.status_mut() = StatusCode::from_u16(rule.status.unwrap_or(status)).unwrap_or_default();
    let kind = rule.content_type.as_deref().unwrap_or("application/json");
    if let Ok(value) = HeaderValue::from_str(kind) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

/// Graph's error object for a bare status (throttling and outages; source: Graph "errors", "throttling").
fn graph_error(status: u16) -> String {
    let code = match status {
        401 => "InvalidAuthenticationToken",
        403 => "ErrorAccessDenied",
        404 => "ErrorItemNotFound",
        410 => "SyncStateNotFound",
        429 => "TooManyRequests",
        503 => "serviceNotAvailable",
        504 => "timeout",
        _ => "generalException",
    };
    json!({"error": {"code": code, "message": "Please retry after",
        "innerError": {"code": status.to_string(), "status": status.to_string()}}})
    .to_string()
}

fn redirect(rule: &FaultRule) -> Response {
    let mut response = fixed(rule, 307, "");
    let url = rule.url.as_deref().unwrap_or("https://portal.evil.example/");
    if let Ok(value) = HeaderValue::from_str(url) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

fn cut() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Cut);
    response
}

fn large(bytes: usize) -> Response {
    const CHUNK: usize = 64 << 10;
    let chunk = Bytes::from(vec![b' '; CHUNK]);
    let body = stream::unfold(bytes, move |left| {
        let piece = chunk.slice(..left.min(CHUNK));
        async move { (left > 0).then(|| (Ok::<_, Infallible>(piece.clone()), left - piece.len())) }
    });
    let mut response = Response::new(Body::from_stream(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn whole(response: Response) -> (http::response::Parts, Bytes) {
    let (parts, body) = response.into_parts();
    (parts, to_bytes(body, usize::MAX).await.unwrap_or_default())
}

async fn truncated(response: Response, bytes: Option<usize>) -> Response {
    let (mut parts, body) = whole(response).await;
    let kept = body.slice(..bytes.unwrap_or(body.len() / 2).min(body.len()));
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let pieces = stream::unfold(Some(kept), |kept| async move {
        match kept {
            Some(kept) => Some((Ok(kept), None)),
            None => {
                // Time for what was kept to leave the buffers: after an error nothing more is sent.
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn slow(response: Response, rule: &FaultRule) -> Response {
    let (mut parts, body) = whole(response).await;
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let (step, pause) =
        (rule.bytes.unwrap_or(1).max(1), Duration::from_millis(rule.delay_ms.unwrap_or(1000)));
    let pieces = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = rest.split_to(step.min(rest.len()));
        Some((Ok::<_, Infallible>(piece), rest))
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn edited(response: Response, edit: impl FnOnce(&str) -> String) -> Response {
    let (mut parts, body) = whole(response).await;
    parts.headers.remove(CONTENT_LENGTH);
    let text = edit(&String::from_utf8_lossy(&body));
    Response::from_parts(parts, Body::from(text))
}

fn foreign_links(text: &str, origin: &str) -> String {
    let Ok(mut json) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    for name in ["@odata.nextLink", "@odata.deltaLink"] {
        if let Some(Value::String(link)) = json.get_mut(name) {
            let path = link.find("/v1.0").map_or("", |at| &link[at..]).to_owned();
            *link = format!("{origin}{path}");
        }
    }
    json.to_string()
}

fn add_headers(rule: &FaultRule, response: &mut Response) {
    for (name, value) in &rule.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    let retry_after = match &rule.retry_after {
        None => return,
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if let Ok(value) = HeaderValue::from_str(&retry_after) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
}
