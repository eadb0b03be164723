//! Tokens of Entra at the on-premises server: hybrid modern authentication (sources: "How to configure Exchange Server
//! on-premises to use Hybrid Modern Authentication", answers of real servers quoted there).

use http::HeaderValue;

use crate::entra::scopes::Resource;
use crate::ews::quirks::Quirk;
use crate::state::TenantState;

/// Why a token is refused, as `x-ms-diagnostics` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    number: u32,
    reason: String,
    category: &'static str,
}

impl Diagnostics {
    fn new(number: u32, reason: impl Into<String>, category: &'static str) -> Self {
        Self { number, reason: reason.into(), category }
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self) -> Option<HeaderValue> {
        let Self { number, reason, category } = self;
        HeaderValue::from_str(&format!("{number};reason=\"{reason}\";error_category=\"{category}\"")).ok()
    }
}

/// The user of a token that was made for this server.
///
/// # Errors
/// Why the token is refused; nothing for an empty one.
pub fn user(state: &TenantState, token: &str) -> Result<usize, Option<Diagnostics>> {
    if !state.exchange_has(Quirk::HybridModernAuth) {
        let host = state.urls.host();
        let reason = format!("Flighting is not enabled for domain '{host}'.");
        return Err(Some(Diagnostics::new(4_000_000, reason, "oauth_not_available")));
    }
    if token.is_empty() {
        return Err(None);
    }
    let Some(found) = state.entra.data().access_tokens.get(token).cloned() else {
        let reason = "OAuth token submitted with the request can not be parsed.";
        return Err(Some(Diagnostics::new(2_000_001, reason, "invalid_token")));
    };
    if found.resource != Resource::ExchangeServer {
        let actual = match found.resource {
            Resource::Graph => "https://graph.microsoft.com",
            _ => "https://outlook.office365.com",
        };
        let reason = format!(
            "The hostname component of the audience claim value is invalid. Expected '{}'. Actual '{actual}'.",
            state.urls.authority
        );
        return Err(Some(Diagnostics::new(2_000_003, reason, "invalid_resource")));
    }
    if found.expires <= state.now() {
        return Err(Some(Diagnostics::new(2_000_002, "The token has expired.", "token_expired")));
    }
    Ok(found.user)
}

/// The challenge that tells where a token is to be had; nothing where OAuth is off.
#[must_use]
pub fn challenge(state: &TenantState) -> Option<String> {
    let tenant = state.world().tenant_id.clone();
    let common = format!(
        "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", \
         trusted_issuers=\"00000001-0000-0000-c000-000000000000@{tenant}\", \
         token_types=\"app_asserted_user_v1 service_asserted_app_v1\""
    );
    if state.exchange_has(Quirk::HybridModernAuth) {
        return Some(format!(
            "{common}, authorization_uri=\"{}/common/oauth2/authorize\"",
            state.urls.authority
        ));
    }
    state.exchange_has(Quirk::OauthWithoutHma).then(|| format!("{common}, error=\"invalid_token\""))
}
