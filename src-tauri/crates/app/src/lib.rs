//! Convoke without a window: opens the cache, holds sign-in, connection and synchronization, answers every
//! request of the window and of `convokectl`, and tells what changed.
//!
//! Rules: no Tauri here; every answer is a type of [`wire`] or `convoke-model`; every failure is a
//! [`code::Failure`]; blocking work (cache, keychain, files) runs on blocking threads; only [`environment`]
//! reads the process's environment. To add a request: its argument type in `wire::query`, its answer in
//! `wire::row`, a method on [`App`] in the file of its topic, then one line in the shell.

mod account;
#[cfg(test)]
mod admin_guide_tests;
mod admin_mail;
mod admin_request;
mod app;
pub mod code;
mod contacts;
mod days;
mod directory;
pub mod doctor;
mod engine;
pub mod environment;
pub mod exchange;
mod failure;
mod federation;
mod first_paint;
pub mod flow;
pub mod folders;
mod json_file;
mod last_recheck;
pub mod links;
pub mod logs;
mod meetings;
mod others;
mod policy_page;
pub mod policy_source;
mod profile;
mod prompt_history;
pub mod reason;
pub mod rehearsal;
mod schedule;
mod sentence;
mod settings;
pub mod status;
mod sync_round;
mod to_connect;
mod tokens;
pub mod typescript;
mod view;
pub mod wire;

pub use app::App;
pub use sync_round::{ServiceRound, SyncResult};
