//! Redeeming a refresh token. The old one stays valid, and each use hands out a new one.

use axum::response::Response;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::answer::{self, Grant};
use super::error::TokenError;
use super::{Fields, required};
use crate::entra::data::RefreshToken;
use crate::scenario::IdentityScenario;
use crate::state::TenantState;

/// Days without use after which a refresh token dies.
const INACTIVITY: TimeDelta = TimeDelta::days(90);

/// `grant_type=refresh_token`.
pub fn redeem(state: &TenantState, fields: &Fields) -> Result<Response, TokenError> {
    let text = required(fields, "refresh_token")?;
    let token = state.entra.data().refresh_tokens.get(text).cloned();
    let token = token.ok_or_else(|| {
        TokenError::invalid_grant(9002313, "Invalid request. Request is malformed or invalid.")
            .with_suberror("bad_token")
    })?;
    check(state, &token)?;
    check_conditions(state)?;
    let permissions = answer::asked(state, fields, token.user, &token.permissions)?;
    answer_challenge(state, fields, token.user);
    let now = state.now();
    if let Some(kept) = state.entra.data().refresh_tokens.get_mut(text) {
        kept.used = now;
    }
    let signed_in_for = token.permissions.clone();
    let grant = Grant { user: token.user, permissions, signed_in_for, nonce: None, is_refresh: true };
    Ok(answer::tokens(state, fields, &grant))
}

fn check(state: &TenantState, token: &RefreshToken) -> Result<(), TokenError> {
    if token.revoked {
        let text = "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user \
                    might have changed or reset their password.";
        return Err(TokenError::invalid_grant(50173, text).with_suberror("bad_token"));
    }
    if state.now() - token.used > INACTIVITY {
        let text = format!(
            "The refresh token has expired due to inactivity. The token was issued on {} and was inactive for \
             90.00:00:00.",
            token.used.format("%Y-%m-%dT%H:%M:%S%.6f0Z")
        );
        return Err(TokenError::invalid_grant(700082, text).with_suberror("bad_token"));
    }
    Ok(())
}

fn check_conditions(state: &TenantState) -> Result<(), TokenError> {
    let policies = json!({"access_token": {"capolids": {"essential": true,
        "values": ["7f3a1c8e-4d5b-4f60-9a2e-1b0c9d8e7f6a"]}}});
    if state.signing_in(IdentityScenario::ConditionalAccess) {
        let text = "Access has been blocked by Conditional Access policies. The access policy does not allow token \
                    issuance.";
        let error = TokenError::invalid_grant(53003, text).with_suberror("message_only");
        return Err(error.with_claims(&policies));
    }
    if state.signing_in(IdentityScenario::MfaOnRefresh) {
        let text = "Due to a configuration change made by your administrator, or because you moved to a new location, \
                    you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.";
        return Err(TokenError::invalid_grant(50076, text)
            .with_suberror("basic_action")
            .with_claims(&policies));
    }
    Ok(())
}

/// After a claims challenge only a refresh with the claims of the challenge yields a token that isn't challenged
/// again. Clients that never said that they handle challenges get no claims to send, so they need not.
fn answer_challenge(state: &TenantState, fields: &Fields, user: usize) {
    let text = fields.get("claims").map(String::as_str).unwrap_or_default();
    let claims: Value = serde_json::from_str(text).unwrap_or_default();
    if claims["access_token"]["nbf"]["value"].is_string() || !text.contains("cp1") {
        state.entra.data().challenged_users.remove(&user);
    }
}
