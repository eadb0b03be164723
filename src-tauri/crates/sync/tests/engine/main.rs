//! The engine against a scripted server, a fake clock and a real cache.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test, functions beside the tests too.

mod answers;
mod calendars;
mod contacts;
mod ews;
mod faults;
mod rounds;
mod script;
mod throttling;
mod tokens;
mod world;
