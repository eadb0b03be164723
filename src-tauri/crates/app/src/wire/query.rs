//! Arguments of the window's requests. Unknown fields are refused.

use chrono::NaiveDate;
use convoke_model::service::Service;
use serde::Deserialize;
use ts_rs::TS;

/// A span of local days, both inclusive.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// The text that asks an administrator.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdminRequestQuery {
    /// `en` or `es`.
    #[ts(type = "'en' | 'es'")]
    pub language: String,
    /// Who asks, where nobody is signed in: the address that was typed. What can be none is left out.
    #[serde(default)]
    #[ts(optional)]
    pub email: Option<String>,
}

/// One thing by its id.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ById {
    /// The id.
    pub id: String,
}

/// Text to search for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// What was typed.
    pub text: String,
    /// Rows wanted at most.
    pub limit: u32,
}

/// Text to search the directory for.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DirectorySearch {
    /// What was typed.
    pub text: String,
}

/// A page of contacts.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ContactsPage {
    /// What was typed; empty for all.
    pub text: String,
    /// First row.
    pub offset: u32,
    /// Rows wanted at most.
    pub limit: u32,
}

/// A mail address.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ByAddress {
    /// The address.
    pub address: String,
}

/// A telephone number.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ByNumber {
    /// The number.
    pub number: String,
}

/// How to sign in.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInQuery {
    /// The work address, where it was asked for.
    pub email: Option<String>,
}

/// What to connect.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectQuery {
    /// The services; none means every permitted one.
    pub services: Vec<Service>,
    /// Consent for the organization.
    pub as_administrator: bool,
}

/// How to sign out.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignOutQuery {
    /// Destroy the cache too.
    pub purge: bool,
}

/// A setting.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetSetting {
    /// `language` or `theme`.
    pub key: String,
    /// The new value.
    pub value: String,
}
