//! Browser sessions: cookies, single sign-on, signing out.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;

use crate::jose;
use crate::pages::message;
use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};

/// Entra's session cookie.
pub const ENTRA_COOKIE: &str = "ESTSAUTH";

/// The federated provider's session cookie.
pub const FEDERATED_COOKIE: &str = "FEDAUTH";

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then(|| value.to_owned())
    })
}

/// Puts a session cookie on an answer.
pub fn set_cookie(response: &mut Response, state: &TenantState, name: &str, value: &str) {
    let secure = if state.urls.authority.starts_with("https") { "; Secure" } else { "" };
    let age = if value.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Who is signed in in this browser, the latest last.
pub fn users(state: &TenantState, headers: &HeaderMap) -> Vec<usize> {
    if state.signing_in(IdentityScenario::NoBrowserSession) {
        return Vec::new();
    }
    let id = cookie(headers, ENTRA_COOKIE);
    id.and_then(|id| state.entra.data().sessions.get(&id).cloned()).unwrap_or_default()
}

/// Remembers in this browser that the user signed in; the cookie goes on `response`.
pub fn remember(state: &TenantState, headers: &HeaderMap, user: usize, response: &mut Response) {
    let mut users = users(state, headers);
    users.retain(|known| *known != user);
    users.push(user);
    let id = jose::opaque();
    state.entra.data().sessions.insert(id.clone(), users);
    set_cookie(response, state, ENTRA_COOKIE, &id);
}

/// Query of the logout endpoint.
#[derive(Debug, Deserialize)]
pub struct Logout {
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// `GET /{tenant}/oauth2/v2.0/logout`: ends the browser's sessions; refresh tokens stay.
pub async fn logout(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<Logout>,
) -> Response {
    if let Some(id) = cookie(&headers, ENTRA_COOKIE) {
        shared.entra.data().sessions.remove(&id);
    }
    if let Some(id) = cookie(&headers, FEDERATED_COOKIE) {
        shared.entra.data().federated_sessions.remove(&id);
    }
    let target = query.post_logout_redirect_uri.filter(|uri| super::app::redirect_is_registered(uri));
    let mut response = match target.and_then(|uri| url::Url::parse(&uri).ok()) {
        Some(mut url) => {
            if let Some(state) = &query.state {
                url.query_pairs_mut().append_pair("state", state);
            }
            Redirect::to(url.as_str()).into_response()
        }
        None => {
            message::plain("You signed out of your account", "It’s a good idea to close all browser windows.")
        }
    };
    set_cookie(&mut response, &shared, ENTRA_COOKIE, "");
    set_cookie(&mut response, &shared, FEDERATED_COOKIE, "");
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("XESTSAUTH=no; ESTSAUTH=yes; b=c"));
        assert_eq!(cookie(&headers, ENTRA_COOKIE).as_deref(), Some("yes"));
        assert_eq!(cookie(&headers, "absent"), None);
    }
}
