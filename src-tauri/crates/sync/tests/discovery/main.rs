//! The search for the Exchange server of an address, against a scripted internet.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed step ends the test")]

mod credentials;
mod internet;
mod questions;
mod search;
