//! The on-premises Exchange server as a client sees it over loopback.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed step ends the test")]

mod agenda_truth;
mod autodiscover;
mod bearer;
mod busy;
mod calendar_view;
mod client;
mod contacts;
mod folders;
mod items;
mod moves;
mod names;
mod ntlm;
mod passwords;
mod respond;
mod schema;
mod sync;
