//! Policy files that point a client at the tenant (format: `policy.md` of the product's documentation).

use std::path::Path;

use serde_json::{Value, json};

use crate::entra::app::CLIENT_ID;
use crate::ready::Urls;
use crate::sso;

/// What a policy file says about the tenant.
#[derive(Debug)]
pub struct PolicyFacts<'a> {
    /// Where the tenant listens.
    pub urls: &'a Urls,
    /// The tenant's id.
    pub tenant_id: &'a str,
    /// The domain its people sign in with.
    pub domain: &'a str,
}

/// Writes `policy.json` (SSO through Entra), `policy-sso.json` (SSO through the generic provider) and
/// `policy-ews.json` (the first with the on-premises server and every way to sign in there) into `folder`.
///
/// # Errors
/// When a file can't be written.
pub fn write(folder: &Path, facts: &PolicyFacts<'_>) -> std::io::Result<()> {
    let entra = json!({"domain": facts.domain, "issuer": null, "clientId": null});
    let generic =
        json!({"domain": facts.domain, "issuer": facts.urls.sso_issuer(), "clientId": sso::CLIENT_ID});
    let mut hybrid = policy(facts, entra.clone());
    hybrid["enforced"]["integration"]["ews"] =
        json!({"url": facts.urls.ews(), "auth": ["oauth", "ntlm", "basic"]});
    std::fs::write(folder.join("policy-ews.json"), pretty(&hybrid))?;
    std::fs::write(folder.join("policy.json"), pretty(&policy(facts, entra)))?;
    std::fs::write(folder.join("policy-sso.json"), pretty(&policy(facts, generic)))
}

fn policy(facts: &PolicyFacts<'_>, sso: Value) -> Value {
    json!({
        "organization": {"name": "Contoso", "helpUrl": "https://it.contoso.example/convoke",
            "helpEmail": format!("it@{}", facts.domain)},
        "enforced": {
            "sso": sso,
            "microsoft365": {
                "tenant": facts.tenant_id, "clientId": CLIENT_ID, "cloud": "custom",
                "endpoints": {"authority": facts.urls.authority, "graph": facts.urls.graph()},
            },
            "integration": {
                "prompt": "firstSignIn", "userConsent": true, "authorizeWith": "auto",
                "permissions": {"calendar": "read", "contacts": "read", "directory": "basic"},
            },
            "accounts": {"allowedTenants": [facts.tenant_id]},
        },
        "defaults": {"sync": {"pastDays": 30, "futureDays": 180, "intervalMinutes": 5}},
    })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
