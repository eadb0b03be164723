//! Pages that only say something.

use axum::response::Response;
use chrono::{DateTime, SecondsFormat, Utc};
use http::StatusCode;
use uuid::Uuid;

use super::{Look, escape, page};

/// A dead end: the AADSTS number and what it says, and no way back to the app.
pub fn error(code: u32, text: &str, now: DateTime<Utc>) -> Response {
    let body = format!(
        "<h1>Sorry, but we’re having trouble signing you in.</h1>\
         <p class=\"error\" id=\"error\" role=\"alert\">AADSTS{code}: {}</p>\
         <p class=\"small\">Correlation ID: {}<br>Timestamp: {}</p>",
        escape(text),
        Uuid::new_v4(),
        now.to_rfc3339_opts(SecondsFormat::Secs, true)
    );
    page(Look::Entra, StatusCode::OK, "Sign in to your account", &body)
}

/// A plain statement.
pub fn plain(heading: &str, text: &str) -> Response {
    let body = format!("<h1>{}</h1><p id=\"message\">{}</p>", escape(heading), escape(text));
    page(Look::Entra, StatusCode::OK, heading, &body)
}
