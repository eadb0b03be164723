//! Journeys: `convokectl` as people and scripts run it, against the simulated tenant on loopback, with a real
//! keyring and a real cache file. One binary; a new file needs its line here (a test looks for forgotten ones).

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed step ends the test")]

mod accounts;
mod agenda_truth;
mod architecture;
mod bad_answers;
mod canaries;
mod clear_errors;
mod commands;
mod config;
mod consent;
mod consent_at_sign_in;
mod consent_matrix;
mod contacts_truth;
mod doctor;
mod doctor_exchange;
#[cfg(target_os = "linux")]
mod ews_canaries;
mod ews_compare;
mod ews_desk;
mod ews_methods;
mod ews_operations;
mod ews_overtaken;
mod ews_refusals;
mod ews_routes;
mod ews_sign_in;
mod ews_sizes;
mod ews_trouble;
mod ews_truth;
mod forgotten;
mod interrupted_sync;
mod keychain_and_cache;
mod offline;
mod policy;
mod rehearsal;
mod sign_in;
mod sources;
