//! Redeeming a code.

use axum::response::Response;
use chrono::TimeDelta;

use super::answer::{self, Grant};
use super::error::TokenError;
use super::{Fields, required};
use crate::entra::data::Code;
use crate::state::TenantState;

/// How long a code works (documented as "typically about 10 minutes").
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// `grant_type=authorization_code`.
pub fn redeem(state: &TenantState, fields: &Fields) -> Result<Response, TokenError> {
    let text = required(fields, "code")?;
    let code = state.entra.data().codes.get(text).cloned();
    let code = code.ok_or_else(|| {
        TokenError::invalid_grant(70000, "The provided value for the 'code' parameter is not valid.")
    })?;
    check(state, fields, &code)?;
    if let Some(kept) = state.entra.data().codes.get_mut(text) {
        kept.redeemed = true;
    }
    let permissions = answer::asked(state, fields, code.user, &code.request.scopes.permissions)?;
    // A fresh sign-in answers every open challenge.
    state.entra.data().challenged_users.remove(&code.user);
    let grant = Grant {
        user: code.user,
        permissions,
        signed_in_for: code.request.scopes.permissions.clone(),
        nonce: code.request.nonce.clone(),
        is_refresh: false,
    };
    Ok(answer::tokens(state, fields, &grant))
}

fn check(state: &TenantState, fields: &Fields, code: &Code) -> Result<(), TokenError> {
    if code.redeemed {
        let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an \
                    existing refresh token.";
        return Err(TokenError::invalid_grant(54005, text));
    }
    if state.now() - code.issued > LIFETIME {
        let text = "The provided authorization code or refresh token has expired due to inactivity. Send a new \
                    interactive authorization request for this user and resource.";
        return Err(TokenError::invalid_grant(70008, text));
    }
    if required(fields, "redirect_uri")? != code.request.redirect_uri {
        let text = format!(
            "The reply address '{}' does not match the reply address '{}' provided when requesting Authorization code.",
            fields.get("redirect_uri").map(String::as_str).unwrap_or_default(),
            code.request.redirect_uri
        );
        return Err(TokenError::invalid_grant(500112, text));
    }
    check_verifier(fields, code)
}

fn check_verifier(fields: &Fields, code: &Code) -> Result<(), TokenError> {
    let verifier = fields.get("code_verifier");
    match (&code.request.challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if challenge.is_met_by(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(TokenError::invalid_grant(
            501481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        )),
        (Some(_), None) => {
            Err(TokenError::invalid_grant(50148, "The 'code_verifier' parameter is missing in the request."))
        }
        (None, Some(_)) => Err(TokenError::invalid_grant(
            50147,
            "Missing or invalid 'code_challenge' in the authorization request.",
        )),
    }
}
