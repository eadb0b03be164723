//! The requests a tenant has seen, without secrets: what tests ask about ("was the token sent there?").

use std::collections::VecDeque;
use std::sync::Mutex;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HOST, ORIGIN, USER_AGENT};
use serde::Serialize;

use crate::state::{Shared, lock};

/// More records than this push out the oldest.
const KEPT: usize = 20_000;

/// One request and how it was answered.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// Counts from 1 since the start, also over records no longer kept.
    pub number: u64,
    /// When the request arrived, in the tenant's time.
    pub at: DateTime<Utc>,
    /// HTTP method.
    pub method: String,
    /// Path, still encoded.
    pub path: String,
    /// Query, still encoded; empty if absent. Values of one-time secrets are cut out.
    pub query: String,
    /// `Host` header.
    pub host: Option<String>,
    /// Whether an `Authorization` header was there; its value isn't kept.
    pub authorization: bool,
    /// The scheme of the `Authorization` header, for example `NTLM`; never what follows it.
    pub auth_scheme: Option<String>,
    /// Whether it came while the on-premises server had told its clients to wait.
    pub during_back_off: bool,
    /// `Origin` header.
    pub origin: Option<String>,
    /// `User-Agent` header.
    pub user_agent: Option<String>,
    /// All `Prefer` headers, joined by commas.
    pub prefer: Option<String>,
    /// `client-request-id` header.
    pub client_request_id: Option<String>,
    /// Status of the answer; absent when the connection was cut instead.
    pub status: Option<u16>,
    /// The fault that was served, if one was.
    pub fault: Option<&'static str>,
    /// What the endpoint noted, for example the `grant_type` at the token endpoint.
    pub note: Option<String>,
}

/// An endpoint's remark for the log, put into a response's extensions.
#[derive(Debug, Clone)]
pub struct Note(pub String);

/// The fault that made a response, put into its extensions.
#[derive(Debug, Clone, Copy)]
pub struct Served(pub &'static str);

/// Marks the answer to a request that came although clients were told to wait, put into its extensions.
#[derive(Debug, Clone, Copy)]
pub struct DuringBackOff;

/// Asks the server to cut the connection instead of sending the response that carries it.
#[derive(Debug, Clone, Copy)]
pub struct Cut;

/// The records kept.
#[derive(Debug, Default)]
pub struct RequestLog {
    records: Mutex<(u64, VecDeque<RequestRecord>)>,
}

impl RequestLog {
    /// Records with a number greater than `after`, oldest first.
    pub fn since(&self, after: u64) -> Vec<RequestRecord> {
        lock(&self.records).1.iter().filter(|record| record.number > after).cloned().collect()
    }

    /// Number of the latest request.
    pub fn latest(&self) -> u64 {
        lock(&self.records).0
    }

    fn push(&self, mut record: RequestRecord) {
        let mut records = lock(&self.records);
        records.0 += 1;
        record.number = records.0;
        if records.1.len() == KEPT {
            records.1.pop_front();
        }
        records.1.push_back(record);
    }
}

/// Middleware that writes the log; requests of `_control` are left out.
pub async fn record(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/_control") {
        return next.run(request).await;
    }
    let mut record = describe(&request, shared.now());
    let response = next.run(request).await;
    let extensions = response.extensions();
    record.status = extensions.get::<Cut>().is_none().then(|| response.status().as_u16());
    record.fault = extensions.get::<Served>().map(|served| served.0);
    record.during_back_off = extensions.get::<DuringBackOff>().is_some();
    record.note = extensions.get::<Note>().map(|note| note.0.clone());
    shared.log.push(record);
    response
}

fn describe(request: &Request, at: DateTime<Utc>) -> RequestRecord {
    let headers = request.headers();
    let prefer: Vec<&str> = headers.get_all("prefer").iter().filter_map(|v| v.to_str().ok()).collect();
    RequestRecord {
        number: 0,
        at,
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(without_secrets).unwrap_or_default(),
        host: text(headers, HOST.as_str()),
        authorization: headers.contains_key(AUTHORIZATION),
        auth_scheme: scheme(headers),
        during_back_off: false,
        origin: text(headers, ORIGIN.as_str()),
        user_agent: text(headers, USER_AGENT.as_str()),
        prefer: (!prefer.is_empty()).then(|| prefer.join(", ")),
        client_request_id: text(headers, "client-request-id"),
        status: None,
        fault: None,
        note: None,
    }
}

/// The scheme, if it is one: anything else may be a secret.
fn scheme(headers: &HeaderMap) -> Option<String> {
    const KNOWN: [&str; 5] = ["Basic", "Bearer", "Digest", "Negotiate", "NTLM"];
    let value = headers.get(AUTHORIZATION)?.to_str().unwrap_or_default();
    let word = value.split_ascii_whitespace().next().unwrap_or_default();
    let known = KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(word));
    Some(known.unwrap_or("?").to_owned())
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn without_secrets(query: &str) -> String {
    let kept = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("code" | "ticket"), _)) => format!("{name}=*"),
        _ => pair.to_owned(),
    });
    kept.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_secrets_are_cut_out_of_queries() {
        assert_eq!(without_secrets("a=1&code=SECRET&b"), "a=1&code=*&b");
    }
}
