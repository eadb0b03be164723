//! The identity half of the tenant, over real sockets: what a browser and an app see.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy allows them in test functions only"
)]

mod browser;
mod consent;
mod control;
mod sign_in;
mod sso;
mod tokens;
