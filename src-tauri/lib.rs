//! The window around the product: it opens one webview, hands its requests to `convoke_app::App` and
//! tells it what changed.
//!
//! Rules:
//! - No decision is made here. A command takes a typed request, calls one function and returns its answer.
//! - The webview gets no token, no path and no way to open a link: opening is asked for by id and decided below.
//! - What the webview may call is listed in `src-tauri/permissions` and granted in `src-tauri/capabilities`.
//!
//! To add a command: a function in `shell/commands`, its name in `shell/commands/mod.rs`, a permission,
//! a line in the capability, a method in `ui/src/lib/backend`. `tests/it/commands.rs` compares them.

mod shell;

pub use shell::run;
