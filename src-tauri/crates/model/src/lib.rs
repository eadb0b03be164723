//! What Convoke talks about: meetings, contacts, services, time windows, join links, matching of text.
//!
//! Role: pure types and decisions that every other crate shares. Rules: no I/O, no async, no clock, no
//! randomness; a type that crosses to `convokectl --json` serializes in camelCase exactly as
//! `docs/interfaces.md` shows it. To change a JSON shape, add a field; never rename or drop one.

pub mod clean;
pub mod clock;
pub mod contact;
pub mod endpoint;
pub mod exchange_online;
pub mod join;
pub mod meeting;
pub mod photo;
pub mod random;
pub mod record;
pub mod service;
pub mod text;
pub mod window;
pub mod zone;
