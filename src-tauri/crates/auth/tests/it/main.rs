//! The whole of auth against a scripted authority: flows, ID tokens, sessions. Real loopback sockets, no other.

mod authority;
mod browser;
mod flow;
mod id_token;
mod session;
