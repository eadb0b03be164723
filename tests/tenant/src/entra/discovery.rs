//! Metadata: OpenID configuration, keys, instance discovery.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::token::error::TokenError;
use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};

/// Tenant of personal accounts.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Which tenant a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TenantSegment {
    /// `common` or `organizations`: any work account.
    Any,
    /// `consumers`: personal accounts, of which there are none.
    Consumers,
    /// This tenant, by id or domain.
    This,
}

/// Reads the tenant segment of a path.
///
/// # Errors
/// AADSTS90002 when there is no such tenant.
pub fn tenant(state: &TenantState, segment: &str) -> Result<TenantSegment, TokenError> {
    let segment = segment.to_lowercase();
    let world = state.world();
    let known = segment == world.tenant_id
        || world.users.iter().any(|user| super::realm::domain_of(&user.username) == segment);
    let unknown = state.signing_in(IdentityScenario::TenantUnknown);
    match segment.as_str() {
        "common" | "organizations" => Ok(TenantSegment::Any),
        "consumers" => Ok(TenantSegment::Consumers),
        _ if known && !unknown => Ok(TenantSegment::This),
        _ => Err(TokenError::invalid_request(
            90002,
            format!(
                "Tenant '{segment}' not found. Check to make sure you have the correct tenant ID and are signing into \
                 the correct cloud. Check with your subscription administrator, this may happen if there are no active \
                 subscriptions for the tenant."
            ),
        )),
    }
}

/// The issuer of ID tokens.
pub fn issuer(state: &TenantState, tenant_id: &str) -> String {
    format!("{}/{tenant_id}/v2.0", state.urls.authority)
}

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`. For `common` and `organizations` the issuer is a template.
pub async fn metadata(State(shared): State<Shared>, Path(segment): Path<String>) -> Response {
    let found = match tenant(&shared, &segment) {
        Ok(found) => found,
        Err(error) => return error.answer(&shared, None),
    };
    let tenant_id = shared.world().tenant_id.clone();
    let (path, issuer_id) = match found {
        TenantSegment::Any => (segment.to_lowercase(), "{tenantid}".to_owned()),
        TenantSegment::Consumers => ("consumers".to_owned(), CONSUMERS.to_owned()),
        TenantSegment::This => (tenant_id.clone(), tenant_id),
    };
    Json(configuration(&shared, &path, &issuer_id)).into_response()
}

fn configuration(state: &TenantState, path: &str, issuer_id: &str) -> Value {
    let base = format!("{}/{path}", state.urls.authority);
    json!({
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer(state, issuer_id),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{}/oidc/userinfo", state.urls.graph().trim_end_matches("/v1.0")),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "claims_supported": ["sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
            "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr", "nonce",
            "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"],
        "tenant_region_scope": null,
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": "https://pas.windows.net",
    })
}

/// `GET /{tenant}/discovery/v2.0/keys`.
pub async fn keys(State(shared): State<Shared>) -> Json<Value> {
    let tenant_id = shared.world().tenant_id.clone();
    let issuer = issuer(&shared, &tenant_id);
    let keys: Vec<Value> = shared.entra.keys().iter().map(|key| key.jwk(Some(&issuer))).collect();
    Json(json!({"keys": keys}))
}

/// Query of instance discovery.
#[derive(Debug, Deserialize)]
pub struct Instance {
    authorization_endpoint: Option<String>,
}

/// `GET /common/discovery/instance`: which authorities belong together.
pub async fn instance(State(shared): State<Shared>, Query(query): Query<Instance>) -> Response {
    let own = Url::parse(&shared.urls.authority).ok();
    let asked = query.authorization_endpoint.as_deref().and_then(|text| Url::parse(text).ok());
    let (Some(own), Some(asked)) = (own, asked) else {
        return unknown_instance(&shared);
    };
    if own.origin() != asked.origin() {
        return unknown_instance(&shared);
    }
    let host = format!("localhost:{}", own.port_or_known_default().unwrap_or_default());
    let segment = asked.path_segments().and_then(|mut parts| parts.next()).unwrap_or("common").to_owned();
    Json(json!({
        "tenant_discovery_endpoint":
            format!("{}/{segment}/v2.0/.well-known/openid-configuration", shared.urls.authority),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    }))
    .into_response()
}

fn unknown_instance(state: &TenantState) -> Response {
    TokenError::new("invalid_instance", 50049, "Unknown or invalid instance.").answer(state, None)
}
