//! The encrypted cache of one account: meetings, contacts, where sync goes on, and what it found changed.
//!
//! Role: the only crate that knows SQL. One SQLCipher file, `cache.db`, in the account's folder; its 32-byte key
//! comes from the keychain and is never written. Everything here blocks: call it from blocking threads.
//!
//! Rules
//! - One table, one file in `table/`, with all SQL that names it. `commit/` writes rounds, `query/` reads.
//! - Rows and cursor of a round commit in one transaction (`Writer::commit_events`, `commit_contacts`).
//! - It is a cache: what is damaged or no longer readable is set aside and rebuilt from the server; a file of a
//!   newer version is refused and never touched.
//! - No text of a person becomes SQL or FTS syntax; no error carries what a row says.
//!
//! To change the schema, add `migrations/NNN_*.sql` and its line in `migrate.rs`; never edit a shipped one. A
//! change to the JSON in `event.content` or `contact_detail.content` needs a migration that empties these tables
//! and `cursor`, unless new fields have a serde default.

mod commit;
mod connection;
mod error;
mod hash;
mod key;
mod key_check;
mod migrate;
mod open;
mod paths;
mod query;
mod rows;
mod search;
mod store;
mod table;
mod time;
mod watch;

pub use commit::{CommitMode, ContactCommit, Counts, EventCommit};
pub use error::StoreError;
pub use key::CacheKey;
pub use open::{Opened, RebuildReason};
pub use rows::{
    AgendaQuery, CacheCounts, Change, ChangeKind, ChangeSide, Collection, ContactPage, ContactQuery,
    ContactRow, Cursor, MeetingRow, MeetingsWith,
};
pub use store::{Reader, Store, Writer};
pub use watch::ChangeToken;
