//! What the doctor says as a whole: the checks, their names and how each can end.

use super::check::Check;
use crate::code::Code;
use serde::Serialize;

/// The whole report, in the fixed order of the checks.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// One entry per check; none is ever left out.
    pub checks: Vec<Check>,
}

/// The name of a check. Scripts know it: it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CheckId {
    /// The policy files.
    Policy,
    /// Where the domain signs in.
    Realm,
    /// Entra ID knows the tenant.
    Authority,
    /// The organization's own OpenID provider.
    Sso,
    /// The certificate of Entra ID is trusted.
    Tls,
    /// This computer's clock.
    Clock,
    /// The keychain keeps secrets.
    Keychain,
    /// The local cache.
    Cache,
    /// Who is signed in.
    Account,
    /// Permissions granted against those needed.
    Consent,
    /// Microsoft Graph.
    Graph,
    /// The organization's own Exchange.
    Ews,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CheckStatus {
    /// As it should be.
    Ok,
    /// It works, and something should be looked at.
    Warn,
    /// It does not work.
    Fail,
    /// Not looked at; the detail says why.
    Skipped,
}

impl CheckId {
    /// The name in JSON and in the report.
    #[must_use]
    pub fn as_str(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

impl Report {
    /// The causes of what failed, in the order of the checks; `None` where the product has no code for it.
    pub fn failures(&self) -> impl Iterator<Item = Option<Code>> {
        let failed = self.checks.iter().filter(|check| check.status == CheckStatus::Fail);
        failed.map(|check| check.code)
    }
}
