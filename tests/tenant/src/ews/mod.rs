//! An on-premises Exchange server of the organization: Exchange Web Services and Autodiscover, from Exchange 2013 SP1
//! to the Subscription Edition.
//!
//! A request is let in by [`auth`], read and checked by [`soap`] and [`schema`], answered by an operation's module, and
//! written by [`soap`]. Sources: Microsoft's EWS reference, its schema, MS-NLMP, and what clients met at real servers.
//! To add an operation: a row with its schema in `schema::operations`, a line in [`operation`], a module.

mod address;
pub mod auth;
mod call;
mod convert_id;
mod fault;
mod find_item;
mod folders;
mod get_item;
mod items;
mod page;
mod people;
pub mod quirks;
mod respond;
mod schema;
mod serve;
mod shape;
mod soap;
mod sync_items;
mod sync_state;
mod time;
mod version;
mod zones;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard};

use axum::Router;
use chrono::{DateTime, Utc};

use crate::state::{Shared, lock};
pub use address::legacy_dn;
use auth::accounts::Accounts;

/// What the server remembers.
#[derive(Debug, Default)]
pub struct Exchange {
    data: Mutex<Data>,
}

impl Exchange {
    /// All of it.
    pub fn data(&self) -> MutexGuard<'_, Data> {
        lock(&self.data)
    }
}

/// What the server remembers beside the mailboxes.
#[derive(Debug, Default)]
pub struct Data {
    /// Accounts of the company's directory.
    pub accounts: Accounts,
    /// Until when clients were told to wait.
    pub busy_until: Option<DateTime<Utc>>,
    /// Mailboxes on their way to another server.
    pub moving: BTreeSet<usize>,
    /// How often all sync states were lost.
    pub sync_generation: u32,
}

/// The server's paths. IIS knows no case in paths, so they are found by the fallback.
pub fn router(shared: Shared) -> Router {
    Router::new().fallback(serve::serve).with_state(shared)
}
