//! The policy of a rehearsal: the file's own, pointed at the simulated tenant.

use super::program::Ready;
use crate::code::{Code, Failure};
use convoke_policy::choice::{AuthorizeWith, Choice};
use convoke_policy::read::Entry;
use convoke_policy::{FileSource, Level, Value as Kept, read};
use serde_json::{Value, json};
use std::path::Path;

/// Sections that say which organization it is: the simulated tenant's take their place.
const WHERE: [&str; 3] = ["sso", "microsoft365", "accounts"];

/// The organization's own server: nothing of a rehearsal may go there.
const SERVER: &str = "integration.ews.url";

/// A policy that can be rehearsed, and what was changed for that.
pub(super) struct Rehearsed {
    /// The file's text.
    pub text: String,
    /// What people should know about it.
    pub notes: Vec<String>,
}

/// The text of the policy in `file`, pointed at the tenant.
pub(super) fn pointed_at(tenant: &Ready, file: &Path) -> Result<Rehearsed, Failure> {
    let bytes = std::fs::read(file).map_err(|error| unreadable(&error.to_string()))?;
    let parsed = read(FileSource { name: &file.to_string_lossy(), bytes: &bytes });
    let is_set = |key: &str| parsed.values.iter().any(|entry| entry.key == key && entry.value != Kept::Null);
    let shape = if is_set("sso.issuer") { &tenant.policy_sso } else { &tenant.policy };
    let shape = std::fs::read(shape).map_err(|error| unreadable(&error.to_string()))?;
    let shape: Value = serde_json::from_slice(&shape).map_err(|error| unreadable(&error.to_string()))?;

    let mut policy = json!({"enforced": {}, "defaults": {}});
    for entry in parsed.values.iter().filter(|entry| !is_where(entry.key)) {
        put(&mut policy, entry);
    }
    for entry in parsed.values.iter().filter(|entry| entry.key == SERVER && entry.value != Kept::Null) {
        let level = if entry.source.level == Level::Default { "defaults" } else { "enforced" };
        policy[level]["integration"]["ews"]["url"] = json!(tenant.ews);
    }
    for section in WHERE {
        policy["enforced"][section] = shape["enforced"][section].clone();
    }
    if !is_set("sso.domain") {
        policy["enforced"]["sso"]["domain"] = Value::Null;
    }
    let graph_alone = Kept::Text(AuthorizeWith::OAuth.word().to_owned());
    let is_oauth = parsed
        .values
        .iter()
        .any(|entry| entry.key == "integration.authorizeWith" && entry.value == graph_alone);
    let mut notes = Vec::new();
    if is_set("accounts.allowedTenants") || is_set("accounts.allowedDomains") {
        notes.push(
            "The limits of accounts.* name your organization; the rehearsal replaces them with the simulated tenant's."
                .to_owned(),
        );
    }
    if is_set(SERVER) {
        notes.push(
            "integration.ews.url names your server; the rehearsal asks a simulated one, which offers oauth, ntlm and basic."
                .to_owned(),
        );
    }
    if !is_set(SERVER) && !is_oauth {
        notes.push(
            "integration.ews.url is not set. Autodiscover of the simulated company names a server outside of the mail \
             domain, so that people are asked whether to trust it; one inside your own domain is no question."
                .to_owned(),
        );
    }
    if parsed.values.iter().any(|entry| entry.key.starts_with("accounts.") && is_empty(&entry.value)) {
        notes.push(
            "An empty list in accounts.* lets nobody sign in: nobody will see what follows.".to_owned(),
        );
    }
    Ok(Rehearsed { text: policy.to_string(), notes })
}

fn is_empty(value: &Kept) -> bool {
    matches!(value, Kept::List(items) if items.is_empty())
}

fn is_where(key: &str) -> bool {
    WHERE.iter().any(|section| key.split('.').next() == Some(section))
}

/// Puts a value where it stood: at its own level, `organization` beside the levels.
fn put(policy: &mut Value, entry: &Entry) {
    let level = if entry.source.level == Level::Default { "defaults" } else { "enforced" };
    let mut at = if entry.key.starts_with("organization.") { policy } else { &mut policy[level] };
    for name in entry.key.split('.') {
        at = &mut at[name];
    }
    *at = serde_json::to_value(&entry.value).unwrap_or_default();
}

fn unreadable(detail: &str) -> Failure {
    Failure::new(Code::PolicyInvalid).with_detail(detail)
}
