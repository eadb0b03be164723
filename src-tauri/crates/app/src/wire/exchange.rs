//! The Exchange server of an on-premises mailbox, as it crosses to the window: what is known of it, what it waits for,
//! and what a person says about it.

use chrono::NaiveDate;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The Exchange server of the mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeView {
    /// Whether meetings and contacts come from it; otherwise they come from Microsoft 365.
    pub in_use: bool,
    /// Its EWS address, where one is known.
    pub url: Option<String>,
    /// Who named it.
    pub found: Option<ExchangeFound>,
    /// How it is signed in at.
    pub method: Option<ExchangeMethod>,
    /// The user name there.
    pub user: Option<String>,
    /// What it waits for from the person.
    pub asks: Option<ExchangeAsk>,
    /// The host that the person is asked to trust.
    pub host: Option<String>,
    /// Whether it is asked because Microsoft 365 said that the mailbox is not there; otherwise the policy or the person
    /// chose it.
    pub not_in_cloud: bool,
    /// When EWS ends there, if the address is Exchange Online's.
    pub ends: Option<EwsEnd>,
}

/// Who named the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeFound {
    /// The policy: `integration.ews.url`.
    Policy,
    /// The person, in the profile.
    Person,
    /// Autodiscover, after Microsoft 365 said that the mailbox is not there.
    Autodiscover,
}

/// How an Exchange server is signed in at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeMethod {
    /// Hybrid modern authentication: the organization's sign-in, in the browser.
    Oauth,
    /// NTLM with user name and password.
    Ntlm,
    /// HTTP Basic with user name and password.
    Basic,
}

/// What an Exchange server waits for from the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeAsk {
    /// Its address: nobody named one and none was found.
    Server,
    /// Whether a foreign host that claims the mailbox is to be trusted.
    Trust,
    /// User name and password.
    Password,
    /// The sign-in in the browser.
    Browser,
}

/// The end of EWS in Exchange Online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EwsEnd {
    /// The first day on which it is off where the organization did not choose otherwise.
    pub off_by_default: NaiveDate,
    /// The first day on which nobody has it.
    pub switched_off: NaiveDate,
}

/// What a person says to connect an Exchange server. What is left out is what is known already.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExchangeQuery {
    /// Its EWS address; the policy's goes before.
    pub url: Option<String>,
    /// User name there.
    pub user: Option<String>,
    /// Password there. Kept in the keychain once the server took it.
    #[ts(type = "string | null")]
    pub password: Option<SecretString>,
    /// The foreign host that the person trusts.
    pub trust: Option<String>,
}
