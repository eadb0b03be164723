//! The HTML pages: plain, accessible, without scripts but one, with stable ids so that tests can drive them.

pub mod consent;
pub mod message;
pub mod sign_in;

use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};

const ENTRA_STYLE: &str = include_str!("entra.css");
const FEDERATED_STYLE: &str = include_str!("federated.css");

/// The only script: it posts the answer back to the app. Without scripts the page's button does.
const POST_SCRIPT: &str = "document.forms[0].submit()";

/// Hash of [`POST_SCRIPT`] for the content security policy.
fn post_script_hash() -> String {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(POST_SCRIPT))
}

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Entra ID's.
    Entra,
    /// The organization's own sign-in page.
    Federated,
}

/// A whole page around `body`, which is HTML.
pub fn page(look: Look, status: StatusCode, title: &str, body: &str) -> Response {
    let style = match look {
        Look::Entra => ENTRA_STYLE,
        Look::Federated => FEDERATED_STYLE,
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><link rel=\"icon\" href=\"data:,\"><style>{style}</style></head>\n\
         <body><main>\n{body}\n</main></body>\n</html>\n",
        escape(title)
    );
    let mut response = (status, Html(html)).into_response();
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; \
         frame-ancestors 'none'",
        post_script_hash()
    );
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, value);
    }
    response
}

/// A hidden form field.
pub fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// A page that posts `fields` to `action`.
pub fn form_post(action: &str, fields: &[(String, String)]) -> Response {
    let fields: String = fields.iter().map(|(name, value)| hidden(name, value)).collect();
    let body = format!(
        "<h1>Returning to the app</h1><form id=\"return-form\" method=\"post\" action=\"{}\">{fields}\
         <p><button id=\"continue\" type=\"submit\">Continue</button></p></form><script>{POST_SCRIPT}</script>",
        escape(action)
    );
    page(Look::Entra, StatusCode::OK, "Working…", &body)
}

/// Text made safe for HTML, also inside quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_values_stays_text() {
        assert_eq!(
            hidden("a", "\"><b>'&"),
            "<input type=\"hidden\" name=\"a\" value=\"&quot;&gt;&lt;b&gt;&#39;&amp;\">"
        );
    }
}
