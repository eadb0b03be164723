//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    // Cargo sets the variable when it runs this; the fallback is for who calls the binary by hand.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = package.as_deref().and_then(|package| package.ancestors().nth(2)).map(Path::to_owned);
    root.unwrap_or_else(|| PathBuf::from("."))
}

/// The folders with a package.json of their own.
pub const NODE_PACKAGES: [&str; 2] = ["ui", "tests/e2e"];

/// Cargo, the one that runs this.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// npm; on Windows it is a script, which only its full name finds.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
