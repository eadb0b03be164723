//! Mailboxes that are not in Microsoft 365: on the organization's own Exchange server, reached over EWS.
//!
//! Rules: the policy's word goes before the person's, and both before what is found. A server is asked which sign-ins
//! it offers before anything secret goes out; the first that the policy allows is taken. Nothing is taken over before
//! the server took the sign-in. A password that was refused is not sent again, neither by a later start nor by
//! another process: the profile remembers that a person is asked for it. Permissions have no effect: EWS grants the
//! whole mailbox.
//!
//! `server` says which server, `login` how to sign in there, `connect` does it, `remember` keeps what came of it, `find`
//! goes there because Microsoft 365 said so, `follow` keeps up with a mailbox that moves, `turns` lets one process at a
//! time show a password, `quiet` keeps the pause of a busy server, `view` tells the window.

mod connect;
mod find;
mod follow;
mod login;
mod quiet;
mod remember;
mod server;
mod turns;
mod view;

pub(crate) use follow::Route;
pub(crate) use login::transport;
pub(crate) use server::named;

use crate::json_file::FileError;
use crate::wire::exchange::{ExchangeAsk, ExchangeFound, ExchangeMethod};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The Exchange server of an account, as the profile remembers it. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Its EWS address; none as long as only a question stands.
    pub url: Option<String>,
    /// Who named it.
    pub found: ExchangeFound,
    /// How it is signed in at.
    #[serde(default)]
    pub method: Option<ExchangeMethod>,
    /// The user name there.
    #[serde(default)]
    pub user: Option<String>,
    /// When the server first took the password in the keychain: it names it, and says nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<DateTime<Utc>>,
    /// Whether meetings and contacts come from it.
    #[serde(default)]
    pub in_use: bool,
    /// What it waits for from the person.
    #[serde(default)]
    pub asks: Option<ExchangeAsk>,
    /// The host that the person is asked to trust.
    #[serde(default)]
    pub host: Option<String>,
    /// Whether Microsoft 365 said that the mailbox is not there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_in_cloud: bool,
    /// Foreign hosts that the person trusts.
    #[serde(default)]
    pub trusted: Vec<String>,
}

impl Exchange {
    /// A server that is looked for, and not found yet.
    pub fn sought() -> Self {
        Self::named(None, ExchangeFound::Autodiscover)
    }

    /// A server that was named, and nothing more.
    pub fn named(url: Option<String>, found: ExchangeFound) -> Self {
        Self {
            url,
            found,
            method: None,
            user: None,
            taken: None,
            in_use: false,
            asks: None,
            host: None,
            not_in_cloud: false,
            trusted: Vec::new(),
        }
    }
}

/// Forgets what is remembered of an account's server beside the profile; a pause that it asked for only once it is over.
///
/// # Errors
/// When the system refuses.
pub(crate) fn forget(account: &Path, now: DateTime<Utc>) -> Result<(), FileError> {
    quiet::forget(account, now)?;
    turns::forget(account)
}
