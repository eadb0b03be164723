//! A simulated Microsoft 365 tenant on loopback: Entra ID, a generic OpenID provider, Microsoft Graph, and an
//! on-premises Exchange server.
//!
//! It exists for tests, for `convoke --demo` and for rehearsing a policy. It speaks the vendors' own paths and
//! shapes, with the traps that real services have and naive fakes lack, so that foreign clients work against it.
//!
//! Rules: nothing here is used by the product's own crates; the data come from [`world`] alone, [`truth`] is computed
//! from the world and never from the wire code of [`graph`] or [`ews`]; time comes from [`clock::TenantClock`]; every answer passes the
//! layers of [`faults`] and [`log`], so a fault or a log line works for every endpoint. To add an endpoint, write its
//! handler in the module of its service and add it to that module's `router`.

mod autodiscover;
pub mod clock;
pub mod control;
pub mod entra;
pub mod error;
pub mod ews;
pub mod faults;
pub mod graph;
pub mod jose;
pub mod log;
pub mod mutate;
pub mod options;
pub mod pages;
pub mod person;
mod png;
pub mod policy_file;
pub mod ready;
pub mod scenario;
pub mod server;
pub mod sso;
pub mod state;
pub mod tamper;
pub mod tls;
pub mod truth;
pub mod world;
pub mod xml;

pub use error::TenantError;
pub use options::Options;
pub use ready::Ready;
pub use scenario::Scenario;
pub use server::{Running, start};
pub use state::{Shared, TenantState};
