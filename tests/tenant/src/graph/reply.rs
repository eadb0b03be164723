//! Answers and errors, with the headers that Graph adds.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response as HttpResponse, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::call::Call;
use super::prefer::Prefer;

const JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// The body of an answer.
#[derive(Debug, Clone)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Value),
    /// Bytes of a type.
    Bytes(&'static str, Bytes),
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers beyond the usual ones.
    pub headers: HeaderMap,
    /// Body.
    pub content: Content,
}

impl Reply {
    /// 200 with JSON.
    #[must_use]
    pub fn json(value: Value) -> Self {
        Self { status: 200, headers: HeaderMap::new(), content: Content::Json(value) }
    }

    /// A status without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Empty }
    }

    /// With one more header, unless the value cannot be one.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(HeaderName::from_static(name), value);
        }
        self
    }

    /// With the preferences that were honoured.
    #[must_use]
    pub fn honouring(self, prefer: &Prefer) -> Self {
        if prefer.applied.is_empty() {
            self
        } else {
            self.with("preference-applied", &prefer.applied.join(", "))
        }
    }

    /// With the request's ids and, in an error, the moment.
    #[must_use]
    pub fn decorated(mut self, call: &Call, now: DateTime<Utc>) -> Self {
        let request_id = request_id(call, now);
        let client_id = call.header("client-request-id").unwrap_or(&request_id).to_owned();
        if let Content::Json(Value::Object(body)) = &mut self.content
            && let Some(Value::Object(error)) = body.get_mut("error")
        {
            let inner = error.entry("innerError").or_insert_with(|| json!({}));
            inner["date"] = now.format("%Y-%m-%dT%H:%M:%S").to_string().into();
            inner["request-id"] = request_id.clone().into();
            inner["client-request-id"] = client_id.clone().into();
        }
        let echo =
            call.header("return-client-request-id").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let reply = self.with("request-id", &request_id).with(
            "x-ms-ags-diagnostic",
            "{\"ServerInfo\":{\"DataCenter\":\"Loopback\",\"Slice\":\"E\",\"Ring\":\"1\",\"ScaleUnit\":\"000\",\"RoleInstance\":\"TENANT\"}}",
        );
        if echo { reply.with("client-request-id", &client_id) } else { reply }
    }
}

/// A GUID for the request; the same request at the same moment has the same one.
fn request_id(call: &Call, now: DateTime<Utc>) -> String {
    let digest = Sha256::digest(format!("{:?} {} {:?} {now}", call.method, call.path, call.query));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let (kind, body) = match self.content {
            Content::Empty => (None, Body::empty()),
            Content::Json(value) => (Some(JSON), Body::from(value.to_string())),
            Content::Bytes(kind, bytes) => (Some(kind), Body::from(bytes)),
        };
        let mut response = HttpResponse::new(body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = self.headers;
        if let Some(kind) = kind {
            response.headers_mut().insert("content-type", HeaderValue::from_static(kind));
        }
        response
    }
}

/// An answer that says what went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: u16,
    /// Graph's code.
    pub code: String,
    /// Graph's message.
    pub message: String,
    /// Headers of the answer.
    pub headers: Vec<(&'static str, String)>,
}

impl Failure {
    /// A failure of a status, a code and a message.
    pub fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { status, code, message, headers: Vec::new() }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// 404 for an item that is not there.
    #[must_use]
    pub fn item_not_found() -> Self {
        Self::new(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    }

    /// 400 for something that is no id.
    #[must_use]
    pub fn malformed_id() -> Self {
        Self::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    }

    /// The answer.
    #[must_use]
    pub fn into_reply(self) -> Reply {
        let mut error = json!({ "code": self.code, "message": self.message });
        if self.status == 429 {
            error["innerError"] = json!({ "code": "429", "status": "429", "message": self.message });
        }
        let mut reply = Reply::json(json!({ "error": error }));
        reply.status = self.status;
        for (name, value) in &self.headers {
            reply = reply.with(name, value);
        }
        reply
    }
}
