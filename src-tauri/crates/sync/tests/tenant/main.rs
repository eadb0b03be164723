//! The engine, with the real transport and a real cache, against the simulated tenant's Exchange server: what is cached
//! is what the tenant's world holds.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed step ends the test")]

mod busy;
mod compare;
mod desk;
mod discovery;
mod large;
mod moves;
mod truth;
