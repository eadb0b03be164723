//! The whole of auth against a scripted authority: flows, ID tokens, sessions. Real loopback sockets, no other.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod authority;
mod browser;
mod flow;
mod id_token;
mod session;
