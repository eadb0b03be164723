//! Microsoft Graph of the tenant as a client sees it over loopback.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed step ends the test")]

mod calendar_view;
mod changes;
mod client;
mod contacts;
mod delta;
mod directory;
mod failures;
mod replica;
mod truth;
